// SPDX-License-Identifier: MIT
// Rubric -> BoundRubric: every check is tied to its kind, its parameters are validated against the
// kind's declarations and filled with fallbacks. A rubric that binds can be judged without further
// errors.
#pragma once

#include "engine/base/result.hpp"
#include "engine/checks/kind.hpp"
#include "engine/model/rubric_issue.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

struct BoundCheck {
  const Kind* kind = nullptr;
  Params params{{}};
  std::vector<std::string>
    roles; ///< entities it is about, named directly or through relations, columns, queries
  std::vector<std::string>
    queries; ///< queries of the rubric it judges; it depends on the callables chosen for them
};

struct BoundRubric {
  Rubric rubric;
  std::vector<BoundCheck> checks; ///< same order as rubric.checks
};

/// What binding yields: usable only without issues.
struct Binding {
  BoundRubric bound;
  std::vector<RubricIssue> issues;
};

/// Ties `rubric` to `kinds` and lists everything that does not fit: unknown kinds and keys (with
/// the nearest spelling), wrong types, unknown choices, undeclared references, unknown levels in
/// `partial` and `messages`.
Binding bind_against(const Rubric& rubric, std::span<const Kind* const> kinds);

/// Ties `rubric` to the catalogue.
/// Errors: invalid_input, one line per issue (`rubric.yaml:12:5: ...`).
Result<BoundRubric> bind(const Rubric& rubric);

/// Keys every check may have, whatever its kind.
std::span<const std::string_view> common_check_keys();

} // namespace assay::checks
