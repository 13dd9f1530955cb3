// SPDX-License-Identifier: MIT
// Parameters as written against parameters as declared.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/checks/references.hpp"
#include "engine/model/rubric_issue.hpp"

#include <string_view>
#include <vector>

namespace assay::checks {

/// "text", "list of entities" ...: for messages and pages.
std::string_view to_string(ParamType type);

bool is_list(ParamType type);

/// The fallback of `param` as a value: a YAML scalar or flow list. Empty where there is none.
ParamValue parse_fallback(const Param& param);

/// Everything that is wrong with `value` for `param`. Paths are rewritten to entity ids.
std::vector<RubricIssue>
validate(const Param& param, ParamValue& value, const References& references);

} // namespace assay::checks
