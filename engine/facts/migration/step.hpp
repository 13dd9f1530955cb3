// SPDX-License-Identifier: MIT
// One thing a revision does to the schema: the Operation that is reported plus what replaying it
// needs.
#pragma once

#include "engine/facts/value.hpp"
#include "engine/model/migration_facts.hpp"

#include <string>
#include <vector>

namespace assay::facts {

struct Step {
  Operation operation;
  std::vector<Table> tables;            ///< create_table: one; create_all: those of the metadata
  std::vector<ForeignKey> foreign_keys; ///< of add_column, create_foreign_key
  std::vector<Key> keys; ///< of add_column, create_index, create_unique, create_primary_key
  std::vector<Check> checks;
  std::vector<std::string> types; ///< PostgreSQL enum types it creates or drops
  std::string new_name;           ///< of a renamed column
  bool redefines = false;         ///< alter_column: more than a new name
  bool names_convention = false;  ///< a batch block with its own naming convention
  std::string
    constraint_type;     ///< drop_constraint: "foreignkey", "unique", "primary", "check" or ""
  bool tolerant = false; ///< IF EXISTS, IF NOT EXISTS, checkfirst
  bool cascade = false;
  bool understood = true; ///< no: which table, or what of it, could not be read
  bool raw_sql = false;
};

/// What one upgrade() or downgrade() does, in order.
struct StepList {
  std::vector<Step> steps;
  bool complete = true; ///< every statement that could touch the schema was understood
  bool raises = false;  ///< unconditionally
  std::string raised;   ///< what it raises, as written
  Location raised_where;
  bool defined = false; ///< the function exists
  bool trivial = true;  ///< pass, docstring, ..., or only calls that touch no schema
  std::vector<std::pair<std::string, Location>> undefined_names;
  std::vector<std::string> gaps;
  Location foreign_call; ///< the last call of a package that is not known; nowhere if none
};

} // namespace assay::facts
