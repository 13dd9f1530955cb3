// SPDX-License-Identifier: MIT
#include "engine/checks/migration_run_view.hpp"

#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay::checks {

namespace {

constexpr double k_alone = 0.6; // checks.md 10, R34

const MigrationStep* step_named(const MigrationRun& run, std::string_view name)
{
  const auto found = std::ranges::find(run.steps, name, &MigrationStep::name);
  return found == run.steps.end() || found->ok == Truth::unknown ? nullptr : &*found;
}

/// Reading found what the database of the run lets pass and the judged one does not.
bool passes_elsewhere_only(const Subject& subject, bool in_downgrade)
{
  if (ran_on_judged(subject) || !judged_on_postgresql(subject)) {
    return false;
  }
  return std::ranges::any_of(subject.facts.migration.revisions, [&](const Revision& revision) {
    return std::ranges::any_of(revision.problems, [&](const RevisionProblem& problem) {
      return problem.only_on_postgresql && problem.in_downgrade == in_downgrade;
    });
  });
}

} // namespace

bool ran_on_judged(const Subject& subject)
{
  const Dialect judged = subject.facts.environment.dialect;
  const std::string& database = subject.facts.migration.run.database;
  return judged == Dialect::unknown || (judged == Dialect::sqlite && database == "sqlite")
         || (judged == Dialect::postgresql && database == "postgresql");
}

MigrationRunView view_migration_run(const Subject& subject)
{
  MigrationRunView view;
  const MigrationRun& run = subject.facts.migration.run;
  if (!run.ran || run.loads == Truth::unknown) {
    return view;
  }
  view.run = &run;
  const bool helped = !run.stand_ins.empty() || !run.shims.empty();
  view.confidence = !ran_on_judged(subject) ? 0.8 : helped ? 0.85 : 0.95;
  view.cannot_start = run.loads == Truth::no && !run.alone;
  view.factor = run.alone ? k_alone : 1;
  if (passes_elsewhere_only(subject, false)) {
    return view;
  }
  view.upgrade = step_named(run, "upgrade");
  view.rolled_back = view.upgrade != nullptr && view.upgrade->ok == Truth::no
                     && judged_on_postgresql(subject) && run.database != "postgresql";
  if (view.upgrade != nullptr && !passes_elsewhere_only(subject, true)) {
    view.downgrade = step_named(run, "downgrade");
    view.again = step_named(run, "upgrade again");
  }
  return view;
}

Finding by_run(Finding finding, const MigrationRunView& view)
{
  finding.basis = Basis::observed;
  finding.share *= view.factor;
  if (view.factor < 1) {
    finding.reason += " (run without env.py, which fails: " + describe(view.run->load_error) + ")";
  }
  return finding;
}

const std::vector<Table>* migrated_tables(const MigrationRunView& view)
{
  static const std::vector<Table> k_none;
  if (view.cannot_start) {
    return &k_none;
  }
  if (view.upgrade == nullptr) {
    return nullptr;
  }
  return view.rolled_back ? &k_none : &view.run->tables;
}

const Table* find_migrated(const std::vector<Table>& tables, std::string_view name)
{
  const Table* const found = find_table(tables, name);
  const auto dot = name.rfind('.');
  return found != nullptr || dot == std::string_view::npos
           ? found
           : find_table(tables, name.substr(dot + 1));
}

std::optional<std::vector<Table>> created_tables(const Subject& subject)
{
  const bool all =
    models_run(subject).usable && !subject.facts.execution.schemas.empty()
    && std::ranges::all_of(subject.facts.execution.schemas,
                           [](const SchemaRun& schema) { return schema.created == Truth::yes; });
  if (!all) {
    return std::nullopt;
  }
  std::vector<Table> tables;
  for (const SchemaRun& schema : subject.facts.execution.schemas) {
    for (const Table& table : schema.reflected) {
      if (find_table(tables, table.name) == nullptr) {
        tables.push_back(table);
      }
    }
  }
  return tables;
}

std::vector<Evidence> evidence_of(const RunError& error)
{
  std::vector<Evidence> evidence;
  add_evidence(evidence, error.where, describe(error));
  return evidence;
}

std::vector<Evidence> evidence_of(const Subject& subject, const MigrationStep& failed)
{
  const MigrationFacts& migration = subject.facts.migration;
  std::vector<Evidence> evidence = evidence_of(failed.error);
  for (const MigrationStep& step : migration.run.singly) {
    const auto revision = std::ranges::find(migration.revisions, step.revision, &Revision::id);
    if (step.name != failed.name || revision == migration.revisions.end()) {
      continue;
    }
    if (step.ok == Truth::yes) {
      add_evidence(
        evidence, revision->where, fmt::format("{} of {} alone works", step.name, step.revision));
    } else if (step.revision != failed.revision) {
      add_evidence(evidence,
                   step.error.where,
                   fmt::format("{} of {} {}: {}",
                               step.name,
                               step.revision,
                               step.ok == Truth::no ? "stops" : "could not be judged",
                               describe(step.error)));
    }
  }
  return evidence;
}

} // namespace assay::checks
