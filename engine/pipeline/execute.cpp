// SPDX-License-Identifier: MIT
#include "engine/pipeline/execute.hpp"

#include "engine/facts/extract.hpp"
#include "engine/facts/merge.hpp"
#include "engine/pipeline/query_tasks.hpp"
#include "engine/probe/integrity.hpp"
#include "engine/probe/migrations.hpp"
#include "engine/probe/models.hpp"
#include "engine/probe/queries.hpp"
#include "engine/probe/trials.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <utility>

namespace assay::pipeline {

namespace {

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

/// A run that raised a flag is made again in a cell that has seen nothing else, on rows drawn anew.
void repeat(const probe::Sandbox& sandbox,
            const Snapshot& snapshot,
            const Rubric& rubric,
            const GradeOptions& options,
            Facts& facts)
{
  const auto fresh = sandbox.fresh();
  if (!fresh) {
    return;
  }
  Facts again = facts::read(snapshot);
  again.environment = facts.environment;
  std::optional<probe::SubmissionRun> run;
  if (auto seen = run_models(run, **fresh, snapshot, again)) {
    facts::merge_schema(again, *std::move(seen));
  }
  if (facts.query_runs.ran) {
    drive_queries(*run, rubric, options);
  }
  probe::note_differences(facts, again);
}

} // namespace

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
  probe::observe_migrations(*run);
  try_models(*run, rubric, options);
  drive_queries(*run, rubric, options);
  if (record.facts.integrity.size() > suspected) {
    repeat(**sandbox, snapshot, rubric, options, record.facts);
  }
  if (record.facts.execution.ran) {
    record.execution = (*sandbox)->record();
    record.execution.database = record.facts.execution.database;
  }
}

} // namespace assay::pipeline
