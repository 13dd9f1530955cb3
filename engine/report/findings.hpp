// SPDX-License-Identifier: MIT
// Private to this module: what a tool that shows findings in code gets: points lost, checks that
// could not be settled, integrity flags. SARIF, JUnit, code quality and annotations are made from
// it.
#pragma once

#include "engine/report/figures.hpp"
#include "engine/report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

enum class FindingKind { lost, unverified, flag };

/// How grave, where a tool has three steps: a check failed or a sign of tampering; a check passed
/// in part or something a person should see; something that costs little or nothing.
enum class Severity { error, warning, note };

struct Finding {
  FindingKind kind = FindingKind::lost;
  Severity severity = Severity::note;
  std::string rule; ///< id of the check, or "integrity." and the flag
  std::string title;
  std::string message;
  std::string advice;
  std::vector<Evidence> places; ///< only those with a path; the first is the main one
  Points lost_of_total;
  Points undetermined_of_total;
  std::string fingerprint; ///< 64 hexadecimal digits; the same when the line has moved
};

/// Flags first, then what lost the most points, then what is not settled.
std::vector<Finding> findings(const RunRecord& record, Audience audience);

/// Where a finding without a place of its own is shown: the first file that was graded, as a whole;
/// without a path if there is none.
Location fallback_place(const RunRecord& record);

} // namespace assay::report
