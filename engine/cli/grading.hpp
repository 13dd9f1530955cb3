// SPDX-License-Identifier: MIT
// Grading one submission as the commands do it: options, sandbox, exit code.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/rubric_source.hpp"
#include "engine/model/run_record.hpp"
#include "engine/probe/sandbox.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::cli {

struct GradingArguments {
  std::string source;
  std::string ref;
  std::string before;
  std::string rubric = k_default_rubric;
  std::vector<std::string> roles; ///< ROLE=CLASS
  bool no_cache = false;
  bool strict = false;
  bool no_run = false;
  bool trusted = false;
  std::string runtime;
  probe::DatabaseChoice run_on = probe::DatabaseChoice::evident;
  std::optional<double> fail_under;
  int timeout_seconds = 300;
  int max_received_mebibytes = 512;
};

/// All of them but source, ref and before.
void add_grading_options(CLI::App& command, GradingArguments& arguments);

/// --database, for whoever runs submissions.
void add_database_option(CLI::App& command, probe::DatabaseChoice& choice);

/// Grades it, with progress on standard error. Errors: invalid_input (the arguments), and those of
/// pipeline::grade(), of which a damaged submission is unavailable.
Result<RunRecord> grade_one(const GradingArguments& arguments, const checks::BoundRubric& rubric);

/// below_limit, unverified, or graded.
Exit verdict_of(const GradingArguments& arguments, const RunRecord& record);

} // namespace assay::cli
