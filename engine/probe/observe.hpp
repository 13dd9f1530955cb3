// SPDX-License-Identifier: MIT
// Runs a submission and reports what happened.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/submission.hpp"
#include "engine/probe/sandbox.hpp"

namespace assay::probe {

struct Observation {
  ExecutionFacts facts;
  std::vector<IntegrityFlag> flags; ///< what the run found that a person should look at
};

/// Imports the graded modules in a box, configures the mappers and creates the tables. `read` is
/// what reading found; it says what to import and where. Whatever the candidate's code does, this
/// returns; a fault of ours or of the host leaves `ran` false with the reason.
Observation observe(Sandbox& sandbox, const Snapshot& snapshot, const Facts& read);

} // namespace assay::probe
