// SPDX-License-Identifier: MIT
// How well a host can hold a stranger's code.
#pragma once

#include <string_view>

namespace assay::cell {

enum class Level {
  none = 0,      ///< L0: nothing that was tested holds it; runs only code that somebody trusts
  filtered = 1,  ///< L1: Landlock, seccomp and limits, without namespaces
  separated = 2, ///< L2: namespaces, seccomp, Landlock and limits; memory by address space alone
  complete = 3,  ///< L3: the same with a control group
};

/// "L3".
std::string_view name_of(Level level);

/// One sentence: what holds the code at this level, and what does not.
std::string_view summary_of(Level level);

} // namespace assay::cell
