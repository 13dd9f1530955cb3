// SPDX-License-Identifier: MIT
#include "engine/checks/relation_columns.hpp"

#include "engine/base/text.hpp"
#include "engine/model/type_family.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

/// A column that may hold a key, as opposed to one that holds a name.
bool could_hold_key(const Column& column)
{
  const std::vector<std::string> words = identifier_words(column.name);
  const bool named_id = !words.empty() && words.back() == "id";
  return is_integer(column.family) || column.family == TypeFamily::uuid || named_id;
}

} // namespace

std::vector<ColumnRef> named_columns(const EntityView& from, const RelationSpec& relation)
{
  std::vector<ColumnRef> found;
  for (const ColumnRef& column : all_columns(from)) {
    if (column.column->primary_key != Truth::yes
        && has_any_words(column.column->name, relation.names)
        && !in_foreign_key(*column.table, column.column->name)) {
      found.push_back(column);
    }
  }
  return found;
}

std::vector<RelationColumns> relation_columns(const Subject& subject, const RelationSpec& relation)
{
  std::vector<RelationColumns> found;
  for (const ForeignKeyRef& reference : relation_foreign_keys(subject, relation)) {
    found.push_back({reference.table, reference.key->columns, reference.key});
  }
  if (!found.empty()) {
    return found;
  }
  for (const ColumnRef& column : named_columns(view_entity(subject, relation.from), relation)) {
    if (could_hold_key(*column.column)) {
      found.push_back({column.table, {column.column->name}, nullptr});
    }
  }
  return found;
}

Truth all_not_null(const RelationColumns& columns)
{
  Truth result = Truth::yes;
  for (const std::string& name : columns.columns) {
    const Column* column = find_column(*columns.table, name);
    const Truth nullable =
      column == nullptr ? Truth::unknown : is_nullable(ColumnRef{columns.table, column});
    result =
      both(result, nullable == Truth::unknown ? Truth::unknown : truth(nullable == Truth::no));
  }
  return result;
}

} // namespace assay::checks
