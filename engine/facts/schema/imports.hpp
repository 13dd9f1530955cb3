// SPDX-License-Identifier: MIT
// Which modules are imported with which, and whether all their names can be found.
#pragma once

#include "engine/facts/program.hpp"

#include <set>
#include <string>
#include <vector>

namespace assay::facts {

/// Project modules that importing `roots` imports, the roots and the packages above them included; sorted by path.
std::vector<const ModuleInfo*> import_closure(const Program& program, const std::set<const ModuleInfo*>& roots);

/// Library modules that a module imports anywhere, dotted.
std::vector<std::string> foreign_imports(const Program& program, const ModuleInfo& module);

/// `import *` from modules that are not part of the repository.
std::vector<std::string> foreign_stars(const Program& program, const ModuleInfo& module);

} // namespace assay::facts
