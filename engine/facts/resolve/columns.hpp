// SPDX-License-Identifier: MIT
#pragma once

#include "engine/facts/resolve/candidates.hpp"
#include "engine/model/rubric.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::facts {

/// 0..1: how well the columns of the candidate fit what is typical of the role.
double column_score(const EntitySpec& role, const Candidate& candidate);

/// Column role -> names of the columns that fit it, best first: by name, then by type and
/// uniqueness.
std::map<std::string, std::vector<std::string>> assign_columns(const EntitySpec& role,
                                                               const Candidate& candidate);

} // namespace assay::facts
