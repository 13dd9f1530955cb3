// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"
#include "engine/probe/sandbox.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>

namespace assay::cli {

namespace {

void print_finding(const cell::Finding& finding)
{
  fmt::print("{:<18} {:<4} {}\n", finding.subject, finding.good ? "ok" : "no", finding.text);
  if (!finding.remedy.empty()) {
    fmt::print("{:<23} better with: {}\n", "", finding.remedy);
  }
}

/// What grading would find on this host, in the order in which it looks.
Exit run(const std::string& name)
{
  const auto installation = probe::find_installation(executable_folder());
  if (!installation) {
    print_finding({"installation", false, installation.error().message, "install assay anew"});
    return Exit::not_obtainable;
  }
  print_finding({"installation", true, installation->harness.string(), {}});
  const auto runtime = runtimes::installed(installation->runtimes, name);
  if (!runtime) {
    print_finding({"runtime", false, describe(runtime.failure()), "assay runtime install " + name});
    return Exit::not_obtainable;
  }
  print_finding({"runtime",
                 true,
                 fmt::format("{}: Python {}, SQLAlchemy {}, Alembic {}",
                             runtime->name,
                             runtime->manifest.python_version,
                             runtime->version("sqlalchemy"),
                             runtime->version("alembic")),
                 {}});
  const cell::HostReport host = cell::assess_host(probe::plan_cell(*installation, *runtime));
  for (const cell::Finding& finding : host.findings) {
    print_finding(finding);
  }
  fmt::print(
    "\nIsolation level {}: {}.\n", cell::name_of(host.level), cell::summary_of(host.level));
  return host.level >= cell::Level::filtered ? Exit::graded : Exit::not_obtainable;
}

} // namespace

void add_doctor(CLI::App& application, std::function<Exit()>& action)
{
  auto name = std::make_shared<std::string>(probe::SandboxOptions{}.runtime);
  CLI::App* command =
    application.add_subcommand("doctor", "Say what this host offers for running submissions");
  command->add_option("--runtime", *name, "Runtime to try")
    ->type_name("NAME")
    ->capture_default_str();
  command->callback([name, &action] { action = [name] { return run(*name); }; });
}

} // namespace assay::cli
