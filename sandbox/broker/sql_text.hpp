// SPDX-License-Identifier: MIT
// What can be said of a statement by its words alone.
#pragma once

#include <string_view>

namespace assay::broker {

enum class StatementKind {
  select,
  insert,
  update,
  remove,
  ddl,
  transaction,
  pragma,
  explain,
  other
};

/// "select", "insert", "update", "delete", "ddl", "transaction", "pragma", "explain", "other".
std::string_view name_of(StatementKind kind);

/// What `sql` does, by its first keyword; behind WITH, by the keyword of the statement proper.
StatementKind kind_of(std::string_view sql);

/// Whether Python's sqlite3 opens a transaction before `sql`: it begins with INSERT, UPDATE, DELETE
/// or REPLACE.
bool opens_transaction(std::string_view sql);

/// `sql` without leading white space and comments, as Python's sqlite3 skips them.
std::string_view skip_blank(std::string_view sql);

} // namespace assay::broker
