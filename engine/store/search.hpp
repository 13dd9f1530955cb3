// SPDX-License-Identifier: MIT
// Private to this module: choosing stored runs. All throw SQLite::Exception; all give the newest
// run first.
#pragma once

#include "engine/model/run_summary.hpp"
#include "engine/store/store.hpp"

#include <SQLiteCpp/Database.h>

#include <string_view>
#include <vector>

namespace assay::store {

std::vector<RunSummary> summaries(const SQLite::Database& database, const RunFilter& filter);

/// As Store::find.
std::vector<RunSummary> named_runs(const SQLite::Database& database, std::string_view text);

} // namespace assay::store
