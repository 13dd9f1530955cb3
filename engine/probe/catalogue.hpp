// SPDX-License-Identifier: MIT
// Statements that drivers and SQLAlchemy send by themselves to learn about the database.
#pragma once

#include <string_view>

namespace assay::probe {

/// Whether a statement asks about the server or reads catalogues alone: SHOW, SET,
/// `select pg_catalog.version()`, the look-up of hstore. One that names any other table is not,
/// whatever else it names. Source: checks.md 4.4.
bool reads_catalogue(std::string_view sql);

} // namespace assay::probe
