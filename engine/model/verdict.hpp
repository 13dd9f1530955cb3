// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/points.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/truth.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay {

enum class Outcome { pass, partial, fail, unverified, not_applicable };

/// What one check says of one submission.
///
/// Shares are of the check's points and sum to 1 unless not_applicable: `earned` is certain to
/// count, `lost` is certain not to, the rest is undetermined. `expected` lies between earned and 1
/// - lost: the best estimate.
struct Verdict {
  std::string check;
  Outcome outcome = Outcome::unverified;
  std::optional<double> credit; ///< 0..1 as judged; nothing when unverified or not applicable
  double earned = 0;
  double lost = 0;
  double expected = 0;
  Basis basis = Basis::none;
  double confidence = 0;
  std::vector<std::string> levels; ///< partial levels that applied
  std::string reason;              ///< one sentence a candidate understands
  std::vector<Evidence> evidence;
  bool operator==(const Verdict&) const = default;
};

/// How a callable fared, for the report.
struct QueryVerdict {
  std::string ref;
  std::string role; ///< query id of the rubric, "other" or "bad_example"
  bool operator==(const QueryVerdict&) const = default;
};

/// All verdicts under the reading that is best for the candidate.
struct Judgement {
  Resolution resolution;
  std::vector<Verdict> verdicts; ///< in the order of the rubric
  bool operator==(const Judgement&) const = default;
};

} // namespace assay
