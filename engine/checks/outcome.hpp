// SPDX-License-Identifier: MIT
// Finding -> Verdict: level credits, the honest rule and the caps of what reading alone can
// establish. The same for every kind; docs/scoring.md says why.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/model/verdict.hpp"

#include <map>
#include <set>
#include <string>

namespace assay::checks {

/// Below this nothing is decided. Source: checks.md section 7, honest rule.
constexpr double k_least_confidence = 0.6;

/// What of a submission bears on every verdict under one resolution.
struct Circumstances {
  std::set<std::string> weak_roles;                ///< entities whose match is weak
  std::map<std::string, std::string> broken_roles; ///< entity in such a file -> the file
  std::set<std::string> broken_files; ///< graded files that do not parse or cannot be imported
  bool ambiguous = false;
};

Circumstances circumstances_of(const Facts& facts, const Resolution& resolution);

/// `queries` are the callables that the finding is about: query id -> ref. Throws std::logic_error
/// if the finding names a level its kind does not declare, or a share that is not a number.
Verdict to_verdict(const CheckSpec& spec,
                   const BoundCheck& check,
                   const Finding& finding,
                   const Circumstances& circumstances,
                   const std::map<std::string, std::string>& queries = {});

} // namespace assay::checks
