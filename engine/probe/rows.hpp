// SPDX-License-Identifier: MIT
// Rows of no meaning for tables of any shape, to see what a migration does to them.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "engine/probe/databases/run_database.hpp"

#include <cstdint>
#include <string>

namespace assay::probe {

/// Puts two rows into `table`, every column filled; false if the database takes none (a trigger, a
/// type that is not understood).
bool fill(RunDatabase& database, const Table& table);

/// Rows in `table`; -1 if that cannot be told.
std::int64_t count_rows(RunDatabase& database, const std::string& table);

} // namespace assay::probe
