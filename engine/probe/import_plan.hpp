// SPDX-License-Identifier: MIT
// What is imported in the sandbox, under which names, in which order.
#pragma once

#include "engine/model/facts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace assay::probe {

struct PlannedImport {
  std::string path;
  std::string name; ///< dotted
  bool operator==(const PlannedImport&) const = default;
};

struct ImportPlan {
  /// Folders of the submission that make its own absolute imports resolve, "" for the top; the most
  /// used first.
  std::vector<std::string> roots;
  /// Each graded file under the one name that the candidate's own imports use: files that map
  /// classes first, scripts last, else by path.
  std::vector<PlannedImport> modules;
  bool operator==(const ImportPlan&) const = default;
};

/// From what reading found. Tests, migrations, vendored files and files whose name no import can
/// spell are left out.
ImportPlan plan_imports(const Facts& facts);

} // namespace assay::probe
