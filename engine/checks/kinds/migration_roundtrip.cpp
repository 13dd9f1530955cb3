// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_roundtrip {

namespace {

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration, FactFamily::environment};

std::optional<Finding> by_second_upgrade(const Subject& subject, const MigrationRunView& view)
{
  if (view.cannot_start) {
    return failed(view.confidence, "The upgrade cannot start", evidence_of(view.run->load_error));
  }
  if (view.upgrade != nullptr && view.upgrade->ok == Truth::no) {
    return failed(view.confidence,
                  fmt::format("The upgrade fails again: {}", describe(view.upgrade->error)),
                  evidence_of(view.upgrade->error));
  }
  if (view.downgrade != nullptr && view.downgrade->ok == Truth::no) {
    return failed(view.confidence,
                  fmt::format("The downgrade does not work: {}", describe(view.downgrade->error)),
                  evidence_of(view.downgrade->error));
  }
  if (view.again == nullptr) {
    return std::nullopt;
  }
  if (view.again->ok == Truth::no) {
    return failed(view.confidence,
                  fmt::format("The second upgrade stops: {}", describe(view.again->error)),
                  evidence_of(view.again->error));
  }
  if (view.again->changes == 0 || (view.downgrade != nullptr && view.downgrade->changes == 0)) {
    return failed(view.confidence,
                  "The downgrade took nothing back, so the second upgrade proves nothing",
                  revision_evidence(subject));
  }
  return passed(view.confidence, "The second upgrade works", revision_evidence(subject));
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationFacts& migration = subject.facts.migration;
  const MigrationRunView view = view_migration_run(subject);
  // SQLite has no enumeration types that could be in the way.
  const bool hides_types = judged_on_postgresql(subject) && !migration.types_left.empty()
                           && view.run != nullptr && view.run->database != "postgresql";
  if (const auto found = hides_types ? std::nullopt : by_second_upgrade(subject, view)) {
    return by_run(*found, view);
  }
  const double confidence = migration_confidence(subject);
  const UpgradeReading reading = read_upgrade(subject);
  const std::vector<Evidence> evidence = revision_evidence(subject);
  if (reading.state == UpgradeReading::State::stops && !reading.trivial) {
    return failed(confidence, fmt::format("The upgrade fails again: {}", reading.reason), evidence);
  }
  const auto irreversible =
    std::ranges::find_if(migration.revisions, [&](const Revision& revision) {
      const bool stops =
        std::ranges::any_of(revision.problems, [&](const RevisionProblem& problem) {
          return problem.in_downgrade
                 && (!problem.only_on_postgresql || judged_on_postgresql(subject))
                 && (!problem.only_on_sqlite || judged_on_sqlite(subject));
        });
      return stops || revision.downgrade_raises;
    });
  if (irreversible != migration.revisions.end()) {
    return failed(
      confidence, fmt::format("The downgrade of {} does not work", irreversible->path), evidence);
  }
  if (migration.downgrade_complete != Truth::yes
      || reading.state == UpgradeReading::State::unknown) {
    return undetermined("Whether the upgrade works a second time could not be read",
                        migration.left_after_downgrade.empty() ? 0.8 : 0.2,
                        evidence);
  }
  if (!migration.left_after_downgrade.empty()) {
    return failed(
      confidence,
      fmt::format("Table {} is left by the downgrade and in the way of the next upgrade",
                  fmt::join(migration.left_after_downgrade, ", ")),
      evidence);
  }
  if (!migration.types_left.empty() && judged_on_postgresql(subject)) {
    return failed(confidence,
                  fmt::format("Type {} is left by the downgrade and in the way of the next upgrade",
                              fmt::join(migration.types_left, ", ")),
                  evidence);
  }
  return passed(
    confidence, "Nothing is left that would be in the way of a second upgrade", evidence);
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.roundtrip",
  .since = "0.1",
  .summary = "After a downgrade the upgrade works again.",
  .why = "A table or an enumeration type that a downgrade forgets makes the next upgrade fail: it "
         "is run "
         "after the downgrade.",
  .blind_spots = "Where it could not be run: errors that the database alone would raise.",
  .params = {},
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_roundtrip
