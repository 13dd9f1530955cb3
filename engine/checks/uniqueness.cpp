// SPDX-License-Identifier: MIT
#include "engine/checks/uniqueness.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

bool speaks_of(std::string_view name, const Subject& subject, const EntityView& view)
{
  std::vector<std::string> words = identifier_words(name);
  for (std::string& word : words) {
    word = singular(word);
  }
  const auto mentions = [&](const std::string& wanted) {
    return std::ranges::find(words, to_lower(wanted)) != words.end();
  };
  if (view.mapped != nullptr && mentions(short_name(view.mapped->name))) {
    return true;
  }
  const EntitySpec* spec = find_entity_spec(subject, view.role);
  return spec != nullptr && std::ranges::any_of(spec->names, [&](const auto& tier) {
           return std::ranges::any_of(tier, mentions);
         });
}

bool filters_by(const Callable& callable, const EntityView& view, const ColumnRef& column)
{
  return std::ranges::any_of(callable.statements, [&](const Statement& statement) {
    return std::ranges::any_of(statement.filters, [&](const Filter& filter) {
      const bool of_entity =
        std::ranges::find(view.classes, filter.class_name) != view.classes.end()
        || names_table(filter.class_name, *column.table);
      return of_entity && filter.operand != Operand::column
             && (filter.attribute == column.column->attribute
                 || filter.attribute == column.column->name);
    });
  });
}

} // namespace

UniqueIn unique_in(const Table& table,
                   std::string_view column,
                   const std::vector<std::string>& scope,
                   const UniqueFilter& accept)
{
  UniqueIn result = UniqueIn::none;
  for (const UniqueSet& set : unique_sets(table)) {
    if ((accept && !accept(set)) || std::ranges::find(set.columns, column) == set.columns.end()) {
      continue;
    }
    const bool alone = std::ranges::all_of(set.columns, [&](const std::string& name) {
      return name == column || has_any_words(name, scope);
    });
    if (alone) {
      return UniqueIn::alone;
    }
    if (set.kind != KeyKind::primary) {
      result = UniqueIn::wider_set;
    }
  }
  return result;
}

bool looked_up_before_writing(const Subject& subject,
                              const EntityView& view,
                              const ColumnRef& column)
{
  return std::ranges::any_of(subject.facts.queries.callables, [&](const Callable& callable) {
    const bool of_entity = speaks_of(callable.name, subject, view)
                           || std::ranges::find(view.classes, callable.owner) != view.classes.end();
    return callable.writes && callable.live != Truth::no && of_entity
           && filters_by(callable, view, column);
  });
}

std::vector<ColumnRef> unassigned_columns(const EntityView& view)
{
  std::vector<ColumnRef> result;
  if (view.entity == nullptr) {
    return result;
  }
  for (const ColumnRef& column : all_columns(view)) {
    const bool assigned = std::ranges::any_of(view.entity->columns, [&](const auto& role) {
      return std::ranges::any_of(role.second, [&](const std::string& name) {
        return name == column.column->name || name == column.column->attribute;
      });
    });
    const std::vector<std::string> key = primary_key_columns(*column.table);
    const bool is_key = std::ranges::find(key, column.column->name) != key.end();
    if (!assigned && !is_key && !in_foreign_key(*column.table, column.column->name)) {
      result.push_back(column);
    }
  }
  return result;
}

} // namespace assay::checks
