// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_downgrade {

namespace {

constexpr Level k_levels[] = {
  {"enum_left", 0.7, "Only enumeration types are left on PostgreSQL."},
  {"declared_irreversible", 0.3, "A revision says that it cannot be reversed."},
  {"one_table_left", 0.5, "One table is left."},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration, FactFamily::environment};

bool raises(const Revision& revision)
{
  return revision.downgrade_raises;
}

bool does_nothing(const Revision& revision)
{
  return std::ranges::any_of(revision.upgrade, is_schema_work) && revision.downgrade_empty;
}

Finding by_downgrade(const Subject& subject, const MigrationRunView& view)
{
  const MigrationStep& step = *view.downgrade;
  const std::vector<Evidence> evidence =
    step.ok == Truth::no ? evidence_of(subject, step) : revision_evidence(subject);
  if (step.ok == Truth::no && step.declared) {
    return at_level("declared_irreversible",
                    view.confidence,
                    fmt::format("Revision {} declares that it cannot be reversed", step.revision),
                    evidence);
  }
  if (step.ok == Truth::no) {
    return failed(view.confidence,
                  fmt::format("The downgrade stops{}: {}",
                              step.revision.empty() ? "" : " in revision " + step.revision,
                              describe(step.error)),
                  evidence);
  }
  // R26: nothing was taken back, or nothing was missing afterwards.
  const bool no_effect =
    step.changes == 0
    || (view.again != nullptr && view.again->ok == Truth::yes && view.again->changes == 0);
  if (no_effect) {
    return failed(view.confidence, "downgrade() does nothing", evidence);
  }
  if (step.tables.size() > 1) {
    return failed(view.confidence,
                  fmt::format("The downgrade leaves tables {}", fmt::join(step.tables, ", ")),
                  evidence);
  }
  if (step.tables.size() == 1) {
    return at_level("one_table_left",
                    view.confidence,
                    fmt::format("The downgrade leaves table {}", step.tables.front()),
                    evidence);
  }
  const std::vector<std::string>& types = subject.facts.migration.types_left;
  if (!types.empty() && view.run->database == "postgresql") {
    return at_level("enum_left",
                    view.confidence,
                    fmt::format("The downgrade leaves type {}", fmt::join(types, ", ")),
                    evidence);
  }
  return passed(view.confidence, "The downgrade removes what the upgrade made", evidence);
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationFacts& migration = subject.facts.migration;
  const MigrationRunView view = view_migration_run(subject);
  if (view.cannot_start) {
    return by_run(
      failed(view.confidence,
             fmt::format("The downgrade cannot start: {}", describe(view.run->load_error)),
             evidence_of(view.run->load_error)),
      view);
  }
  // SQLite has no enumeration types that could stay behind.
  const bool hides_types = judged_on_postgresql(subject) && !migration.types_left.empty()
                           && view.downgrade != nullptr && view.downgrade->ok == Truth::yes
                           && view.run->database != "postgresql";
  if (view.downgrade != nullptr && !hides_types) {
    return by_run(by_downgrade(subject, view), view);
  }
  const double confidence = migration_confidence(subject);
  std::vector<Evidence> evidence;
  for (const Revision& revision : migration.revisions) {
    for (const RevisionProblem& problem : revision.problems) {
      const bool counts = problem.in_downgrade
                          && (!problem.only_on_postgresql || judged_on_postgresql(subject))
                          && (!problem.only_on_sqlite || judged_on_sqlite(subject));
      if (counts) {
        add_evidence(evidence, problem.where, problem.detail);
        return failed(confidence,
                      fmt::format("The downgrade stops in {}: {}", revision.path, problem.detail),
                      evidence);
      }
    }
  }
  if (const auto found = std::ranges::find_if(migration.revisions, raises);
      found != migration.revisions.end()) {
    add_evidence(evidence, found->where, "");
    return at_level("declared_irreversible",
                    confidence,
                    fmt::format("{} declares that it cannot be reversed", found->path),
                    evidence);
  }
  if (std::ranges::all_of(migration.revisions, [](const Revision& revision) {
        return does_nothing(revision) || std::ranges::none_of(revision.upgrade, is_schema_work);
      })) {
    return failed(confidence, "downgrade() does nothing", revision_evidence(subject));
  }
  const std::vector<std::string>& left = migration.left_after_downgrade;
  const bool understood = migration.downgrade_complete == Truth::yes;
  if (!understood) {
    return undetermined("What the downgrade does could not be read completely",
                        left.empty() ? 0.8 : 0.5,
                        revision_evidence(subject));
  }
  if (left.size() > 1) {
    return failed(confidence,
                  fmt::format("The downgrade leaves tables {}", fmt::join(left, ", ")),
                  revision_evidence(subject));
  }
  if (left.size() == 1) {
    return at_level("one_table_left",
                    confidence,
                    fmt::format("The downgrade leaves table {}", left.front()),
                    revision_evidence(subject));
  }
  if (!migration.types_left.empty() && judged_on_postgresql(subject)) {
    return at_level("enum_left",
                    confidence,
                    fmt::format("The downgrade leaves type {} on PostgreSQL",
                                fmt::join(migration.types_left, ", ")),
                    revision_evidence(subject));
  }
  return passed(
    confidence, "The downgrade removes what the upgrade made", revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.downgrade",
  .since = "0.1",
  .summary = "Downgrading to the beginning works and leaves nothing behind.",
  .why =
    "`downgrade base` is run after the upgrade, or from what the models create if the upgrade "
    "stops; what is still there afterwards is named. If it stops, the downgrades are also taken "
    "one at a time, each below the one that stops from a database that never saw that revision. "
    "Where it cannot be run, the downgrades are replayed by reading.",
  .blind_spots = "Where it could not be run: errors that the database alone would raise.",
  .params = {},
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_downgrade
