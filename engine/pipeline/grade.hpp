// SPDX-License-Identifier: MIT
// The stages in order: submission -> snapshot -> facts -> verdicts -> scorecard, as one run record.
// In: what to grade and a bound rubric. Out: the record that store and report take. The only place
// that sees all stages.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/checks/bind.hpp"
#include "engine/intake/intake.hpp"
#include "engine/model/fingerprints.hpp"
#include "engine/model/run_record.hpp"
#include "engine/probe/sandbox.hpp"

#include <map>
#include <string>

namespace assay::pipeline {

struct GradeOptions {
  intake::IntakeOptions intake;
  std::map<std::string, std::string>
    fixed_roles; ///< role -> class, qualified or simple; overrides resolution
  probe::Sandboxes* sandboxes = nullptr; ///< where the submission runs; null: it is only read
  std::string not_run;                   ///< why there is no sandbox, one sentence for the report
};

/// Obtains `submission`, reads it and judges it by `rubric`.
///
/// Whatever is wrong with the candidate's work is in the record; an Error means that there is
/// nothing to grade. Errors: those of intake::obtain(); invalid_input (a fixed role that the rubric
/// does not declare, or a class that the submission does not have).
Result<RunRecord> grade(const Submission& submission,
                        const checks::BoundRubric& rubric,
                        const GradeOptions& options,
                        const Clock& clock);

/// The record of a submission that was obtained and read, not yet executed or judged: for callers
/// that put the stages in an order of their own, with execute() and judge_record().
RunRecord read_record(const Snapshot& snapshot, const Clock& clock);

/// Fingerprints of the Python files that a person wrote: not of migrations, which tools write, and
/// not of installed packages.
TreeFingerprints fingerprint(const Snapshot& snapshot);

/// Why the facts lack what running would have shown through a fault of ours or of the host; empty
/// if there was none.
std::string engine_fault(const Facts& facts);

/// Judges facts by `rubric` without reading anything: fills judgement and scorecard of `record`
/// from its facts.
void judge_record(RunRecord& record,
                  const checks::BoundRubric& rubric,
                  const std::map<std::string, std::string>& fixed_roles = {});

/// The same without the rubric, which is long and which a caller that judges many has anyway.
void judge_facts(RunRecord& record,
                 const checks::BoundRubric& rubric,
                 const std::map<std::string, std::string>& fixed_roles = {});

/// "0.1.0"
std::string_view engine_version();

} // namespace assay::pipeline
