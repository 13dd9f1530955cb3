// SPDX-License-Identifier: MIT
// Scripts run as their authors run them, the blocks of each told apart by the engine's steps. In:
// the script and rows of the engine's own. Out: what each block asked of the database, and what it
// printed. The rows come into the database where the first block begins, after whatever the script
// puts there itself; they are made to belong to the object that the script asks for.
#pragma once

#include "engine/probe/query_call.hpp"

#include <string>
#include <vector>

namespace assay::probe {

/// One module that runs by itself.
struct Script {
  std::string module;
  std::string name; ///< of the function to start where the module has no main block
  std::vector<const Callable*> blocks; ///< all that it has
  std::vector<bool> wanted;            ///< of these, those that are to find rows
};

/// A value that a script compares with a column of the object it asks for.
struct AskedValue {
  std::string table;
  std::string column;
  wire::Value value;
};

struct ScriptAttempt {
  bool ok = false; ///< it came to its end
  RunError error;
  int failed = -1;          ///< the block in which the error was raised
  bool rows_there = false;  ///< the engine's rows were in the database when the first block began
  bool brought_own = false; ///< it had put rows of its own there
  std::vector<Attempt> blocks;
  std::vector<AskedValue> asked;
};

/// False if the process ended. The database has tables and no rows before, and anything after.
/// `asked`: of an earlier run; without rows of its own a script finds ours only by these.
bool run_script(cell::Run& run,
                Ground& ground,
                const SeedShape& shape,
                const Script& script,
                const std::vector<AskedValue>& asked,
                ScriptAttempt& attempt);

/// What `sql` compares with its parameters, where the column is named with its table.
std::vector<AskedValue> compared_values(std::string_view sql, const wire::Value& parameters);

} // namespace assay::probe
