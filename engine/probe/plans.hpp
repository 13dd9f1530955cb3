// SPDX-License-Identifier: MIT
// How the database would answer a candidate's statements: foreign keys by which it looks rows up
// without an index. Nothing is run for it.
#pragma once

#include "engine/model/query_run_facts.hpp"
#include "engine/model/schema_facts.hpp"
#include "engine/probe/databases/run_database.hpp"

#include <string>
#include <vector>

namespace assay::probe {

/// Of the tables that the database reads whole to answer one of `selects`: those that it looks rows
/// up in by a foreign key of one column that no index begins with. Each once, by name. `schema`:
/// of the database as it is. At most 20 statements are looked at.
std::vector<TableScan> find_scans(RunDatabase& database,
                                  const SchemaFacts& schema,
                                  const std::vector<std::string>& selects);

/// Whether `sql` compares `column` of `name`, a table or what stands for one, with a value. With
/// another column proves nothing: the database may come from this side.
bool compares(std::string_view sql, std::string_view name, std::string_view column);

} // namespace assay::probe
