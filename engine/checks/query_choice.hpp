// SPDX-License-Identifier: MIT
// Which callable is judged as which query: the combination with the most expected points. In: the
// checks about queries and a way to judge one under a choice. Out: the best choice; every
// combination that is not judged to the end is one that cannot be better.
// docs/decisions/choosing-queries.md says why.
#pragma once

#include "engine/model/verdict.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace assay::checks {

using Choice = std::map<std::string, std::string>; ///< query id -> Callable::ref

/// What the rubric would pay for a set of verdicts, as a share of the points that apply.
struct Tally {
  double applicable = 0;
  double expected = 0;
  double earned = 0;

  void add(double points, const Verdict& verdict);

  [[nodiscard]] double share() const { return applicable > 0 ? expected / applicable : 0; }

  [[nodiscard]] double sure_share() const { return applicable > 0 ? earned / applicable : 0; }
};

/// A check about queries.
struct QueryCheck {
  std::size_t index = 0;   ///< in the rubric
  double points = 0;       ///< times the weight of its category
  double ceiling = 1;      ///< no verdict of it expects more
  std::size_t queries = 1; ///< how many queries it names
};

/// The best of `combinations`, which are ordered by preference among equals. An earlier one wins
/// unless a later one has a higher expected share, or an equal one and more certain points, or both
/// equal and more different callables.
Choice choose_queries(std::vector<QueryCheck> checks,
                      const std::vector<Choice>& combinations,
                      const std::function<const Verdict&(std::size_t index, const Choice&)>& judge);

} // namespace assay::checks
