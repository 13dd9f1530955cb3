// SPDX-License-Identifier: MIT
// What shows the data of a submission: routes, serialisers, presenters, templates, commands, and
// what calls a serialiser.
#pragma once

#include "engine/model/query_facts.hpp"
#include "engine/model/resolution.hpp"

#include <vector>

namespace assay::checks {

/// Live ones that write nothing and are no example of how not to do it. A chosen query that shows
/// what another one brings is none, unless it is a route or the like. Pointers live as long as
/// `facts`.
std::vector<const Callable*> consumers_of(const QueryFacts& facts, const Resolution& roles);

/// Those that no other one calls: a chain counts once, by its outermost callable (R6).
std::vector<const Callable*> outermost_consumers(const QueryFacts& facts, const Resolution& roles);

} // namespace assay::checks
