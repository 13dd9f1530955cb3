// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/cli/command.hpp"
#include "engine/pipeline/grade.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <string>

namespace {

using assay::cli::Exit;

/// "did you mean" for a word that is no command.
std::string suggestion(const std::string& word)
{
  std::vector<std::string> names;
  for (const auto& command : assay::cli::commands()) {
    names.emplace_back(command.name);
  }
  const auto nearest = assay::nearest(word, names);
  return nearest ? fmt::format(" (did you mean \"{}\"?)", *nearest) : std::string();
}

Exit run(int argc, char** argv)
{
  CLI::App application{"Grades take-home repositories and explains every point"};
  application.name("assay");
  application.set_version_flag("--version", std::string(assay::pipeline::engine_version()));
  application.require_subcommand(1);
  std::function<Exit()> action;
  for (const auto& command : assay::cli::commands()) {
    command.add(application, action);
  }
  try {
    application.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      return static_cast<Exit>(application.exit(error));
    }
    const bool unknown_command = argc > 1 && application.get_subcommands().empty();
    assay::cli::complain(std::string(error.what()) + (unknown_command ? suggestion(argv[1]) : ""));
    return Exit::usage;
  }
  return action();
}

} // namespace

int main(int argc, char** argv)
{
  try {
    return static_cast<int>(run(argc, argv));
  } catch (const std::exception& error) {
    fmt::print(stderr, "assay: bug: {}\n", error.what());
    return static_cast<int>(Exit::bug);
  }
}
