// SPDX-License-Identifier: MIT
// What a query costs, told by how the number of its statements grows.
#pragma once

#include "engine/model/query_run_facts.hpp"

#include <cstddef>

namespace assay {

/// constant + per_root * roots + per_leaf * leaves, fitted to the runs.
struct QueryCost {
  double constant = 0;
  double per_root = 0;
  double per_leaf = 0;
  bool for_little_data = false; ///< constant at the small sizes and growing at the large one

  /// Source: checks.md 4.4, half a statement for each object.
  [[nodiscard]] bool grows() const
  {
    constexpr double k_growth = 0.5;
    return per_root >= k_growth || per_leaf >= k_growth / 2 || for_little_data;
  }
};

/// In the call and while what the rubric asks for was read.
inline int statements_of(const DriveRun& run)
{
  return run.in_call + run.in_walk;
}

/// Runs are by size: few of both, more roots, more leaves, many roots. All zero with fewer than
/// three.
inline QueryCost cost_of(const DrivenCallable& driven)
{
  const auto roots = [](const DriveRun& run) {
    const int seen = run.roots_seen + run.roots_foreign + run.bare_seen;
    return seen == 0 && run.leaves_seen > 0 ? run.roots : seen; // leaves alone came back
  };
  const auto leaves = [](const DriveRun& run) {
    return run.leaves_seen + run.roots_foreign * run.leaves;
  };
  QueryCost cost;
  constexpr std::size_t k_sizes = 3;
  if (driven.runs.size() < k_sizes) {
    return cost;
  }
  const DriveRun& small = driven.runs[0];
  const DriveRun& wide = driven.runs[1];
  const DriveRun& deep = driven.runs[2];
  if (const int more = leaves(deep) - leaves(small); more > 0) {
    cost.per_leaf = static_cast<double>(statements_of(deep) - statements_of(small)) / more;
  }
  if (const int more = roots(wide) - roots(small); more > 0) {
    const double by_leaves = cost.per_leaf * (leaves(wide) - leaves(small));
    cost.per_root = (statements_of(wide) - statements_of(small) - by_leaves) / more;
  }
  cost.constant =
    statements_of(small) - cost.per_root * roots(small) - cost.per_leaf * leaves(small);
  if (!cost.grows() && driven.runs.size() > k_sizes) {
    const DriveRun& large = driven.runs[k_sizes];
    const int more = roots(large) - roots(wide);
    cost.for_little_data = more > 0 && (statements_of(large) - statements_of(wide)) * 2 >= more;
  }
  return cost;
}

} // namespace assay
