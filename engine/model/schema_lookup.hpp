// SPDX-License-Identifier: MIT
// Look-ups in a table as it was read or observed. Pointers live as long as the table.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <algorithm>
#include <string_view>

namespace assay {

/// By database name, else by attribute; nullptr when there is none.
inline const Column* find_column(const Table& table, std::string_view name)
{
  const auto by_name = std::ranges::find(table.columns, name, &Column::name);
  if (by_name != table.columns.end()) {
    return &*by_name;
  }
  const auto by_attribute = std::ranges::find(table.columns, name, &Column::attribute);
  return name.empty() || by_attribute == table.columns.end() ? nullptr : &*by_attribute;
}

/// Whether the column of this database name belongs to a foreign key of the table.
inline bool in_foreign_key(const Table& table, std::string_view column)
{
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column) != key.columns.end();
  });
}

} // namespace assay
