// SPDX-License-Identifier: MIT
// A script's main() holds several queries; each, with what walks its result, is a callable of its
// own. Otherwise the first, lazy block would be held against the second, eager one.
#pragma once

#include "engine/facts/queries/recorder.hpp"

#include <vector>

namespace assay::facts::queries {

/// Splits a script's recording. One block keeps the script's reference; several get "#1", "#2" ...
std::vector<Callable>
split_blocks(const Program& program, const ModuleInfo& module, const Recording& whole);

} // namespace assay::facts::queries
