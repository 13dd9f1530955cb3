// SPDX-License-Identifier: MIT
#include "engine/facts/migration/schema_state.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

enum class TypeGroup { other, whole_number, text, uuid };

TypeGroup group_of(TypeFamily family)
{
  if (family == TypeFamily::integer || family == TypeFamily::big_integer
      || family == TypeFamily::small_integer) {
    return TypeGroup::whole_number;
  }
  if (family == TypeFamily::string || family == TypeFamily::text) {
    return TypeGroup::text;
  }
  return family == TypeFamily::uuid ? TypeGroup::uuid : TypeGroup::other;
}

/// PostgreSQL refuses a foreign key between these.
bool types_clash(TypeFamily a, TypeFamily b)
{
  return group_of(a) != TypeGroup::other && group_of(b) != TypeGroup::other
         && group_of(a) != group_of(b);
}

/// The name PostgreSQL or SQLAlchemy gives when none is written.
bool is_default_name(const Table& table,
                     const std::vector<std::string>& columns,
                     std::string_view name)
{
  const std::string joined = join(columns, "_");
  const std::string plain = table_key(table.name);
  for (const std::string_view suffix : {"_fkey", "_key", "_idx"}) {
    if (name == plain + "_" + joined + std::string(suffix)) {
      return true;
    }
  }
  return name == "ix_" + plain + "_" + joined;
}

bool names_all(std::string_view name, const std::vector<std::string>& columns)
{
  return std::ranges::all_of(columns, [&](const std::string& column) {
    return name.find(column) != std::string_view::npos;
  });
}

} // namespace

Column* column_of(Table& table, std::string_view name)
{
  const std::string key = to_lower(name);
  const auto found = std::ranges::find_if(
    table.columns, [&](const Column& column) { return to_lower(column.name) == key; });
  return found == table.columns.end() ? nullptr : &*found;
}

std::string table_key(std::string_view name)
{
  constexpr std::string_view k_public = "public.";
  return to_lower(name.starts_with(k_public) ? name.substr(k_public.size()) : name);
}

Table* SchemaState::find(std::string_view name)
{
  const std::string plain = table_key(name);
  const auto found = std::ranges::find_if(
    tables_, [&](const Table& table) { return table_key(table.name) == plain; });
  return found == tables_.end() ? nullptr : &*found;
}

void SchemaState::report(const Target& target, RevisionProblem problem) const
{
  if (!certain_ || target.step.operation.conditional || target.step.tolerant) {
    return;
  }
  problem.in_downgrade = target.direction == Direction::downgrade;
  problem.where = target.step.operation.where;
  target.problems.push_back(std::move(problem));
}

Table* SchemaState::require(const Target& target)
{
  Table* table = find(target.step.operation.table);
  if (table == nullptr && target.step.understood) {
    RevisionProblem problem;
    problem.id = "missing_table";
    problem.detail = target.step.operation.table + " does not exist at this point";
    report(target, std::move(problem));
  }
  return table;
}

void SchemaState::needs_batch(const Target& target, const std::string& what)
{
  if (target.step.operation.batch) {
    return;
  }
  RevisionProblem problem;
  problem.id = "outside_batch";
  problem.detail = what + " on " + target.step.operation.table + " is outside of a batch block";
  problem.only_on_sqlite = true;
  report(target, std::move(problem));
}

void SchemaState::check_foreign_key(const Target& target, const Table& table, const ForeignKey& key)
{
  if (key.target_known == Truth::unknown || key.target_table.empty()
      || table_key(key.target_table) == table_key(table.name)) {
    return;
  }
  RevisionProblem problem;
  problem.only_on_postgresql = true;
  Table* referred = find(key.target_table);
  if (referred == nullptr) {
    problem.id = "create_order";
    problem.detail =
      table.name + " refers to " + key.target_table + ", which does not exist at this point";
    report(target, std::move(problem));
    return;
  }
  for (std::size_t i = 0; i < key.columns.size() && i < key.target_columns.size(); ++i) {
    const auto own = std::ranges::find(table.columns, key.columns[i], &Column::name);
    const Column* other = column_of(*referred, key.target_columns[i]);
    if (own != table.columns.end() && other != nullptr && types_clash(own->family, other->family)) {
      problem.id = "fk_type";
      problem.detail = table.name + "." + own->name + " (" + own->type_text + ") refers to "
                       + referred->name + "." + other->name + " (" + other->type_text + ")";
      report(target, std::move(problem));
      return;
    }
  }
}

void SchemaState::create_table(const Target& target)
{
  for (const Table& table : target.step.tables) {
    if (table.name.empty()) {
      continue;
    }
    if (const Table* existing = find(table.name)) {
      ambiguous_ =
        ambiguous_ || (target.step.operation.conditional && existing->columns != table.columns);
      RevisionProblem problem;
      problem.id = "duplicate_table";
      problem.detail = table.name + " exists already at this point";
      report(target, std::move(problem));
      continue;
    }
    tables_.push_back(table);
    for (const ForeignKey& key : table.foreign_keys) {
      check_foreign_key(target, table, key);
    }
  }
  types_.insert(target.step.types.begin(), target.step.types.end());
}

void SchemaState::create_all(const Target& target)
{
  for (const Table& table : target.step.tables) {
    if (find(table.name) == nullptr) {
      tables_.push_back(table);
    }
  }
}

void SchemaState::drop_table(const Target& target)
{
  const std::string plain = table_key(target.step.operation.table);
  Table* table = require(target);
  if (table == nullptr) {
    return;
  }
  for (const Table& other : tables_) {
    const bool refers = table_key(other.name) != plain && !loose_.contains(other.name)
                        && std::ranges::any_of(other.foreign_keys, [&](const ForeignKey& key) {
                             return table_key(key.target_table) == plain;
                           });
    if (refers && !target.step.cascade) {
      RevisionProblem problem;
      problem.id = "drop_order";
      problem.detail =
        target.step.operation.table + " is dropped while " + other.name + " still refers to it";
      problem.only_on_postgresql = true;
      report(target, std::move(problem));
    }
  }
  std::erase_if(tables_, [&](const Table& entry) { return table_key(entry.name) == plain; });
}

void SchemaState::rename_table(const Target& target)
{
  Table* table = require(target);
  if (table == nullptr || target.step.operation.name.empty()) {
    return;
  }
  const std::string old_name = table->name;
  table->name = target.step.operation.name;
  for (Table& other : tables_) {
    for (ForeignKey& key : other.foreign_keys) {
      if (key.target_table == old_name) {
        key.target_table = target.step.operation.name;
      }
    }
  }
}

void SchemaState::add_keys(const Target& target)
{
  Table* table = require(target);
  const Operation& operation = target.step.operation;
  const bool constraint = operation.kind != OperationKind::create_index;
  if (constraint && !operation.batch) {
    needs_batch(target, "adding a constraint");
  } else if (constraint && operation.name.empty() && !convention_ && !target.step.names_convention
             && !target.step.raw_sql && operation.kind != OperationKind::create_primary_key) {
    RevisionProblem problem;
    problem.id = "unnamed_constraint";
    problem.detail = "batch mode needs a name for the new constraint on " + operation.table;
    problem.only_on_sqlite = true;
    report(target, std::move(problem));
  }
  if (table == nullptr) {
    return;
  }
  for (const ForeignKey& key : target.step.foreign_keys) {
    check_foreign_key(target, *table, key);
    table->foreign_keys.push_back(key);
  }
  for (const Key& key : target.step.keys) {
    std::vector<Key>& keys = table->keys;
    if (key.kind == KeyKind::primary) {
      std::erase_if(keys, [](const Key& entry) { return entry.kind == KeyKind::primary; });
    }
    keys.push_back(key);
    if (key.functional) {
      std::erase_if(keys.back().columns,
                    [&](const std::string& name) { return column_of(*table, name) == nullptr; });
    }
  }
  table->checks.insert(table->checks.end(), target.step.checks.begin(), target.step.checks.end());
}

void SchemaState::drop_index(const Target& target)
{
  const std::string& name = target.step.operation.name;
  for (Table& table : tables_) {
    const auto matches = [&](const Key& key) {
      return key.name == name || (key.name.empty() && is_default_name(table, key.columns, name));
    };
    if (std::erase_if(table.keys, matches) > 0) {
      return;
    }
  }
  loose_.insert(target.step.operation.table);
}

bool SchemaState::forget_constraint(Table& table, const Step& step)
{
  const std::string& name = step.operation.name;
  const bool any_type = step.constraint_type.empty();
  const auto named = [&](const auto& entry) { return !name.empty() && entry.name == name; };
  const bool by_name = std::erase_if(table.foreign_keys, named) > 0
                       || std::erase_if(table.keys, named) > 0
                       || std::erase_if(table.checks, named) > 0;
  if (by_name || step.constraint_type == "check") {
    return by_name;
  }
  const auto guessed = [&](const auto& entry) {
    return entry.name.empty()
           && (is_default_name(table, entry.columns, name) || names_all(name, entry.columns));
  };
  const bool primary = step.constraint_type == "primary" || name == table_key(table.name) + "_pkey";
  if (primary) {
    return std::erase_if(table.keys, [](const Key& key) { return key.kind == KeyKind::primary; })
           > 0;
  }
  const bool foreign = (any_type || step.constraint_type == "foreignkey")
                       && std::erase_if(table.foreign_keys, guessed) > 0;
  return foreign
         || ((any_type || step.constraint_type == "unique")
             && std::erase_if(table.keys, [&](const Key& key) {
                  return key.kind == KeyKind::unique_constraint && guessed(key);
                }) > 0);
}

void SchemaState::drop_constraint(const Target& target)
{
  Table* table = require(target);
  const Operation& operation = target.step.operation;
  if (operation.name.empty() && target.step.understood && !target.step.raw_sql) {
    RevisionProblem problem;
    problem.id = "unnamed_constraint";
    problem.detail = "a constraint without a name cannot be dropped from " + operation.table;
    report(target, std::move(problem));
  } else {
    needs_batch(target, "dropping a constraint");
  }
  if (table != nullptr && !forget_constraint(*table, target.step)) {
    loose_.insert(table->name);
  }
}

void SchemaState::apply(const Step& step,
                        Direction direction,
                        std::vector<RevisionProblem>& problems)
{
  const Target target{step, direction, problems};
  switch (step.operation.kind) {
  case OperationKind::create_table:
    create_table(target);
    break;
  case OperationKind::create_all:
    create_all(target);
    break;
  case OperationKind::drop_table:
    drop_table(target);
    break;
  case OperationKind::drop_all:
    for (const Table& table : step.tables) {
      std::erase_if(tables_, [&](const Table& entry) { return entry.name == table.name; });
    }
    break;
  case OperationKind::rename_table:
    rename_table(target);
    break;
  case OperationKind::add_column:
    add_column(target);
    break;
  case OperationKind::drop_column:
    drop_column(target);
    break;
  case OperationKind::alter_column:
    alter_column(target);
    break;
  case OperationKind::create_index:
  case OperationKind::create_unique:
  case OperationKind::create_foreign_key:
  case OperationKind::create_primary_key:
  case OperationKind::create_check:
    add_keys(target);
    break;
  case OperationKind::drop_index:
    drop_index(target);
    break;
  case OperationKind::drop_constraint:
    drop_constraint(target);
    break;
  case OperationKind::create_type:
    types_.insert(step.types.begin(), step.types.end());
    break;
  case OperationKind::drop_type:
    for (const std::string& type : step.types) {
      types_.erase(type);
    }
    break;
  case OperationKind::execute_ddl:
  case OperationKind::execute_dml:
  case OperationKind::bulk_insert:
  case OperationKind::other:
    break;
  }
  certain_ = certain_ && step.understood;
}

} // namespace assay::facts
