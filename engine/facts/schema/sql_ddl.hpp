// SPDX-License-Identifier: MIT
// SQL text read loosely: what its statements do to a schema. In: any text, in the dialects of
// PostgreSQL, SQLite and MySQL. Out: one SqlEffect for each statement. Refuses nothing: what is not
// understood is `other`.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

enum class SqlKind {
  create_table,
  drop_table,
  rename_table,    ///< name: the new name
  add_column,      ///< columns, with the keys and foreign keys written on them
  drop_column,     ///< column_names
  alter_column,    ///< column_names; columns[0] carries the new type or nullability as far as given
  rename_column,   ///< column_names[0], name: the new name
  add_constraint,  ///< exactly one of foreign_keys, keys, checks
  drop_constraint, ///< name ("PRIMARY KEY" for MySQL's nameless form)
  create_index,    ///< keys[0]
  drop_index,      ///< name; table is empty except in MySQL's form
  create_type,     ///< name, labels of an enum
  drop_type,
  create_extension,
  create_other, ///< view, function, trigger, sequence, schema, domain: name
  drop_other,
  dml,         ///< INSERT, UPDATE, DELETE, MERGE, COPY, TRUNCATE
  query,       ///< SELECT, WITH ... SELECT, SHOW
  transaction, ///< BEGIN, COMMIT, SET, PRAGMA
  other,
};

/// What one statement does. An ALTER TABLE with several clauses gives one effect for each.
struct SqlEffect {
  SqlKind kind = SqlKind::other;
  std::string table; ///< as Table::name: unquoted, with its schema ("blog.users")
  std::string name;
  std::vector<std::string> column_names;
  std::vector<Column>
    columns; ///< type_text upper case; serial types are `generated`; where.line counts in the text
  std::vector<ForeignKey> foreign_keys;
  std::vector<Key> keys; ///< those of single columns included
  std::vector<Check> checks;
  std::vector<std::string> labels; ///< of an enum type
  bool if_exists = false;          ///< IF EXISTS or IF NOT EXISTS
  bool cascade = false;            ///< DROP ... CASCADE
  Truth complete =
    Truth::yes;    ///< no: parts of it were not understood (CREATE TABLE AS, LIKE, PARTITION OF)
  std::string sql; ///< the statement, at most 2,000 characters
  int line = 1;    ///< 1-based line of `sql` in the text
};

/// The statements of `sql`, in order. Comments are skipped; psql meta commands too.
///
/// Limits: reads the first 1 MiB and at most 2,000 statements; the rest is ignored.
std::vector<SqlEffect> parse_sql_ddl(std::string_view sql);

/// The table of a create_table effect.
Table to_table(const SqlEffect& effect);

/// The family of a SQL type: "VARCHAR(50)" -> string with length 50.
TypeFamily sql_type_family(std::string_view type, std::optional<int>& length);

} // namespace assay::facts
