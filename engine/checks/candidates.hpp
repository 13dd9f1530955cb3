// SPDX-License-Identifier: MIT
// Which of the submission's callables could be a query that the rubric asks for. Names, docstrings
// and bodies only rank; whether the callable does what it should is for the kinds.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::checks {

/// Source: checks.md 4.2, "Try the top 8".
constexpr std::size_t k_max_candidates = 8;

/// References of live callables that touch the query's root, best first; ties by reference.
/// Callables that the candidate labels as a bad example are never among them.
std::vector<std::string> rank_candidates(const Facts& facts,
                                         const Resolution& resolution,
                                         const Rubric& rubric,
                                         const QuerySpec& query);

/// A live callable that only reads, and of whose statements nothing could be read: only calling it
/// tells whether it is a candidate.
bool says_nothing(const Callable& callable);

} // namespace assay::checks
