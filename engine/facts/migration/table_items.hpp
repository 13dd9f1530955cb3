// SPDX-License-Identifier: MIT
// The arguments of create_table and add_column: columns, constraints and the PostgreSQL enum types
// they bring along.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/schema_facts.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::facts {

struct TableItems {
  std::vector<Column> columns;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Key> keys; ///< those of single columns included
  std::vector<Check> checks;
  std::vector<std::string> enum_types; ///< types PostgreSQL creates with the table
  bool complete = true;
};

/// Reads Column, ForeignKeyConstraint, UniqueConstraint, PrimaryKeyConstraint, CheckConstraint and
/// Index arguments.
TableItems read_table_items(Program& program, std::span<const ValueRef> arguments);

/// A table name together with the `schema` keyword of its call, as in SchemaFacts.
std::string table_with_schema(Program& program, const std::string& name, const Value& call);

/// The name of the PostgreSQL type an Enum or ENUM call stands for; empty if it is not known.
std::string enum_type_name(Program& program, const Value& type);

/// True if PostgreSQL creates the type of an Enum or ENUM call together with a table that uses it.
bool is_created_with_table(Program& program, const Value& type);

/// Column names that an index or unique element mentions; `functional` becomes true for
/// expressions.
std::vector<std::string> indexed_columns(Program& program, const Value& element, bool& functional);

} // namespace assay::facts
