// SPDX-License-Identifier: MIT
// Where migrations are. In: a Program. Out: the Alembic environments of the repository, best first,
// and revision files that lie outside of any. A folder of the candidate's named alembic/ is an
// environment, never the library.
#pragma once

#include "engine/facts/program.hpp"

#include <string>
#include <vector>

namespace assay::facts {

struct MigrationLayout {
  std::string directory;           ///< the script location; "" is the root
  std::string config_path;         ///< .ini or pyproject.toml that names it; empty if there is none
  int config_line = 0;             ///< of script_location, else of the section
  std::string env_path;            ///< empty if there is no env.py
  bool flask = false;              ///< env.py asks Flask's current_app
  Truth resolves = Truth::unknown; ///< the configuration leads to a folder with env.py
  bool nested_versions = false;    ///< recursive_version_locations
  std::vector<std::string> version_folders;
  std::vector<const ModuleInfo*> revisions; ///< files of the version folders, sorted by path
  std::vector<const ModuleInfo*> strays; ///< below version folders but where Alembic does not look
  std::vector<std::string> problems;     ///< what keeps Alembic from starting, one sentence each
  std::vector<std::string> gaps;
};

/// Environments with a script folder, those with most revisions first; tests and examples last.
/// Source: alembic.config.Config and alembic.script.ScriptDirectory.from_config.
std::vector<MigrationLayout> find_environments(Program& program);

/// Revision files outside of `taken` folders: `down_revision =` at module level, or upgrade() with
/// alembic's op.
std::vector<const ModuleInfo*> find_lone_revisions(Program& program,
                                                   const std::vector<std::string>& taken);

/// True if the module assigns `down_revision` or `revision` at module level.
bool declares_revision(const ModuleInfo& module);

} // namespace assay::facts
