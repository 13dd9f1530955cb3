// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

namespace assay::checks::migration_upgrade {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "Entities whose tables count when the upgrade stops half-way."},
};

constexpr Level k_levels[] = {
  {"other_dialect", 0.5, "It works only on another database than the submission is judged on."},
  {"trivial_fix", 0.6, "It works once a missing import of a type is added."},
  {"several_heads", 0.75, "There are several heads, each of which upgrades."},
  {"stops", 0.25, "It stops half-way; times the share of tables made by then."},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{entities: [author, book]}", "pass"},
  {"No migration at all", k_not_migrated, "{entities: [author, book]}", "fail"},
  {"Work that is hidden in a helper package",
   k_opaque_migration,
   "{entities: [author, book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::migration, FactFamily::schema, FactFamily::environment};

double share_of_tables(const Subject& subject, const Params& params, const UpgradeReading& reading)
{
  double made = 0;
  const std::vector<std::string> roles = params.list("entities");
  for (const std::string& role : roles) {
    const EntityView view = view_entity(subject, role);
    const Table* table = view.found() ? view.table() : nullptr;
    made += table != nullptr && is_delivered(subject, reading, table->name) ? 1 : 0;
  }
  return roles.empty() ? 0 : made / static_cast<double>(roles.size());
}

Finding stopped(const Subject& subject, const Params& params, const UpgradeReading& reading)
{
  std::vector<Evidence> evidence;
  if (reading.problem != nullptr) {
    add_evidence(evidence, reading.problem->where, reading.problem->detail);
  }
  const double confidence = migration_confidence(subject);
  if (reading.trivial) {
    return at_level("trivial_fix", confidence, sentence(reading.reason), evidence);
  }
  if (reading.works_elsewhere) {
    return at_level("other_dialect", confidence, sentence(reading.reason), evidence);
  }
  Finding finding = at_level("stops", confidence, sentence(reading.reason), evidence);
  finding.share = share_of_tables(subject, params, reading);
  return finding;
}

double share_made(const Subject& subject, const Params& params, const MigrationRunView& view)
{
  const std::vector<Table>* tables = migrated_tables(view);
  double made = 0;
  const std::vector<std::string> roles = params.list("entities");
  for (const std::string& role : roles) {
    const EntityView entity = view_entity(subject, role);
    const Table* table = entity.found() ? entity.table() : nullptr;
    made += tables != nullptr && table != nullptr && find_migrated(*tables, table->name) != nullptr
              ? 1
              : 0;
  }
  return roles.empty() ? 0 : made / static_cast<double>(roles.size());
}

/// SQLite and Alembic for it refuse what other databases do.
bool is_sqlites(const RunError& error)
{
  return error.type == "NotImplementedError" && error.message.find("SQLite") != std::string::npos;
}

Finding by_upgrade(const Subject& subject, const Params& params, const MigrationRunView& view)
{
  const MigrationStep& step = *view.upgrade;
  const std::vector<Evidence> evidence = evidence_of(subject, step);
  if (step.ok == Truth::yes && !view.run->forgotten.empty()) {
    return at_level(
      "trivial_fix",
      view.confidence,
      fmt::format("The upgrade works once the revisions import {}", view.run->forgotten),
      evidence);
  }
  if (step.ok == Truth::yes && view.run->heads.size() > 1) {
    return at_level("several_heads",
                    view.confidence,
                    fmt::format("The upgrade runs, but there are {} heads", view.run->heads.size()),
                    revision_evidence(subject));
  }
  if (step.ok == Truth::yes) {
    return passed(view.confidence,
                  fmt::format("The upgrade of an empty database runs and makes {} {}",
                              step.tables.size(),
                              step.tables.size() == 1 ? "table" : "tables"),
                  revision_evidence(subject));
  }
  const UpgradeReading reading = read_upgrade(subject);
  const std::string reason =
    fmt::format("The upgrade stops{}: {}",
                step.revision.empty() ? "" : " in revision " + step.revision,
                describe(step.error));
  if (is_sqlites(step.error)
      || (reading.state == UpgradeReading::State::stops && reading.works_elsewhere)) {
    return at_level("other_dialect", view.confidence, reason, evidence);
  }
  Finding finding = at_level("stops", view.confidence, reason, evidence);
  finding.share = share_made(subject, params, view);
  return finding;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationRunView view = view_migration_run(subject);
  if (view.cannot_start) {
    return by_run(
      failed(view.confidence,
             fmt::format("The upgrade cannot start: {}", describe(view.run->load_error)),
             evidence_of(view.run->load_error)),
      view);
  }
  if (view.upgrade != nullptr) {
    return by_run(by_upgrade(subject, params, view), view);
  }
  const MigrationFacts& migration = subject.facts.migration;
  const UpgradeReading reading = read_upgrade(subject);
  if (reading.state == UpgradeReading::State::stops) {
    return stopped(subject, params, reading);
  }
  if (migration.kind != MigrationKind::lone_revision && migration.environment_loads == Truth::no) {
    return failed(migration_confidence(subject),
                  fmt::format("The upgrade cannot start: {}",
                              migration.environment_problems.empty()
                                ? "the environment does not load"
                                : migration.environment_problems.front()));
  }
  if (reading.state == UpgradeReading::State::unknown) {
    return undetermined(sentence(reading.reason), 0.8, revision_evidence(subject));
  }
  if (migration.heads.size() > 1) {
    return at_level(
      "several_heads",
      migration_confidence(subject),
      fmt::format("The upgrade reads cleanly, but there are {} heads", migration.heads.size()),
      revision_evidence(subject));
  }
  return passed(migration_confidence(subject),
                "Nothing in the revisions keeps the upgrade from running",
                revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.upgrade",
  .since = "0.1",
  .summary = "Upgrading an empty database to the last revision ends without an error.",
  .why =
    "`upgrade heads` is run on an empty database. If it stops, the revisions are also taken one at "
    "a time, to name the one that stops and to say that those before it work. Where it cannot be "
    "run, operations are followed "
    "in the order of the revisions: tables must exist before they are referred to or changed, "
    "names "
    "must be defined, and the database must accept the operation.",
  .blind_spots = "Where it could not be run: errors that the database alone would raise. Reading "
                 "earns a part of "
                 "the credit only.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_upgrade
