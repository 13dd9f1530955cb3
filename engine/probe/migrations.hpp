// SPDX-License-Identifier: MIT
// The phase that runs the migrations: upgrade, downgrade, upgrade again, each looked at from the
// broker's side.
#pragma once

#include "engine/probe/submission_run.hpp"

namespace assay::probe {

/// Fills `facts.migration.run`. Whatever the candidate's code does, this returns; a fault of ours
/// or of the host leaves `ran` false with the reason.
void observe_migrations(SubmissionRun& submission);

} // namespace assay::probe
