// SPDX-License-Identifier: MIT
// The scripts among what is to be driven: blocks of one module run together, in their order.
#pragma once

#include "engine/probe/query_driven.hpp"
#include "engine/probe/query_script.hpp"

#include <string>
#include <vector>

namespace assay::probe {

class Scripts {
public:
  /// Takes the blocks of scripts out of `driven`, which outlives this and does not move. Blocks
  /// whose lines are mixed are given up: nobody could tell whose a statement is. `facts` has the
  /// other blocks of the same scripts.
  Scripts(std::vector<Driven>& driven, const QueryFacts& facts);

  /// Runs each script at one size, on a database with the tables of `tables` and no rows. False if
  /// the process ended, `running` is then a block of the script that ran. A script that cannot be
  /// run, or whose output shows nothing of the rows, is given up: reading stands.
  bool drive(cell::Run& run,
             Ground& ground,
             const DatabaseImage& tables,
             const SeedShape& shape,
             SeedSize size,
             Driven*& running);

private:
  struct Group {
    Script script;
    std::vector<Driven*> blocks; ///< as in `script`, null for those that are not to be driven
    std::vector<AskedValue> asked;
    bool looked = false;
    bool makes_tables = false; ///< it does not bear those that are there
  };

  static bool run_group(cell::Run& run,
                        Ground& ground,
                        const DatabaseImage& tables,
                        const SeedShape& shape,
                        Group& group,
                        ScriptAttempt& attempt);
  static void
  accept(Driven& driven, Ground& ground, SeedSize size, ScriptAttempt& attempt, std::size_t block);

  std::vector<Group> groups_;
};

} // namespace assay::probe
