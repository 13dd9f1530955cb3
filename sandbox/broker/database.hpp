// SPDX-License-Identifier: MIT
// Handles of SQLite and the rules a connection lives by. Only the sources of broker/ see
// <sqlite3.h>.
#pragma once

#include "sandbox/broker/limits.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace assay::broker {

struct CloseDatabase {
  void operator()(sqlite3* database) const;
};

struct FinalizeStatement {
  void operator()(sqlite3_stmt* statement) const;
};

using DatabaseHandle = std::unique_ptr<sqlite3, CloseDatabase>;
using StatementHandle = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

enum class Access { read_only, read_write, create };

/// What SQLite answered: an extended result code and its text.
struct SqlError {
  int code = 0;
  std::string text;
};

/// What `database` says of its last failure, as valid UTF-8.
SqlError last_error(sqlite3* database);

/// `text` with what is not UTF-8 replaced.
std::string valid_text(std::string_view text);

/// Prepares this process's SQLite: one thread, bounded heap. Before any connection is opened.
void configure_sqlite(const Limits& limits);

/// Sets how much memory SQLite may take, in all its connections.
void bound_heap(const Limits& limits);

/// Opens the memory file `name` (":memory:" and "" are private databases) as a candidate may use
/// it: no extensions, defensive, schema not trusted, limits lowered. The caller installs the
/// authorizer.
std::optional<SqlError>
open_database(const std::string& name, Access access, const Limits& limits, DatabaseHandle& out);

/// What may not be done, whoever asks: other files, extensions, the schema table, pragmas that
/// reach out of the run. The arguments and result of a SQLite authorizer.
int authorize(int action, const char* first, const char* second);

} // namespace assay::broker
