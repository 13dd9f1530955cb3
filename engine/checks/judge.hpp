// SPDX-License-Identifier: MIT
// Facts and a bound rubric in, one verdict per check out, under the reading that is best for the
// candidate.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/verdict.hpp"

#include <vector>

namespace assay::checks {

/// Judges every check under each of the first three `resolutions` and keeps the one with the
/// highest expected total; of equals the earlier one. Under each, one callable per query of the
/// rubric is chosen so that the expected points of the checks about queries are highest (checks.md
/// section 10, "Choosing"); of equal choices the one with more different callables, then the better
/// ranked, then the smaller reference. Without a resolution everything is judged with no role
/// filled.
Judgement
judge(const Facts& facts, const BoundRubric& bound, const std::vector<Resolution>& resolutions);

} // namespace assay::checks
