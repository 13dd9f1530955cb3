// SPDX-License-Identifier: MIT
#include "engine/checks/migration_view.hpp"

#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_run_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks {

namespace {

// checks.md section 7: nothing to read, and nothing that could hide it.
constexpr double k_revision_text = 0.75; // checks.md section 7: names resolved
constexpr double k_no_migration = 0.75;

bool counts_on(const Subject& subject, const RevisionProblem& problem)
{
  if (problem.in_downgrade) {
    return false;
  }
  if (problem.only_on_postgresql) {
    return judged_on_postgresql(subject);
  }
  return !problem.only_on_sqlite || judged_on_sqlite(subject);
}

bool all_understood(const MigrationFacts& migration)
{
  return migration.tables_complete == Truth::yes
         && std::ranges::all_of(migration.revisions, [](const Revision& revision) {
              return revision.upgrade_complete == Truth::yes;
            });
}

bool creates(const Operation& operation, const std::string& table)
{
  return (operation.kind == OperationKind::create_table && operation.table == table)
         || operation.kind == OperationKind::create_all
         || (operation.kind == OperationKind::rename_table && operation.name == table);
}

} // namespace

bool is_schema_work(const Operation& operation)
{
  switch (operation.kind) {
  case OperationKind::create_table:
  case OperationKind::drop_table:
  case OperationKind::rename_table:
  case OperationKind::add_column:
  case OperationKind::drop_column:
  case OperationKind::alter_column:
  case OperationKind::create_index:
  case OperationKind::drop_index:
  case OperationKind::create_unique:
  case OperationKind::create_foreign_key:
  case OperationKind::create_primary_key:
  case OperationKind::create_check:
  case OperationKind::drop_constraint:
  case OperationKind::create_type:
  case OperationKind::drop_type:
  case OperationKind::execute_ddl:
  case OperationKind::create_all:
  case OperationKind::drop_all:
    return true;
  case OperationKind::execute_dml:
  case OperationKind::bulk_insert:
  case OperationKind::other:
    return false;
  }
  return false;
}

bool judged_on_postgresql(const Subject& subject)
{
  return subject.facts.environment.dialect == Dialect::postgresql;
}

bool judged_on_sqlite(const Subject& subject)
{
  return subject.facts.environment.dialect == Dialect::sqlite;
}

double migration_confidence(const Subject& subject)
{
  // All paths of a submission are known: what no file holds is not there.
  const MigrationFacts& migration = subject.facts.migration;
  const bool nothing = migration.kind == MigrationKind::none && migration.gaps.empty();
  return nothing || migration.confidence <= 0 ? k_no_migration : migration.confidence;
}

double revision_text_confidence(const Subject& subject)
{
  return std::max(migration_confidence(subject), k_revision_text);
}

std::optional<Finding> without_schema_work(const Subject& subject)
{
  const MigrationFacts& migration = subject.facts.migration;
  const bool any = std::ranges::any_of(migration.revisions, [](const Revision& revision) {
    return std::ranges::any_of(revision.upgrade, is_schema_work);
  });
  const MigrationRunView view = view_migration_run(subject);
  const bool upgraded = view.upgrade != nullptr && view.upgrade->ok == Truth::yes;
  if (upgraded && (view.upgrade->changes > 0 || !view.upgrade->tables.empty())) {
    return std::nullopt;
  }
  if (upgraded && (!any || view.confidence > 0.9)) {
    return by_run(failed(view.confidence,
                         "No revision changes the schema: the upgrade runs and does nothing",
                         revision_evidence(subject)),
                  view);
  }
  if (any) {
    return std::nullopt;
  }
  if (migration.revisions.empty()) {
    const std::string reason =
      migration.kind == MigrationKind::none
        ? "there is no Alembic environment and no revision"
        : fmt::format("{} holds no revision",
                      migration.directory.empty() ? "the Alembic environment"
                                                  : migration.directory);
    return failed(migration_confidence(subject), sentence(reason));
  }
  const auto opaque = std::ranges::find_if(migration.revisions, [](const Revision& revision) {
    return revision.upgrade_complete != Truth::yes;
  });
  if (opaque != migration.revisions.end()) {
    if (view.upgrade != nullptr && view.upgrade->ok == Truth::no) {
      return std::nullopt; // whatever it would have done: that it stops was seen
    }
    return undetermined(fmt::format("What upgrade() of {} does could not be read", opaque->path),
                        0.5,
                        revision_evidence(subject));
  }
  return failed(migration_confidence(subject),
                "No revision changes the schema: upgrade() is empty",
                revision_evidence(subject));
}

UpgradeReading read_upgrade(const Subject& subject)
{
  const MigrationFacts& migration = subject.facts.migration;
  UpgradeReading reading;
  for (const Revision& revision : migration.revisions) {
    const auto found = std::ranges::find_if(revision.problems, [&](const RevisionProblem& problem) {
      return counts_on(subject, problem);
    });
    if (found != revision.problems.end()) {
      reading.state = UpgradeReading::State::stops;
      reading.stops_in = &revision;
      reading.problem = &*found;
      reading.rolled_back = judged_on_postgresql(subject);
      reading.works_elsewhere = found->only_on_postgresql || found->only_on_sqlite;
      reading.trivial =
        found->id == "undefined_name" && found->detail.find("sqlmodel") != std::string::npos;
      reading.reason = fmt::format("the upgrade stops in {}: {}", revision.path, found->detail);
      return reading;
    }
  }
  if (migration.graph_ok == Truth::no) {
    reading.state = UpgradeReading::State::stops;
    reading.rolled_back = true;
    reading.reason = migration.graph_problems.empty() ? "the chain of revisions is broken"
                                                      : migration.graph_problems.front();
    return reading;
  }
  reading.state =
    all_understood(migration) ? UpgradeReading::State::clean : UpgradeReading::State::unknown;
  if (reading.state == UpgradeReading::State::unknown) {
    reading.reason = migration.gaps.empty() ? "not every statement of the revisions could be read"
                                            : migration.gaps.front();
  }
  return reading;
}

bool is_delivered(const Subject& subject, const UpgradeReading& reading, const std::string& table)
{
  if (reading.state != UpgradeReading::State::stops || reading.trivial) {
    return true;
  }
  if (reading.rolled_back || reading.stops_in == nullptr) {
    return false;
  }
  for (const Revision& revision : subject.facts.migration.revisions) {
    const bool last = &revision == reading.stops_in;
    for (const Operation& operation : revision.upgrade) {
      if (last && operation.where.line >= reading.problem->where.line) {
        return false;
      }
      if (creates(operation, table)) {
        return true;
      }
    }
    if (last) {
      return false;
    }
  }
  return false;
}

std::vector<Evidence> revision_evidence(const Subject& subject)
{
  constexpr std::size_t k_shown = 5;
  std::vector<Evidence> evidence;
  for (const Revision& revision : subject.facts.migration.revisions) {
    if (evidence.size() == k_shown) {
      break;
    }
    add_evidence(evidence, revision.where, "revision " + revision.id);
  }
  return evidence;
}

} // namespace assay::checks
