// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/schema_facts.hpp"
#include "engine/probe/databases/postgres_connection.hpp"

#include <string>
#include <vector>

namespace assay::probe {

/// What a PostgreSQL database holds: as reflect_sqlite(). Tables of other schemas than
/// "public" carry its name ("blog.post"); types
/// are as PostgreSQL writes them; a counter behind a column (serial) is no default.
Expected<std::vector<Table>> reflect_postgres(PostgresConnection& connection);

} // namespace assay::probe
