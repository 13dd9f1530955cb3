// SPDX-License-Identifier: MIT
#pragma once

#include "engine/probe/databases/run_database.hpp"

#include <memory>
#include <string>

namespace assay::probe {

/// The slot's PostgreSQL, emptied. `host`: the folder of the server's socket.
///
/// Two connections: the superuser reads catalogues and clears; rows are the business of a role that
/// has no more rights than the candidate's, because code that a candidate keeps in the database
/// (triggers, checks, defaults) runs with those of whoever touches its rows.
Expected<std::unique_ptr<RunDatabase>> postgres_database(const std::string& host);

} // namespace assay::probe
