// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/points.hpp"

#include <string>
#include <vector>

namespace assay {

/// Points of one check. earned + lost + undetermined = available, always; all are zero, `available`
/// included, when not applicable.
struct ScoredCheck {
  std::string check;
  std::string category;
  Points available; ///< as the rubric declares, if the check applies
  Points earned;
  Points lost;
  Points undetermined;
  Points expected; ///< best estimate, between earned and earned + undetermined
  bool applicable = true;
  bool operator==(const ScoredCheck&) const = default;
};

/// 0..100, in hundredths.
struct Interval {
  Points point;
  Points low;
  Points high;
  bool operator==(const Interval&) const = default;
};

struct CategoryScore {
  std::string category;
  std::string title;
  int weight = 0;
  Interval score; ///< of the applicable points, scaled to 100
  bool applicable =
    true; ///< no: every check of it is not applicable, its weight goes to the others
  bool operator==(const CategoryScore&) const = default;
};

struct GateResult {
  std::string id;
  std::string title;
  bool tripped = false;
  std::string reason;
  bool operator==(const GateResult&) const = default;
};

struct Scorecard {
  std::vector<ScoredCheck> checks;
  std::vector<CategoryScore> categories;
  Interval total;
  std::string band; ///< after gates; "none" without a single determined point
  std::string band_before_gates;
  std::vector<GateResult> gates;
  bool needs_review = false;
  std::vector<std::string> review_reasons;
  bool operator==(const Scorecard&) const = default;
};

} // namespace assay
