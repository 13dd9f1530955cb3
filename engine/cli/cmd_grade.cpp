// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/cli/command.hpp"
#include "engine/cli/interrupt.hpp"
#include "engine/cli/output.hpp"
#include "engine/cli/progress.hpp"
#include "engine/cli/rubric_source.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/probe/sandbox.hpp"
#include "engine/store/store.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <memory>
#include <optional>

namespace assay::cli {

namespace {

struct GradeArguments {
  std::string source;
  std::string ref;
  std::string before;
  std::string rubric = k_default_rubric;
  std::vector<std::string> roles;
  std::string database;
  bool no_store = false;
  bool no_cache = false;
  bool strict = false;
  bool everything = false;
  bool no_run = false;
  bool trusted = false;
  std::string runtime;
  std::optional<double> fail_under;
  int timeout_seconds = 300;
  int max_received_mebibytes = 512;
  OutputOptions output;
};

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

/// The record goes to the database; a refusal is reported but takes nothing from the report.
Result<RunId> keep(const RunRecord& record, const std::filesystem::path& path)
{
  ASSAY_ASSIGN(store::Store database, store::Store::open(path, store::OpenMode::create));
  return database.save(record);
}

Exit verdict(const GradeArguments& arguments, const RunRecord& record, bool stored)
{
  const Points score = record.scorecard.total.point;
  if (arguments.fail_under && score.value() < *arguments.fail_under) {
    return Exit::below_limit;
  }
  const bool undetermined =
    std::ranges::any_of(record.scorecard.checks,
                        [](const ScoredCheck& check) { return check.undetermined > Points{}; });
  if (arguments.strict && undetermined) {
    return Exit::unverified;
  }
  return stored ? Exit::graded : Exit::not_stored;
}

/// Where submissions run; without one they are only read, and the report says why.
std::optional<probe::Sandboxes> find_sandboxes(const GradeArguments& arguments,
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
  options.trust = arguments.trusted ? probe::Trust::yes : probe::Trust::no;
  return probe::Sandboxes(std::move(*installation), arguments.runtime, options);
}

Result<RunRecord> grade(const GradeArguments& arguments, const checks::BoundRubric& rubric)
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
  if (record && !arguments.no_run && !record->facts.execution.ran) {
    complain("the submission was only read: " + record->facts.execution.not_run);
  }
  return record;
}

Exit run(const GradeArguments& arguments)
{
  const auto rubric = open_rubric(arguments.rubric);
  if (!rubric) {
    complain(rubric.error().message);
    return Exit::usage;
  }
  const auto record = grade(arguments, *rubric);
  if (!record) {
    return refuse(record.error());
  }
  auto render = render_options(arguments.output);
  render.detail = arguments.everything ? report::Detail::everything : report::Detail::summary;
  std::optional<Error> storing;
  if (!arguments.no_store) {
    const auto id = keep(*record,
                         arguments.database.empty() ? default_database()
                                                    : std::filesystem::path(arguments.database));
    if (id) {
      render.run = *id;
    } else {
      storing = id.error();
    }
  }
  const report::Format* format = report::find_format(arguments.output.format);
  if (auto delivered = deliver(format->render(*record, render), arguments.output); !delivered) {
    complain(delivered.error().message);
    return Exit::not_stored;
  }
  if (storing) {
    complain("the result was not stored: " + storing->message);
  }
  return verdict(arguments, *record, !storing.has_value());
}

} // namespace

void add_grade(CLI::App& application, std::function<Exit()>& action)
{
  auto arguments = std::make_shared<GradeArguments>();
  CLI::App* command = application.add_subcommand("grade", "Grade one submission");
  command->add_option("source", arguments->source, "URL, local git repository, or folder")
    ->required()
    ->type_name("SOURCE");
  command->add_option(
    "--ref", arguments->ref, "Branch, tag or commit; the default branch unless given");
  command
    ->add_option("--before",
                 arguments->before,
                 "Grade the last commit at or before TIME (commit dates are a hint)")
    ->type_name("TIME");
  command->add_option("--rubric", arguments->rubric, "Id of a built-in rubric, or a path")
    ->capture_default_str();
  command->add_option("--map", arguments->roles, "ROLE=CLASS: this class plays that role")
    ->type_name("ROLE=CLASS");
  command
    ->add_option(
      "--db", arguments->database, "Results database; by default in the user's data folder")
    ->type_name("FILE");
  command->add_flag("--no-store", arguments->no_store, "Do not keep the result");
  command->add_flag("--no-cache", arguments->no_cache, "Fetch everything anew and keep no copy");
  CLI::Option* no_run =
    command->add_flag("--no-run", arguments->no_run, "Only read the submission; execute nothing");
  command
    ->add_flag("--trust-this-code",
               arguments->trusted,
               "Run it even where nothing holds it; the report says so (isolation L0)")
    ->excludes(no_run);
  command
    ->add_option("--runtime",
                 arguments->runtime,
                 "Runtime to run in; the one that fits the submission unless given")
    ->type_name("NAME");
  command->add_flag("--all", arguments->everything, "Show every check, not only what matters");
  command
    ->add_option("--fail-under", arguments->fail_under, "Exit with 1 when the score is below N")
    ->type_name("N")
    ->check(CLI::Range(0.0, 100.0));
  command->add_flag(
    "--strict", arguments->strict, "Exit with 4 when a check could not be verified");
  command
    ->add_option("--timeout", arguments->timeout_seconds, "Seconds for obtaining the submission")
    ->check(CLI::Range(1, 86'400))
    ->capture_default_str();
  command
    ->add_option("--max-received", arguments->max_received_mebibytes, "MiB received from a remote")
    ->check(CLI::Range(1, 65'536))
    ->capture_default_str();
  add_output_options(*command, arguments->output, WithFormat::yes);
  command->callback([arguments, &action] { action = [arguments] { return run(*arguments); }; });
}

} // namespace assay::cli
