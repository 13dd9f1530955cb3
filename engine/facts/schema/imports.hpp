// SPDX-License-Identifier: MIT
// Which modules are imported with which, and which imports lead out of the repository.
#pragma once

#include "engine/facts/program.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

/// Finds project modules by the names imports give them, whatever folder is the root. Built once,
/// cheap to ask.
class ImportIndex {
public:
  explicit ImportIndex(const Program& program);

  /// The module that `importer` reaches as `dotted` (absolute); of several the nearest in the tree.
  /// Null if none.
  [[nodiscard]] const ModuleInfo* find(const ModuleInfo& importer, std::string_view dotted) const;

  /// True if a folder or file of the repository answers to the first part of `dotted`.
  [[nodiscard]] bool is_own(std::string_view dotted) const;

  [[nodiscard]] const Program& program() const { return program_; }

private:
  const Program& program_;
  std::map<std::string, std::vector<const ModuleInfo*>, std::less<>> by_suffix_;
  std::set<std::string, std::less<>> first_parts_;
};

/// Project modules that importing `roots` imports, the roots and the packages above them included;
/// sorted by path.
std::vector<const ModuleInfo*> import_closure(const ImportIndex& index,
                                              const std::set<const ModuleInfo*>& roots);

/// Library modules that a module imports anywhere, dotted.
std::vector<std::string> foreign_imports(const ImportIndex& index, const ModuleInfo& module);

/// `import *` from modules that are not part of the repository.
std::vector<std::string> foreign_stars(const ImportIndex& index, const ModuleInfo& module);

} // namespace assay::facts
