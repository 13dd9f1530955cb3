// SPDX-License-Identifier: MIT
#include "engine/pipeline/grade.hpp"

#include "engine/base/text.hpp"
#include "engine/checks/judge.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/merge.hpp"
#include "engine/pipeline/query_tasks.hpp"
#include "engine/probe/integrity.hpp"
#include "engine/probe/migrations.hpp"
#include "engine/probe/models.hpp"
#include "engine/probe/queries.hpp"
#include "engine/probe/trials.hpp"
#include "engine/score/score.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

namespace assay::pipeline {

namespace {

std::int64_t milliseconds_between(std::chrono::steady_clock::time_point from,
                                  std::chrono::steady_clock::time_point to)
{
  return std::chrono::duration_cast<std::chrono::milliseconds>(to - from).count();
}

SubmissionRecord describe(const Snapshot& snapshot)
{
  SubmissionRecord record;
  record.source = snapshot.submission.source;
  record.ref = snapshot.resolved_ref.empty() ? snapshot.submission.ref : snapshot.resolved_ref;
  record.commit = snapshot.commit;
  record.tree_digest = snapshot.tree_digest;
  record.history = snapshot.history;
  record.before = snapshot.submission.before;
  record.files = static_cast<int>(snapshot.files.size());
  record.python_files = static_cast<int>(std::ranges::count_if(
    snapshot.files, [](const auto& entry) { return entry.first.ends_with(".py"); }));
  record.skipped = snapshot.skipped;
  return record;
}

/// A class the user names by hand must be there: a silent miss would grade something else.
Result<void> check_fixed_roles(const std::map<std::string, std::string>& fixed,
                               const Rubric& rubric,
                               const Facts& facts)
{
  for (const auto& [role, wanted] : fixed) {
    std::vector<std::string> roles;
    for (const EntitySpec& entity : rubric.entities) {
      roles.push_back(entity.id);
    }
    if (std::ranges::find(roles, role) == roles.end()) {
      return Error{
        ErrorCode::invalid_input,
        fmt::format(
          "--map: rubric {} has no role \"{}\" (it has {})", rubric.id, role, join(roles, ", "))};
    }
    std::vector<std::string> classes;
    for (const MappedClass& mapped : facts.schema.classes) {
      classes.push_back(mapped.name);
    }
    const bool present = std::ranges::any_of(classes, [&](const std::string& name) {
      return name == wanted || name.ends_with("." + wanted);
    });
    if (!present) {
      return Error{ErrorCode::not_found,
                   fmt::format("--map: the submission maps no class \"{}\" (it maps {})",
                               wanted,
                               classes.empty() ? "none" : join(classes, ", "))};
    }
  }
  return {};
}

/// `run` holds what the next phases go on with.
std::optional<SchemaFacts> run_models(std::optional<probe::SubmissionRun>& run,
                                      probe::Sandbox& sandbox,
                                      const Snapshot& snapshot,
                                      Facts& facts)
{
  facts.execution = {};
  run.emplace(sandbox, snapshot, facts);
  return probe::observe_models(*run);
}

/// Nothing said so, but what fails is what SQLAlchemy 2.0 took away.
bool asks_for_older(const Facts& facts, const probe::Sandbox& sandbox)
{
  return facts.environment.sqlalchemy_major == 0 && !sandbox.record().sqlalchemy.starts_with("1.")
         && std::ranges::any_of(facts.execution.modules, [](const ModuleImport& module) {
              return module.outcome == ImportOutcome::failed
                     && probe::is_of_older_version(module.error);
            });
}

/// A run that raised a flag is made again in a cell that has seen nothing else.
void repeat(const probe::Sandbox& sandbox, const Snapshot& snapshot, Facts& facts)
{
  const auto fresh = sandbox.fresh();
  if (!fresh) {
    return;
  }
  Facts again = facts::read(snapshot);
  again.environment = facts.environment;
  std::optional<probe::SubmissionRun> run;
  run_models(run, **fresh, snapshot, again);
  probe::note_differences(facts, again.execution);
}

/// Never in the record: the rows of a run are told from those of every other by it.
std::string draw_secret()
{
  std::random_device device;
  std::string secret;
  for (int i = 0; i < 8; ++i) {
    secret += fmt::format("{:08x}", device());
  }
  return secret;
}

void try_models(probe::SubmissionRun& run, const Rubric& rubric, const GradeOptions& options)
{
  const std::vector<Resolution> readings = facts::resolve(run.facts(), rubric, options.fixed_roles);
  if (!readings.empty() && run.facts().schema.basis == Basis::observed) {
    probe::observe_trials(run, rubric, readings.front(), draw_secret());
    facts::believe_trials(run.facts());
  }
}

void drive_queries(probe::SubmissionRun& run, const Rubric& rubric, const GradeOptions& options)
{
  const std::vector<Resolution> readings = facts::resolve(run.facts(), rubric, options.fixed_roles);
  if (readings.empty()) {
    return;
  }
  const std::string secret = draw_secret();
  for (const probe::QueryPlan& plan : plan_queries(run.facts(), rubric, readings.front())) {
    probe::observe_queries(run, rubric, readings.front(), plan, secret);
  }
}

void execute(RunRecord& record,
             const Snapshot& snapshot,
             const Rubric& rubric,
             const GradeOptions& options)
{
  const std::size_t suspected = record.facts.integrity.size();
  if (options.sandboxes == nullptr) {
    record.facts.execution.not_run = options.not_run;
    return;
  }
  auto sandbox = options.sandboxes->fit(record.facts.environment);
  if (!sandbox) {
    record.facts.execution.not_run = sandbox.error().message;
    return;
  }
  std::optional<probe::SubmissionRun> run;
  std::optional<SchemaFacts> seen = run_models(run, **sandbox, snapshot, record.facts);
  if (asks_for_older(record.facts, **sandbox)) {
    record.facts.environment.sqlalchemy_major = 14;
    sandbox = options.sandboxes->fit(record.facts.environment);
    seen = run_models(run, **sandbox, snapshot, record.facts);
  }
  if (seen) {
    facts::merge_schema(record.facts, *std::move(seen));
  }
  probe::SubmissionRun migrations(**sandbox, snapshot, record.facts);
  probe::observe_migrations(migrations);
  if (record.facts.integrity.size() > suspected) {
    repeat(**sandbox, snapshot, record.facts);
  }
  try_models(*run, rubric, options);
  drive_queries(*run, rubric, options);
  if (record.facts.execution.ran) {
    record.execution = (*sandbox)->record();
    record.execution.database = "sqlite";
  }
}

} // namespace

void judge_record(RunRecord& record,
                  const checks::BoundRubric& rubric,
                  const std::map<std::string, std::string>& fixed_roles)
{
  const std::vector<Resolution> resolutions =
    facts::resolve(record.facts, rubric.rubric, fixed_roles);
  record.rubric = rubric.rubric;
  record.judgement = checks::judge(record.facts, rubric, resolutions);
  record.scorecard = score::score(rubric.rubric, record.judgement, record.facts.integrity);
}

Result<RunRecord> grade(const Submission& submission,
                        const checks::BoundRubric& rubric,
                        const GradeOptions& options,
                        const Clock& clock)
{
  RunRecord record;
  record.engine_version = engine_version();
  record.graded_at = clock.now();
  const auto started = clock.ticks();
  ASSAY_ASSIGN(const Snapshot snapshot, intake::obtain(submission, options.intake));
  const auto obtained = clock.ticks();
  record.submission = describe(snapshot);
  record.facts = facts::read(snapshot);
  ASSAY_TRY(check_fixed_roles(options.fixed_roles, rubric.rubric, record.facts));
  const auto read = clock.ticks();
  execute(record, snapshot, rubric.rubric, options);
  const auto executed = clock.ticks();
  judge_record(record, rubric, options.fixed_roles);
  const auto finished = clock.ticks();
  record.timings.clone_ms = milliseconds_between(started, obtained);
  record.timings.execute_ms = milliseconds_between(read, executed);
  record.timings.read_ms = milliseconds_between(obtained, finished) - record.timings.execute_ms;
  record.timings.total_ms = milliseconds_between(started, finished);
  return record;
}

std::string_view engine_version()
{
  return ASSAY_VERSION;
}

} // namespace assay::pipeline
