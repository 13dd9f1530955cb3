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
#include <memory>
#include <optional>
#include <random>
#include <utility>

namespace assay::pipeline {

namespace {

/// `run` holds what the next phases go on with.
std::optional<SchemaFacts> run_models(std::unique_ptr<probe::SubmissionRun>& run,
                                      probe::Sandbox& sandbox,
                                      const Snapshot& snapshot,
                                      Facts& facts,
                                      std::optional<probe::DatabaseChoice> database = {})
{
  facts.execution = {};
  run = std::make_unique<probe::SubmissionRun>(sandbox, snapshot, facts, database);
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

/// Models and migrations.
std::unique_ptr<probe::SubmissionRun> run_schema(Facts& facts,
                                                 const Snapshot& snapshot,
                                                 probe::Sandboxes& sandboxes,
                                                 probe::Sandbox*& sandbox,
                                                 std::optional<probe::DatabaseChoice> database = {})
{
  std::unique_ptr<probe::SubmissionRun> run;
  std::optional<SchemaFacts> seen = run_models(run, *sandbox, snapshot, facts, database);
  if (asks_for_older(facts, *sandbox)) {
    facts.environment.sqlalchemy_major = 14;
    if (auto older = sandboxes.fit(facts.environment)) {
      sandbox = *older;
      seen = run_models(run, *sandbox, snapshot, facts, database);
    }
  }
  if (seen) {
    facts::merge_schema(facts, *std::move(seen));
  }
  probe::observe_migrations(*run);
  return run;
}

/// The design is for MySQL, which no runtime has, and nobody asked for another database.
bool is_for_absent(const Facts& facts, const probe::Sandbox& sandbox)
{
  return facts.environment.dialect == Dialect::mysql
         && sandbox.database_choice() == probe::DatabaseChoice::evident;
}

/// What the database of the run did not take; empty if it took everything.
std::string refusal(const Facts& facts)
{
  const auto words = [](const RunError& error) {
    return error.type.empty() ? error.message : error.type + ": " + error.message;
  };
  const auto& schemas = facts.execution.schemas;
  const auto schema = std::ranges::find(schemas, Truth::no, &SchemaRun::created);
  if (schema != schemas.end()) {
    return words(schema->error);
  }
  const auto& steps = facts.migration.run.steps;
  const auto step =
    std::ranges::find_if(steps, [](const MigrationStep& each) { return each.ok != Truth::yes; });
  return step == steps.end() ? std::string() : words(step->error);
}

/// It ran on SQLite. Where that refuses something it runs on PostgreSQL too; that counts if it
/// takes everything.
void choose_database(Facts& facts,
                     const Facts& before,
                     const Snapshot& snapshot,
                     probe::Sandboxes& sandboxes,
                     probe::Sandbox*& sandbox,
                     std::unique_ptr<probe::SubmissionRun>& run)
{
  const std::string absent = "MySQL is not part of the runtimes";
  const std::string refused = refusal(facts);
  if (refused.empty()) {
    facts.execution.database_note = absent + ", and SQLite takes the whole design";
    return;
  }
  Facts on_sqlite = std::exchange(facts, before);
  auto other = run_schema(facts, snapshot, sandboxes, sandbox, probe::DatabaseChoice::postgresql);
  if (facts.execution.database == "postgresql" && refusal(facts).empty()) {
    run = std::move(other);
    facts.execution.database_note =
      fmt::format("{}, and SQLite refuses a part of the design ({})", absent, refused);
    return;
  }
  facts = std::move(on_sqlite);
  facts.execution.database_note = fmt::format(
    "{}, and neither SQLite ({}) nor PostgreSQL takes the whole design", absent, refused);
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
  reveal_hidden(run.facts());
  facts::note_scans(run.facts());
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
  std::unique_ptr<probe::SubmissionRun> run;
  const bool on_postgres = facts.execution.database == "postgresql";
  if (auto seen =
        run_models(run,
                   **fresh,
                   snapshot,
                   again,
                   on_postgres ? std::optional(probe::DatabaseChoice::postgresql) : std::nullopt)) {
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
  const bool absent = is_for_absent(record.facts, **sandbox);
  const Facts before = absent ? record.facts : Facts{};
  std::unique_ptr<probe::SubmissionRun> run =
    run_schema(record.facts, snapshot, *options.sandboxes, *sandbox);
  if (absent) {
    choose_database(record.facts, before, snapshot, *options.sandboxes, *sandbox, run);
  }
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
