// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_safe_operations {

namespace {

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{}", "pass"},
  {"No migration at all", k_not_migrated, "{}", "fail"},
  {"Work that is hidden in a helper package", k_opaque_migration, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration};

/// A column that cannot be filled for rows that are there already.
const Operation* required_column(const Revision& revision, const std::vector<std::string>& made)
{
  for (const Operation& operation : revision.upgrade) {
    if (operation.kind != OperationKind::add_column
        || std::ranges::find(made, operation.table) != made.end()) {
      continue;
    }
    const bool blocks = std::ranges::any_of(operation.column_defs, [](const Column& column) {
      return column.nullable == Truth::no && column.server_default_kind == DefaultKind::none
             && column.generated != Truth::yes;
    });
    if (blocks) {
      return &operation;
    }
  }
  return nullptr;
}

/// A column dropped while one of the same type is added: a rename that loses the data.
const Operation* lossy_rename(const Revision& revision)
{
  const auto added = [&](const std::string& table) {
    return std::ranges::any_of(revision.upgrade, [&](const Operation& operation) {
      return operation.kind == OperationKind::add_column && operation.table == table;
    });
  };
  const bool copies = std::ranges::any_of(revision.upgrade, [](const Operation& operation) {
    return operation.kind == OperationKind::execute_dml;
  });
  const auto found = std::ranges::find_if(revision.upgrade, [&](const Operation& operation) {
    return operation.kind == OperationKind::drop_column && !copies && added(operation.table);
  });
  return found == revision.upgrade.end() ? nullptr : &*found;
}

Finding evaluate(const Subject& subject, const Params&)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const MigrationRunView view = view_migration_run(subject);
  if (view.run != nullptr && !view.run->harms_rows.empty()) {
    const Evidence& first = view.run->harms_rows.front();
    return by_run(
      failed(view.confidence,
             fmt::format("With rows in the tables, {} does harm: {}", first.where.path, first.note),
             view.run->harms_rows),
      view);
  }
  if (view.run != nullptr && view.run->rows_kept && ran_on_judged(subject)) {
    return by_run(passed(view.confidence,
                         "Every revision applies with rows in the tables, and none are lost",
                         revision_evidence(subject)),
                  view);
  }
  const double confidence = migration_confidence(subject);
  for (const Revision& revision : subject.facts.migration.revisions) {
    std::vector<std::string> made;
    for (const Operation& operation : revision.upgrade) {
      if (operation.kind == OperationKind::create_table) {
        made.push_back(operation.table);
      }
    }
    if (const Operation* operation = required_column(revision, made)) {
      return failed(
        confidence,
        fmt::format(
          "{} adds a NOT NULL column to {} without a server default: it fails when rows exist",
          revision.path,
          operation->table),
        {{operation->where, ""}});
    }
    if (const Operation* operation = lossy_rename(revision)) {
      return failed(confidence,
                    fmt::format("{} drops a column of {} and adds another: the data is lost",
                                revision.path,
                                operation->table),
                    {{operation->where, ""}});
    }
  }
  return passed(
    confidence, "No operation endangers rows that are there already", revision_evidence(subject));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.safe_operations",
  .since = "0.1",
  .summary = "Later revisions neither fail nor lose data on a table with rows.",
  .why =
    "The revisions are also run one by one with rows in the tables that are there by then. A NOT "
    "NULL column needs a server default or a step that fills it; a rename must not be a "
    "drop and an add: rows and values that were there before a revision and nowhere after it are "
    "lost. Where that could not be seen, the operations are read.",
  .blind_spots = "Whether values that a data step changes are still right.",
  .params = {},
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_safe_operations
