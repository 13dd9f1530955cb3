// SPDX-License-Identifier: MIT
// Seed rows in a run's database: what its tables really are, and getting the rows in.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "engine/probe/databases/run_database.hpp"
#include "engine/probe/seed.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::probe {

/// `schema` with what the database says of its tables: columns, nullability, keys. Tables that no
/// fact speaks of are added, those that the database lacks are dropped.
Expected<SchemaFacts> schema_in_database(RunDatabase& database, const SchemaFacts& schema);

/// Inserts the rows [from, to). Where a check refuses a row its values are changed, the tokens in
/// it kept where that is possible; `seeds` holds then what was inserted. Failure: the first row
/// that could not be inserted, and why.
Expected<void> insert_seeds(
  RunDatabase& database, const SchemaFacts& schema, Seeds& seeds, std::size_t from, std::size_t to);

} // namespace assay::probe
