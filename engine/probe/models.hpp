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

/// True for an error that SQLAlchemy 2.0 raises where 1.4 did not: something it has removed.
bool is_of_older_version(const RunError& error);

} // namespace assay::probe
