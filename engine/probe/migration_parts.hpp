// SPDX-License-Identifier: MIT
// What the phase that runs migrations knows of errors and of the databases of a run.
#pragma once

#include "engine/model/execution_facts.hpp"
#include "engine/model/facts.hpp"
#include "engine/probe/databases/run_database.hpp"
#include "sandbox/cell/slot.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// "a/b" for "a/b/c.ini".
std::string folder_above(const std::string& path);

/// The harness's word for a database; SQLite unless another one is evident.
std::string_view backend_of(Dialect dialect);

/// Whether the run's `database` refused what the meant one may take. Python and Alembic raise most
/// errors whatever the database is. `schemas`: tables of several schemas, which may share names.
bool is_of_database(const RunError& error,
                    Dialect dialect,
                    bool schemas,
                    std::string_view database);

/// Whether the surroundings may explain the error, in a run on `database`.
bool is_outside(const RunError& error, std::string_view database);

/// Rows that are there already have no value for a column that is required now.
bool is_missing_value(const RunError& error);

/// Where all tables lie in schemas, those of the first one, as the models name them: without it.
/// An env.py that goes from tenant to tenant makes the same tables in the schema of each.
void keep_one_tenant(std::vector<Table>& tables);

/// Names of the databases of a run, of which `main` is the first: several where env.py migrates
/// several.
std::vector<std::string> databases_of(cell::Run& run, const RunDatabase& main);

/// Empties them all; false if one cannot be.
bool clear_all(cell::Run& run, RunDatabase& main);

/// The tables of all of them.
std::vector<Table> tables_of(cell::Run& run, RunDatabase& main);

} // namespace assay::probe
