// SPDX-License-Identifier: MIT
// Gates cap the band, never the number.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/scorecard.hpp"
#include "engine/model/verdict.hpp"

#include <span>
#include <string>
#include <vector>

namespace assay::score {

/// One result per gate, in the order of the rubric. A gate with a condition that is not established
/// does not trip and says so; a condition on a check that does not apply does not hold.
std::vector<GateResult> evaluate_gates(const Rubric& rubric,
                                       const Judgement& judgement,
                                       std::span<const IntegrityFlag> flags);

/// The worse of `band` and the caps of all tripped gates.
std::string
capped_band(const Rubric& rubric, const std::string& band, const std::vector<GateResult>& gates);

} // namespace assay::score
