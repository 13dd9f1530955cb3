// SPDX-License-Identifier: MIT
// Which modules of the project are imported once a module runs. In: starting modules. Out: paths of
// all modules reached, packages' __init__ included.
#pragma once

#include "engine/facts/program.hpp"

#include <set>
#include <string>
#include <vector>

namespace assay::facts {

enum class ImportReach {
  module_level, ///< what importing runs
  everywhere,   ///< imports in functions too: an application factory is called
};

struct ImportClosure {
  std::set<std::string> paths;
  bool complete = true; ///< no: importlib, pkgutil or exec may import more
  std::vector<std::string>
    missing; ///< "app.modles": a module of an own package that does not exist
};

ImportClosure
import_closure(Program& program, const std::vector<const ModuleInfo*>& start, ImportReach reach);

/// Project modules that `module` itself imports, anywhere in it, with their dotted names as
/// written.
std::vector<std::pair<std::string, const ModuleInfo*>> own_imports(Program& program,
                                                                   const ModuleInfo& module);

} // namespace assay::facts
