// SPDX-License-Identifier: MIT
// SQL text of a revision as steps.
#pragma once

#include "engine/facts/migration/step.hpp"

#include <string_view>
#include <vector>

namespace assay::facts {

/// One step for each statement that changes schema or data; queries and transaction statements give
/// none.
std::vector<Step> steps_from_sql(std::string_view text);

} // namespace assay::facts
