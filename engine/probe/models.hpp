// SPDX-License-Identifier: MIT
// The first phase: imports the submission's modules, configures its mappers, creates its tables.
#pragma once

#include "engine/probe/submission_run.hpp"

namespace assay::probe {

/// Fills `facts.execution`. Whatever the candidate's code does, this returns; a fault of ours or of
/// the host leaves `ran` false with the reason.
void observe_models(SubmissionRun& submission);

} // namespace assay::probe
