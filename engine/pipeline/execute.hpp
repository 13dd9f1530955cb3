// SPDX-License-Identifier: MIT
// The running half of a grade: which observations are made, in which order, and what each adds to
// the facts. In: a record with facts read from the source. Out: the same record with what was seen.
#pragma once

#include "engine/intake/intake.hpp"
#include "engine/model/run_record.hpp"
#include "engine/pipeline/grade.hpp"

namespace assay::pipeline {

/// Runs `snapshot` in one of the sandboxes of `options` and merges what was seen into
/// `record.facts`; fills `record.execution`. Where nothing can run, the facts stay those of the
/// source and `facts.execution.not_run` says why.
void execute(RunRecord& record,
             const Snapshot& snapshot,
             const Rubric& rubric,
             const GradeOptions& options);

} // namespace assay::pipeline
