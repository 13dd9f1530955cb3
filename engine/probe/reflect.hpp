// SPDX-License-Identifier: MIT
// Reads the schema of a database that a candidate filled: from the broker's side, so that the
// process which filled it has no say. Names and texts are the candidate's.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "sandbox/broker/client.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// Tables of a SQLite database by name, without those of SQLite and of Alembic (whatever it calls
/// them: one column `version_num`). Types are as declared; places are empty.
Expected<std::vector<Table>> reflect_sqlite(broker::Client& client, const std::string& database);

/// Gives tables, columns and keys the places of their namesakes in `read`; what has none there gets
/// that of its table.
void locate(std::vector<Table>& tables, const std::vector<Table>& read);

/// The columns of `table` that the text of an index mentions between its parentheses.
std::vector<std::string> mentioned_columns(const Table& table, std::string_view sql);

/// What `type` says in a declaration: "VARCHAR(50)" is a string of length 50.
void describe_type(std::string_view type, Column& column);

} // namespace assay::probe
