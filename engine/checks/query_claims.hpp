// SPDX-License-Identifier: MIT
// What a query promises to bring along: by its options, its name, its docstring and its own body.
#pragma once

#include "engine/checks/query_view.hpp"

#include <vector>

namespace assay::checks {

/// One relationship that the query promises to bring without further statements.
struct Claim {
  const Relationship* relationship = nullptr;
  bool constant = false; ///< as far as reading tells
  bool named = false;    ///< the name or docstring says it
};

/// The promises of the chosen callable; none without one.
std::vector<Claim> read_claims(const Subject& subject, const QueryView& view);

} // namespace assay::checks
