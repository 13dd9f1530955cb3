// SPDX-License-Identifier: MIT
// How well a host can hold a stranger's code.
#pragma once

#include <optional>
#include <string_view>

namespace assay::cell {

enum class Level {
  none = 0,      ///< L0: nothing holds it; execution needs `--trust-this-code`
  filtered = 1,  ///< L1: Landlock, seccomp and limits, without namespaces
  separated = 2, ///< L2: namespaces, seccomp, Landlock and limits; memory by address space alone
  complete = 3,  ///< L3: the same with a control group
};

/// "L3".
std::string_view name_of(Level level);

/// One sentence: what holds the code at this level, and what does not.
std::string_view summary_of(Level level);

std::optional<Level> level_named(std::string_view name);

} // namespace assay::cell
