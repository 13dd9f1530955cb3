// SPDX-License-Identifier: MIT
// What shows the data of a submission: routes, serialisers, presenters, templates, commands, and
// what calls a serialiser.
#pragma once

#include "engine/model/query_facts.hpp"

#include <vector>

namespace assay::checks {

/// Live ones that are no example of how not to do it. Pointers live as long as `facts`.
std::vector<const Callable*> consumers_of(const QueryFacts& facts);

/// Those that no other one calls: a chain counts once, by its outermost callable (R6).
std::vector<const Callable*> outermost_consumers(const QueryFacts& facts);

} // namespace assay::checks
