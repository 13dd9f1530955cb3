// SPDX-License-Identifier: MIT
#include "engine/probe/seed_draft.hpp"

#include "engine/probe/seed_tables.hpp"

#include <algorithm>

namespace assay::probe {

namespace {

std::string target_column(const ForeignKey& key, std::size_t index, const Draft& parent)
{
  if (index < key.target_columns.size()) {
    return key.target_columns[index];
  }
  const auto primary = std::ranges::find_if(parent.table->columns, [&](const Column& column) {
    return in_primary_key(*parent.table, column.name);
  });
  return primary == parent.table->columns.end() ? std::string() : primary->name;
}

} // namespace

bool agrees(const Draft& child, const ForeignKey& key, const Draft& parent)
{
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto own = child.cells.find(key.columns[i]);
    const auto theirs = parent.cells.find(target_column(key, i, parent));
    if (own == child.cells.end() || theirs == parent.cells.end()
        || !(own->second == theirs->second)) {
      return false;
    }
  }
  return true;
}

void copy(Draft& child, const ForeignKey& key, const Draft& parent)
{
  for (std::size_t i = 0; i < key.columns.size(); ++i) {
    const auto cell = parent.cells.find(target_column(key, i, parent));
    if (cell != parent.cells.end()) {
      child.cells.insert_or_assign(key.columns[i], cell->second);
    }
  }
}

void fill_keys(Draft& draft, const RowSource& source)
{
  const auto of_foreign_key = [&](const std::string& name) {
    return std::ranges::any_of(draft.table->foreign_keys, [&](const ForeignKey& key) {
      return std::ranges::find(key.columns, name) != key.columns.end();
    });
  };
  for (const Column& column : draft.table->columns) {
    if (in_primary_key(*draft.table, column.name) && !of_foreign_key(column.name)) {
      draft.cells.emplace(column.name, seed_key(column, source));
    }
  }
}

} // namespace assay::probe
