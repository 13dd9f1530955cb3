// SPDX-License-Identifier: MIT
// What running the migrations showed: upgrade, downgrade and upgrade again on an empty database,
// whose schema the engine reads itself.
#pragma once

#include "engine/model/execution_facts.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <vector>

namespace assay {

/// One move of the database along the revisions.
struct MigrationStep {
  /// "upgrade", "downgrade", "upgrade again"; after an upgrade that stops "downgrade" starts from
  /// the models' tables stamped with the last revisions.
  std::string name;
  Truth ok = Truth::unknown; ///< unknown: what stopped it tells about the surroundings or about
                             ///< another database than the one that is meant
  RunError error;            ///< where: in the revision if there is one
  std::string revision;     ///< that it stopped in; empty if in none; of a single one: that it took
  bool declared = false;    ///< it stopped with NotImplementedError of the revision's own
  bool from_models = false; ///< started from what the models create
  int changes = 0;          ///< statements that change schema or rows, besides the version's
  std::vector<std::string> tables; ///< there afterwards, but the version table
  bool operator==(const MigrationStep&) const = default;
};

struct MigrationRun {
  bool ran = false;             ///< the environment was opened, or failed to by its own fault
  std::string not_run;          ///< why not, one sentence
  std::string database;         ///< "sqlite", "postgresql"
  Truth loads = Truth::unknown; ///< configuration, revisions and env.py
  bool located = false; ///< the folder had to be given: the configuration does not lead there
  RunError load_error;
  std::string stage;    ///< what was loaded last: "configuration", "revisions", "environment"
  bool alone = false;   ///< env.py failed by its own fault; the revisions ran without it
  bool offline = false; ///< env.py writes SQL only; it was executed
  std::vector<std::string> heads;
  Truth has_metadata = Truth::unknown; ///< env.py names a target_metadata
  std::vector<std::string> wired_tables;
  std::vector<std::string> stand_ins; ///< modules and settings made up
  std::vector<std::string> shims;     ///< what SQLite was helped with
  std::string forgotten; ///< a library that a revision uses without importing it; it was given
  std::vector<Location> neutralised; ///< create_all outside of revisions, without effect
  std::vector<MigrationStep> steps;
  /// Where one of them stops: "upgrade" of one revision after the other until one stops, then the
  /// "downgrade" of each that went up, the last first. What is below a downgrade that stops is
  /// tried from a database that never saw it. Empty where there are several databases.
  std::vector<MigrationStep> singly;
  /// Revisions that no longer apply when the tables before them hold rows, or that lose what is in
  /// them: {place in the revision, what happened}.
  std::vector<Evidence> harms_rows;
  bool rows_kept = false;    ///< all revisions applied with rows in the tables, and none was harmed
  std::vector<Table> tables; ///< after the first upgrade, or where it stopped
  bool operator==(const MigrationRun&) const = default;
};

} // namespace assay
