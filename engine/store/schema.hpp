// SPDX-License-Identifier: MIT
// Private to this module: the tables and views, and how an older database becomes a current one.
//
// Everything that does not change once written and may be shared (rubrics, submissions, facts)
// stands once, found by the digest of its content; a run refers to it. Verdicts, scores and
// evidence are rows, not documents, so that they are queried and read back from the same place.
// Points are whole hundredths, times ISO 8601 in UTC. docs/database.md is the reader's description.
#pragma once

#include "engine/base/result.hpp"

#include <SQLiteCpp/Database.h>

namespace assay::store {

/// "ASAY" in the header of the file (PRAGMA application_id): tells our databases from anybody
/// else's.
inline constexpr int k_application_id = 0x41534159;

/// PRAGMA user_version of a database that this build reads and writes.
int current_version();

enum class Condition {
  empty, ///< no tables, no mark
  older, ///< ours, to be migrated
  current,
  newer,   ///< ours, from a later build
  foreign, ///< not ours
};

Condition condition(const SQLite::Database& database);

/// Brings an empty or older database to the current version in one transaction, step by step. Safe
/// when several processes do it at once. Throws SQLite::Exception.
void migrate(SQLite::Database& database);

} // namespace assay::store
