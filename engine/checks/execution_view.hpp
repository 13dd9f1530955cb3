// SPDX-License-Identifier: MIT
// What a run showed, in the form that kinds ask for.
#pragma once

#include "engine/checks/kind.hpp"

#include <string>
#include <vector>

namespace assay::checks {

/// How far a run can be relied on for the models: only if every module that maps a class beside
/// those with a role was imported, or failed by its own fault, and it ran with the SQLAlchemy that
/// it asks for or nothing failed.
struct ModelsRun {
  bool usable = false;                  ///< false: judge by reading
  bool stand_ins = false;               ///< something was made up for a module; lowers confidence
  const ModuleImport* failed = nullptr; ///< the first that cannot be imported, by its own fault
  std::vector<const ModuleImport*> modules; ///< those that map classes, in the order imported
};

ModelsRun models_run(const Subject& subject);

/// False for a MetaData that holds none of the rubric's roles while another does: what an example
/// or a plaything beside the submission does is not judged.
bool concerns_roles(const Subject& subject, const std::string& metadata);

/// Source: checks.md section 7: introspection 0.95, with stand-ins or shims 0.85.
double observed_confidence(const ModelsRun& run, bool shims = false);

/// The finding as one that a run established.
Finding observed(Finding finding);

/// "sqlalchemy.exc.ArgumentError: text", short enough for a sentence.
std::string describe(const RunError& error);

} // namespace assay::checks
