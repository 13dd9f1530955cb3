// SPDX-License-Identifier: MIT
// Which functions can run: importable and callable from outside, or reachable from something that
// is.
#pragma once

#include "engine/facts/program.hpp"

#include <map>
#include <string>

namespace assay::facts::queries {

/// For every function of the graded modules: empty if it is live, else why it is dead.
std::map<const FunctionInfo*, std::string> dead_functions(const Program& program);

/// True if every way through the body ends in a raise.
bool always_raises(const syntax::Function& function);

} // namespace assay::facts::queries
