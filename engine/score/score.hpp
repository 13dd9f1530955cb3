// SPDX-License-Identifier: MIT
// Verdicts and a rubric in, points out: pure, integer arithmetic in hundredths. docs/scoring.md is
// the rule book.
//
// Always: earned + lost + undetermined = available for every applicable check. Points of checks
// that do not apply go to the others of their category, the weight of a category in which nothing
// applies to the other categories. Raising the credit of one check never lowers the total.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/scorecard.hpp"
#include "engine/model/verdict.hpp"

#include <span>

namespace assay::score {

/// The widest interval of the total, in hundredths, that needs no person. Source: checks.md
/// section 7.
constexpr Points k_widest_interval{15'00};

/// Throws std::logic_error unless `judgement` has one verdict per check of `rubric`, in its order.
Scorecard
score(const Rubric& rubric, const Judgement& judgement, std::span<const IntegrityFlag> flags);

/// Points of one check under its verdict.
ScoredCheck score_check(const CheckSpec& spec, const Verdict& verdict);

/// `share` of the way, rounded half up: numerator * scale / denominator. `denominator` is positive.
Points scaled(Points numerator, Points denominator, Points scale);

} // namespace assay::score
