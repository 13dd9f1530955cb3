// SPDX-License-Identifier: MIT
// What a statement of PostgreSQL's does, in the words that the log has for SQLite.
#pragma once

#include "sandbox/broker/sql_text.hpp"

#include <cstdint>
#include <string_view>

namespace assay::broker::postgres {

/// As kind_of(). What only asks the server about itself (SHOW, a SELECT from its catalogues alone:
/// drivers do) is a pragma.
StatementKind kind_of_statement(std::string_view sql);

/// What was done, by the server's word for it: "INSERT 0 5".
StatementKind kind_of_tag(std::string_view tag);

/// Rows that were changed: 5 for "INSERT 0 5"; 0 where the word is of no change.
std::int64_t rows_in_tag(std::string_view tag);

/// The nearest of SQLite's extended result codes, for those who read logs of both: 2067 for a
/// unique violation, 1 where there is none.
int sqlite_code_of(std::string_view sqlstate);

} // namespace assay::broker::postgres
