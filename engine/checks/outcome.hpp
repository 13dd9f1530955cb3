// SPDX-License-Identifier: MIT
// Finding -> Verdict: level credits, the honest rule and the caps of what reading alone can
// establish. The same for every kind; docs/scoring.md says why.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/model/verdict.hpp"

#include <set>
#include <string>

namespace assay::checks {

/// Below this nothing is decided. Source: checks.md section 7, honest rule.
constexpr double k_least_confidence = 0.6;

/// What of a submission bears on every verdict under one resolution.
struct Circumstances {
  std::set<std::string> weak_roles;   ///< entities whose match is weak
  std::set<std::string> broken_roles; ///< entities in a file that does not parse
  std::set<std::string> broken_files; ///< graded files that do not parse
  bool ambiguous = false;
};

Circumstances circumstances_of(const Facts& facts, const Resolution& resolution);

/// Throws std::logic_error if the finding names a level its kind does not declare, or a share that
/// is not a number.
Verdict to_verdict(const CheckSpec& spec,
                   const BoundCheck& check,
                   const Finding& finding,
                   const Circumstances& circumstances);

} // namespace assay::checks
