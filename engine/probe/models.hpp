// SPDX-License-Identifier: MIT
// The first phase: imports the submission's modules, configures its mappers, creates its tables.
#pragma once

#include "engine/probe/submission_run.hpp"

#include <optional>

namespace assay::probe {

/// Fills `facts.execution` and gives the classes, tables and relationships as SQLAlchemy has them;
/// nothing if it did not come that far. Whatever the candidate's code does, this returns; a fault
/// of ours or of the host leaves `ran` false with the reason.
std::optional<SchemaFacts> observe_models(SubmissionRun& submission);

} // namespace assay::probe
