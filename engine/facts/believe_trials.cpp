// SPDX-License-Identifier: MIT
#include "engine/facts/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace assay::facts {

void believe_trials(Facts& facts)
{
  const Dialect dialect = facts.environment.dialect;
  const bool own_database = dialect == Dialect::sqlite || dialect == Dialect::unknown;
  const bool helped = std::ranges::any_of(
    facts.execution.schemas, [](const SchemaRun& schema) { return !schema.shims.empty(); });
  if (!own_database || helped || facts.schema.basis != Basis::observed) {
    return;
  }
  for (const Trial& trial : facts.execution.trials) {
    const auto table = std::ranges::find(facts.schema.tables, trial.table, &Table::name);
    if (trial.outcome != "accepted" || table == facts.schema.tables.end()) {
      continue;
    }
    std::string note;
    if (trial.what == "duplicate") {
      std::erase_if(table->keys, [&](const Key& key) {
        return key.kind != KeyKind::index && key.columns == trial.columns;
      });
      note = fmt::format(
        "{}: two rows with the same {} were stored", table->name, fmt::join(trial.columns, ", "));
    } else if (trial.what == "dangling") {
      std::erase_if(table->foreign_keys,
                    [&](const ForeignKey& key) { return key.columns == trial.columns; });
      note = fmt::format("{}.{}: a value that points nowhere was stored",
                         table->name,
                         fmt::join(trial.columns, ", "));
    }
    for (Column& column : table->columns) {
      if (trial.columns != std::vector{column.name}) {
        continue;
      }
      if (trial.what == "missing") {
        column.nullable = Truth::yes;
        note = fmt::format("{}.{}: a row without a value was stored", table->name, column.name);
      } else if (trial.what == "duplicate") {
        column.unique = Truth::no;
      }
    }
    facts.schema.disagreements.push_back({table->where, std::move(note)});
  }
}

} // namespace assay::facts
