// SPDX-License-Identifier: MIT
#include "engine/cli/grading.hpp"

#include "engine/cli/interrupt.hpp"
#include "engine/cli/progress.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/probe/sandbox.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace assay::cli {

namespace {

Result<std::map<std::string, std::string>> parse_roles(const std::vector<std::string>& pairs)
{
  std::map<std::string, std::string> roles;
  for (const std::string& pair : pairs) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size()) {
      return Error{ErrorCode::invalid_input, fmt::format("--map: \"{}\" is not ROLE=CLASS", pair)};
    }
    roles[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
  return roles;
}

/// Where submissions run; without one they are only read, and the report says why.
std::optional<probe::Sandboxes> find_sandboxes(const GradingArguments& arguments,
                                               std::string& not_run)
{
  if (arguments.no_run) {
    not_run = "not asked for";
    return std::nullopt;
  }
  auto installation = probe::find_installation(executable_folder());
  if (!installation) {
    not_run = installation.error().message;
    return std::nullopt;
  }
  probe::SandboxOptions options;
  options.database = arguments.run_on;
  options.trust = arguments.trusted ? probe::Trust::yes : probe::Trust::no;
  return probe::Sandboxes(std::move(*installation), arguments.runtime, options);
}

} // namespace

void add_database_option(CLI::App& command, probe::DatabaseChoice& choice)
{
  const std::map<std::string, probe::DatabaseChoice> names{
    {"auto", probe::DatabaseChoice::evident},
    {"sqlite", probe::DatabaseChoice::sqlite},
    {"postgresql", probe::DatabaseChoice::postgresql}};
  command
    .add_option("--database",
                choice,
                "Database to run on: auto (the one the design is for), postgresql or sqlite")
    ->transform(CLI::CheckedTransformer(names).description(""))
    ->default_str("auto")
    ->type_name("NAME");
}

void add_grading_options(CLI::App& command, GradingArguments& arguments)
{
  command.add_option("--rubric", arguments.rubric, "Id of a built-in rubric, or a path")
    ->capture_default_str();
  command.add_option("--map", arguments.roles, "ROLE=CLASS: this class plays that role")
    ->type_name("ROLE=CLASS");
  command.add_flag("--no-cache", arguments.no_cache, "Fetch everything anew and keep no copy");
  CLI::Option* no_run =
    command.add_flag("--no-run", arguments.no_run, "Only read the submission; execute nothing");
  command
    .add_flag("--trust-this-code",
              arguments.trusted,
              "Run it even where nothing holds it; the report says so (isolation L0)")
    ->excludes(no_run);
  command
    .add_option("--runtime",
                arguments.runtime,
                "Runtime to run in; the one that fits the submission unless given")
    ->type_name("NAME");
  add_database_option(command, arguments.run_on);
  command.add_option("--fail-under", arguments.fail_under, "Exit with 1 when the score is below N")
    ->type_name("N")
    ->check(CLI::Range(0.0, 100.0));
  command.add_flag("--strict", arguments.strict, "Exit with 4 when a check could not be verified");
  command
    .add_option("--timeout", arguments.timeout_seconds, "Seconds for obtaining the submission")
    ->check(CLI::Range(1, 86'400))
    ->capture_default_str();
  command
    .add_option("--max-received", arguments.max_received_mebibytes, "MiB received from a remote")
    ->check(CLI::Range(1, 65'536))
    ->capture_default_str();
}

Result<RunRecord> grade_one(const GradingArguments& arguments, const checks::BoundRubric& rubric)
{
  Submission submission;
  submission.source = arguments.source;
  submission.ref = arguments.ref;
  if (!arguments.before.empty()) {
    auto before = parse_instant(arguments.before);
    if (!before) {
      return with_context(before.error(), "--before");
    }
    submission.before = *before;
  }
  pipeline::GradeOptions options;
  ASSAY_ASSIGN(options.fixed_roles, parse_roles(arguments.roles));
  options.intake.limits.max_wall = std::chrono::seconds{arguments.timeout_seconds};
  options.intake.limits.max_received_bytes =
    static_cast<std::uint64_t>(arguments.max_received_mebibytes) << 20U;
  options.intake.cache_directory = intake::default_cache_directory();
  options.intake.use_cache = arguments.no_cache ? intake::UseCache::no : intake::UseCache::yes;
  options.intake.credentials = intake::credentials_from_environment();
  options.intake.authorities = intake::default_authorities();
  options.intake.cancelled = &watch_interrupts();
  ProgressLine progress(true);
  options.intake.progress = [&progress](const intake::IntakeProgress& current) {
    progress.show(current);
  };
  auto sandboxes = find_sandboxes(arguments, options.not_run);
  options.sandboxes = sandboxes ? &*sandboxes : nullptr;
  auto record = pipeline::grade(submission, rubric, options, SystemClock{});
  if (!record && record.error().code == ErrorCode::invalid_input) {
    // The words were in order: it is the submission that is damaged, or nothing to grade.
    return Error{ErrorCode::unavailable, record.error().message};
  }
  if (record && !arguments.no_run && !record->facts.execution.ran) {
    complain("the submission was only read: " + record->facts.execution.not_run);
  }
  return record;
}

Exit verdict_of(const GradingArguments& arguments, const RunRecord& record)
{
  const Points score = record.scorecard.total.point;
  if (arguments.fail_under && score.value() < *arguments.fail_under) {
    return Exit::below_limit;
  }
  const bool undetermined =
    std::ranges::any_of(record.scorecard.checks,
                        [](const ScoredCheck& check) { return check.undetermined > Points{}; });
  return arguments.strict && undetermined ? Exit::unverified : Exit::graded;
}

} // namespace assay::cli
