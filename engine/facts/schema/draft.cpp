// SPDX-License-Identifier: MIT
#include "engine/facts/schema/draft.hpp"

#include <algorithm>

namespace assay::facts {

void add_column(TableDraft& table, ColumnReading reading, ValueRef value, const ClassInfo* scope)
{
  const std::string& name = reading.column.name;
  if (value != nullptr) {
    table.by_value.emplace(&settled(*value), name);
  }
  table.by_key.emplace(reading.key.empty() ? name : reading.key, name);
  if (!reading.column.attribute.empty()) {
    table.by_key.emplace(reading.column.attribute, name);
  }
  for (ForeignKeyReading& key : reading.foreign_keys) {
    key.key.columns = {name};
    if (key.key.where.path.empty() || key.key.where.line == 0) {
      key.key.where = reading.column.where;
    }
    table.table.foreign_keys.push_back(std::move(key.key));
    table.foreign_targets.push_back({key.target});
    table.foreign_scopes.push_back(scope);
  }
  std::ranges::move(reading.checks, std::back_inserter(table.table.checks));
  table.table.columns.push_back(std::move(reading.column));
}

bool add_table_argument(Draft& draft, TableDraft& table, const Value& item, const ClassInfo* scope)
{
  const auto column_of = [&](const Value& value) { return column_name(draft, table, value); };
  TableArgument argument = read_table_argument(draft.program, item, column_of);
  for (Key& key : argument.keys) {
    if (key.kind == KeyKind::primary) {
      for (const std::string& column : key.columns) {
        const auto found = std::ranges::find(table.table.columns, column, &Column::name);
        if (found != table.table.columns.end()) {
          found->primary_key = Truth::yes;
          found->nullable = Truth::no;
        }
      }
    }
    table.table.keys.push_back(std::move(key));
  }
  for (ForeignKeyReading& key : argument.foreign_keys) {
    table.table.foreign_keys.push_back(std::move(key.key));
    table.foreign_targets.push_back(argument.foreign_targets);
    table.foreign_scopes.push_back(scope);
  }
  std::ranges::move(argument.checks, std::back_inserter(table.table.checks));
  return argument.understood;
}

void finish_keys(Table& table)
{
  std::vector<Key> keys;
  Key primary;
  primary.kind = KeyKind::primary;
  for (const Column& column : table.columns) {
    if (column.primary_key == Truth::yes) {
      primary.columns.push_back(column.name);
      primary.where = primary.columns.size() == 1 ? column.where : primary.where;
    }
  }
  const bool stated =
    std::ranges::any_of(table.keys, [](const Key& key) { return key.kind == KeyKind::primary; });
  if (!stated && !primary.columns.empty()) {
    keys.push_back(std::move(primary));
  }
  for (const Column& column : table.columns) {
    if (column.unique != Truth::yes && column.indexed != Truth::yes) {
      continue;
    }
    Key key;
    key.columns = {column.name};
    key.where = column.where;
    key.kind = column.unique != Truth::yes    ? KeyKind::index
               : column.indexed == Truth::yes ? KeyKind::unique_index
                                              : KeyKind::unique_constraint;
    keys.push_back(std::move(key));
  }
  std::ranges::move(table.keys, std::back_inserter(keys));
  table.keys = std::move(keys);
}

std::string column_name(Draft& draft, const TableDraft& table, const Value& value)
{
  const Value& plain = settled(value);
  if (const auto found = table.by_value.find(&plain); found != table.by_value.end()) {
    return found->second;
  }
  std::string key;
  if (plain.kind == ValueKind::attribute) {
    key = plain.text; // User.email, users.c.email, cls.email
  } else if (plain.kind == ValueKind::subscript && plain.items.size() == 1) {
    key =
      known_string(draft.program, *plain.items.front()).value_or(std::string()); // users.c["email"]
  } else if (const auto text = known_string(draft.program, plain)) {
    key = *text;
  } else if (const ValueRef call = column_call(draft.program, plain)) {
    if (const auto found = table.by_value.find(call); found != table.by_value.end()) {
      return found->second;
    }
    for (const auto& [known, name] : table.by_value) {
      if (known->origin == call->origin && call->origin != nullptr) {
        return name;
      }
    }
    return {};
  }
  const auto found = table.by_key.find(key);
  return found != table.by_key.end() ? found->second : key;
}

std::string qualified_table(std::string_view schema, std::string_view name)
{
  return schema.empty() ? std::string(name) : std::string(schema) + "." + std::string(name);
}

} // namespace assay::facts
