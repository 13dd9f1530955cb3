// SPDX-License-Identifier: MIT
// Constraints and indexes, wherever they are written: __table_args__, Table(), a statement of their
// own.
#pragma once

#include "engine/facts/schema/column.hpp"
#include "engine/facts/schema/vocabulary.hpp"
#include "engine/model/schema_facts.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace assay::facts {

/// "cascade" -> "CASCADE", "set null" -> "SET NULL".
std::string referential_action(std::string_view text);

/// ForeignKey(...): the target is left as a value until all tables are known.
ForeignKeyReading read_foreign_key(Program& program, const Value& call);

Check read_check(Program& program, const Value& call);

/// A column that a constraint mentions: what the table calls it, given a string or a value.
using ColumnNameOf = std::function<std::string(const Value&)>;

/// What one item of __table_args__ or of Table() adds to a table.
struct TableArgument {
  std::vector<Key> keys;                       ///< at most one
  std::vector<ForeignKeyReading> foreign_keys; ///< at most one
  std::vector<ValueRef> foreign_targets;       ///< of a ForeignKeyConstraint, one for each column
  std::vector<Check> checks;
  bool understood = false;
};

TableArgument
read_table_argument(Program& program, const Value& item, const ColumnNameOf& column_of);

} // namespace assay::facts
