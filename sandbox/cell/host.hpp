// SPDX-License-Identifier: MIT
// What this host can hold, found out by attacking ourselves.
#pragma once

#include "sandbox/cell/cell.hpp"

#include <string>
#include <vector>

namespace assay::cell {

/// One thing that was looked at.
struct Finding {
  std::string subject; ///< "namespaces", "control group", "Landlock"
  bool good = false;
  std::string text;   ///< what was found
  std::string remedy; ///< the exact command or setting that would improve it; empty if `good`

  bool operator==(const Finding&) const = default;
};

struct HostReport {
  Level level = Level::none; ///< the highest whose self-test passed
  std::vector<Finding> findings;
  std::unique_ptr<Cell> cell; ///< the one that held, ready for use; null at Level::none
};

/// Opens a cell from `plan` at each level from the highest on and attacks it, until one holds.
/// Takes about as long as a cell needs to start (half a second).
HostReport assess_host(CellPlan plan);

/// What got through the self-test in `cell`, by name; empty if the level holds.
std::vector<std::string> self_test(Cell& cell, Level level);

} // namespace assay::cell
