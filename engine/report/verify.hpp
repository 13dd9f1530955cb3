// SPDX-License-Identifier: MIT
// Whether a record is what grading gives again. In: the bytes of two records as render_json()
// writes them. Out: what was graded, and every value that differs.
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

/// What has to be the same to grade again.
struct RecordedRun {
  std::string source;
  std::string commit; ///< empty for a plain folder
  std::string rubric;
  std::string rubric_digest;
  std::string runtime; ///< empty if nothing was executed
};

/// Errors: invalid_input (no record of this version), limit_exceeded.
Result<RecordedRun> read_recorded(std::string_view json);

struct Difference {
  std::string place;    ///< "score.point", "checks[models.entities-present].reason"
  std::string recorded; ///< as JSON; empty if the record does not have it
  std::string again;
  bool operator==(const Difference&) const = default;
};

struct Comparison {
  std::size_t values = 0; ///< compared
  std::vector<Difference> differences;
};

/// All but `graded_at`, `timings`, and how the commit was found: `submission.ref`, `.before` and
/// `.commits_after`, since a commit is asked for by its own name and branches move on.
/// Errors: invalid_input, limit_exceeded.
Result<Comparison> compare(std::string_view recorded, std::string_view again);

} // namespace assay::report
