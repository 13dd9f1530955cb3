// SPDX-License-Identifier: MIT
#include "engine/cli/command.hpp"
#include "sandbox/runtimes/runtimes.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace assay::cli {

namespace {

using runtimes::Places;

constexpr std::size_t k_shown_differences = 20;

Exit refuse_failure(const Failure& failure)
{
  complain(describe(failure));
  return Exit::not_obtainable;
}

/// `use` with the places of definitions and trees.
template<class Use>
Exit with_places(Use use)
{
  const auto places = runtimes::find_places(executable_folder());
  return places ? use(*places) : refuse_failure(places.failure());
}

void report_stage(std::string_view stage)
{
  fmt::print(stderr, "{}\n", stage);
}

std::string version_of(const runtimes::Manifest& manifest, const std::string& distribution)
{
  const auto found = manifest.distributions.find(distribution);
  return found == manifest.distributions.end() ? "-" : found->second;
}

std::string contents_of(const runtimes::Manifest& manifest)
{
  return fmt::format("Python {}, SQLAlchemy {}, Alembic {}, {} MB",
                     manifest.python_version,
                     version_of(manifest, "sqlalchemy"),
                     version_of(manifest, "alembic"),
                     manifest.bytes / 1'000'000);
}

std::string line_of(const runtimes::Listed& listed)
{
  switch (listed.state) {
  case runtimes::State::missing:
    return fmt::format("{:<20} {:<14} {}\n", listed.name, "not installed", listed.summary);
  case runtimes::State::ready:
    return fmt::format("{:<20} {:<14} {}\n", listed.name, "ready", contents_of(listed.manifest));
  case runtimes::State::outdated:
    return fmt::format("{:<20} {:<14} install it again\n", listed.name, "out of date");
  case runtimes::State::damaged:
    return fmt::format("{:<20} {:<14} {}\n", listed.name, "damaged", listed.trouble);
  }
  return {};
}

Exit list(const Places& places)
{
  const auto all = runtimes::list(places);
  if (!all) {
    return refuse_failure(all.failure());
  }
  for (const runtimes::Listed& listed : *all) {
    fmt::print("{}", line_of(listed));
  }
  return Exit::graded;
}

Exit print_installed(const Places& places, const std::string& name, std::string_view done)
{
  const auto runtime = runtimes::installed(places, name);
  if (!runtime) {
    return refuse_failure(runtime.failure());
  }
  fmt::print("{}: {}: {}\n", name, done, contents_of(runtime->manifest));
  return Exit::graded;
}

Exit install(const Places& places, const std::string& name)
{
  const auto result = runtimes::install(places, name, report_stage);
  if (!result) {
    return refuse_failure(result.failure());
  }
  const bool kept = *result == runtimes::Installation::already_there;
  return print_installed(places, name, kept ? "already installed" : "installed");
}

Exit import(const Places& places, const std::string& name, const std::string& archive)
{
  const auto result = runtimes::import_tar(places, name, archive, report_stage);
  return result ? print_installed(places, name, "imported") : refuse_failure(result.failure());
}

Exit remove_runtime(const Places& places, const std::string& name)
{
  const auto result = runtimes::remove(places, name);
  return result ? Exit::graded : refuse_failure(result.failure());
}

/// Whether the tree is what was installed; says how not.
bool examine(const Places& places, const std::string& name)
{
  const auto found = runtimes::verify(places, name);
  if (!found) {
    fmt::print("{}\n", describe(found.failure()));
    return false;
  }
  if (found->empty()) {
    fmt::print("{}: intact\n", name);
    return true;
  }
  fmt::print("{}: {} differences; to rebuild it: assay runtime remove {}, then install\n",
             name,
             found->size(),
             name);
  for (std::size_t i = 0; i < found->size() && i < k_shown_differences; ++i) {
    fmt::print("  {}\n", (*found)[i]);
  }
  return false;
}

Exit doctor(const Places& places)
{
  fmt::print("definitions: {}\ntrees: {}\n", places.definitions.string(), places.store.string());
  for (const std::string& missing : runtimes::missing_tools()) {
    fmt::print("{}\n", missing);
  }
  const auto all = runtimes::list(places);
  if (!all) {
    return refuse_failure(all.failure());
  }
  bool sound = true;
  for (const runtimes::Listed& listed : *all) {
    if (listed.state == runtimes::State::missing) {
      fmt::print("{}: not installed\n", listed.name);
    } else {
      sound = examine(places, listed.name) && sound;
    }
  }
  return sound ? Exit::graded : Exit::not_obtainable;
}

struct RuntimeArguments {
  std::string name;
  std::string archive;
};

} // namespace

void add_runtime(CLI::App& application, std::function<Exit()>& action)
{
  CLI::App* command =
    application.add_subcommand("runtime", "The Pythons that candidates' code runs in");
  command->require_subcommand(1);
  auto arguments = std::make_shared<RuntimeArguments>();

  command->add_subcommand("list", "List all runtimes and what they hold")->callback([&action] {
    action = [] { return with_places(list); };
  });
  command->add_subcommand("doctor", "Check the installed trees file by file")->callback([&action] {
    action = [] { return with_places(doctor); };
  });

  const auto named = [&](const std::string& name, const std::string& description) {
    CLI::App* sub = command->add_subcommand(name, description);
    sub->add_option("name", arguments->name, "Name of the runtime")->required()->type_name("NAME");
    return sub;
  };
  named("install", "Build a runtime from Debian packages")->callback([arguments, &action] {
    action = [arguments] {
      return with_places([&](const Places& places) { return install(places, arguments->name); });
    };
  });
  named("remove", "Delete a runtime")->callback([arguments, &action] {
    action = [arguments] {
      return with_places(
        [&](const Places& places) { return remove_runtime(places, arguments->name); });
    };
  });
  CLI::App* importing = named("import", "Make a runtime of an archive of \"docker export\"");
  importing->add_option("archive", arguments->archive, "Tar file")->required()->type_name("TAR");
  importing->callback([arguments, &action] {
    action = [arguments] {
      return with_places(
        [&](const Places& places) { return import(places, arguments->name, arguments->archive); });
    };
  });
}

} // namespace assay::cli
