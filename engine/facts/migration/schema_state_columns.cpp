// SPDX-License-Identifier: MIT
// Columns added, dropped and changed.
#include "engine/facts/migration/schema_state.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

bool mentions(const std::vector<std::string>& columns, std::string_view column)
{
  return std::ranges::find(columns, column) != columns.end();
}

void replace_name(std::vector<std::string>& names,
                  const std::string& old_name,
                  const std::string& new_name)
{
  std::ranges::replace(names, old_name, new_name);
}

} // namespace

void SchemaState::add_column(const Target& target)
{
  Table* table = require(target);
  if (table == nullptr) {
    return;
  }
  for (const Column& column : target.step.operation.column_defs) {
    if (column_of(*table, column.name) != nullptr) {
      ambiguous_ = ambiguous_ || target.step.operation.conditional;
      RevisionProblem problem;
      problem.id = "duplicate_column";
      problem.detail = table->name + " has a column " + column.name + " already";
      if (table->complete == Truth::yes) {
        report(target, std::move(problem));
      }
      continue;
    }
    table->columns.push_back(column);
  }
  const bool unique = std::ranges::any_of(
    target.step.keys, [](const Key& key) { return key.kind == KeyKind::unique_constraint; });
  if (!target.step.raw_sql && (unique || !target.step.foreign_keys.empty())) {
    needs_batch(target, "a column with a constraint");
  }
  for (const ForeignKey& key : target.step.foreign_keys) {
    check_foreign_key(target, *table, key);
  }
  table->keys.insert(table->keys.end(), target.step.keys.begin(), target.step.keys.end());
  table->foreign_keys.insert(
    table->foreign_keys.end(), target.step.foreign_keys.begin(), target.step.foreign_keys.end());
  table->checks.insert(table->checks.end(), target.step.checks.begin(), target.step.checks.end());
}

void SchemaState::drop_column(const Target& target)
{
  Table* table = require(target);
  if (table == nullptr) {
    return;
  }
  for (const std::string& name : target.step.operation.columns) {
    if (column_of(*table, name) == nullptr) {
      RevisionProblem problem;
      problem.id = "missing_column";
      problem.detail = table->name + " has no column " + name + " at this point";
      if (table->complete == Truth::yes) {
        report(target, std::move(problem));
      }
      continue;
    }
    const auto in_key = [&](const auto& key) { return mentions(key.columns, name); };
    if (!loose_.contains(table->name)
        && (std::ranges::any_of(table->keys, in_key)
            || std::ranges::any_of(table->foreign_keys, in_key))) {
      needs_batch(target, "dropping the constrained column " + name);
    }
    std::erase_if(table->columns, [&](const Column& column) { return column.name == name; });
    std::erase_if(table->keys, in_key);
    std::erase_if(table->foreign_keys, in_key);
  }
}

void SchemaState::alter_column(const Target& target)
{
  Table* table = require(target);
  if (table == nullptr || target.step.operation.columns.empty()
      || target.step.operation.column_defs.empty()) {
    return;
  }
  if (target.step.redefines) {
    needs_batch(target, "changing the column " + target.step.operation.columns.front());
  }
  const std::string& name = target.step.operation.columns.front();
  Column* column = column_of(*table, name);
  if (column == nullptr) {
    RevisionProblem problem;
    problem.id = "missing_column";
    problem.detail = table->name + " has no column " + name + " at this point";
    if (table->complete == Truth::yes) {
      report(target, std::move(problem));
    }
    return;
  }
  const Column& change = target.step.operation.column_defs.front();
  if (change.nullable != Truth::unknown) {
    column->nullable = change.nullable;
  }
  if (!change.type_text.empty()) {
    column->family = change.family;
    column->type_text = change.type_text;
    column->length = change.length;
    column->enum_labels = change.enum_labels;
  }
  if (target.step.operation.server_default_given) {
    column->server_default_kind = DefaultKind::server;
  }
  if (target.step.new_name.empty()) {
    return;
  }
  column->name = target.step.new_name;
  for (Key& key : table->keys) {
    replace_name(key.columns, name, target.step.new_name);
  }
  for (ForeignKey& key : table->foreign_keys) {
    replace_name(key.columns, name, target.step.new_name);
  }
  for (Table& other : tables_) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.target_table == table->name) {
        replace_name(key.target_columns, name, target.step.new_name);
      }
    }
  }
}

} // namespace assay::facts
