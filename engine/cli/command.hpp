// SPDX-License-Identifier: MIT
// What the subcommands share. Each lives in cmd_<name>.cpp and is one line of the table in
// command.cpp.
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace assay::cli {

/// Source: docs/cli.md.
enum class Exit {
  graded = 0,
  below_limit = 1,    ///< --fail-under
  not_reproduced = 1, ///< assay verify
  usage = 2,          ///< wrong usage or invalid rubric
  not_obtainable = 3,
  unverified = 4, ///< --strict
  not_stored = 5, ///< graded and reported, but the results database refused
  incomplete = 6, ///< a batch was worked through, but not every row of it has a score
  stopped = 7,    ///< a batch was stopped on the way
  bug = 70,
};

/// A subcommand: adds itself with its options to the application. `action` is what main runs once
/// all options are known; the last one set wins.
struct Command {
  std::string_view name;
  void (*add)(CLI::App& application, std::function<Exit()>& action);
};

std::span<const Command> commands();

void add_batch(CLI::App& application, std::function<Exit()>& action);
void add_checks(CLI::App& application, std::function<Exit()>& action);
void add_ci(CLI::App& application, std::function<Exit()>& action);
void add_doctor(CLI::App& application, std::function<Exit()>& action);
void add_grade(CLI::App& application, std::function<Exit()>& action);
void add_list(CLI::App& application, std::function<Exit()>& action);
void add_report(CLI::App& application, std::function<Exit()>& action);
void add_compare(CLI::App& application, std::function<Exit()>& action);
void add_export(CLI::App& application, std::function<Exit()>& action);
void add_merge(CLI::App& application, std::function<Exit()>& action);
void add_rank(CLI::App& application, std::function<Exit()>& action);
void add_review(CLI::App& application, std::function<Exit()>& action);
void add_similarity(CLI::App& application, std::function<Exit()>& action);
void add_stats(CLI::App& application, std::function<Exit()>& action);
void add_regrade(CLI::App& application, std::function<Exit()>& action);
void add_rubric(CLI::App& application, std::function<Exit()>& action);
void add_runtime(CLI::App& application, std::function<Exit()>& action);
void add_show(CLI::App& application, std::function<Exit()>& action);

void add_verify(CLI::App& application, std::function<Exit()>& action);

/// `assay: <message>` on standard error, candidate text made harmless.
void complain(std::string_view message);

/// complain() and the exit code that fits the error.
Exit refuse(const Error& error);

/// Folder of the running executable: rubrics are found relative to it.
std::filesystem::path executable_folder();

/// $XDG_DATA_HOME/assay/results.sqlite, else ~/.local/share/assay/results.sqlite.
std::filesystem::path default_database();

} // namespace assay::cli
