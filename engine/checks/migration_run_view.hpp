// SPDX-License-Identifier: MIT
// What running the migrations says about the database that the submission is judged on.
#pragma once

#include "engine/checks/kind.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::checks {

/// Steps are null where they were not taken, or tell nothing about the judged database: then
/// reading judges.
struct MigrationRunView {
  const MigrationRun* run = nullptr; ///< null: nothing was run
  const MigrationStep* upgrade = nullptr;
  const MigrationStep* downgrade = nullptr;
  const MigrationStep* again = nullptr;
  bool cannot_start = false; ///< env.py or the revisions fail by their own fault
  bool rolled_back = false;  ///< the upgrade stops, and the judged database, which is not the one
                             ///< it ran on, would keep nothing of it
  double confidence = 0;     ///< checks.md section 7: 0.95; with shims or stand-ins 0.85; on
                             ///< another database than the judged one 0.8
  double factor = 1;         ///< R34: 0.6 where the revisions ran without their env.py
};

/// The migrations ran on the database that the submission is judged on, or none is evident.
bool ran_on_judged(const Subject& subject);

MigrationRunView view_migration_run(const Subject& subject);

/// `finding` as one that the run established, with the factor of `view`.
Finding by_run(Finding finding, const MigrationRunView& view);

/// The tables that the upgrade leaves; null if the run does not tell.
const std::vector<Table>* migrated_tables(const MigrationRunView& view);

/// The table of that name; SQLite keeps "blog.users" as users.
const Table* find_migrated(const std::vector<Table>& tables, std::string_view name);

/// The tables that create_all makes of all models; null unless every MetaData could be created.
std::optional<std::vector<Table>> created_tables(const Subject& subject);

/// "sqlalchemy.exc.OperationalError: text" at its place, as evidence.
std::vector<Evidence> evidence_of(const RunError& error);

/// Where `failed` stopped, and what became of the other revisions taken one at a time.
std::vector<Evidence> evidence_of(const Subject& subject, const MigrationStep& failed);

} // namespace assay::checks
