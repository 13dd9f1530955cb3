// SPDX-License-Identifier: MIT
// Which submissions have structure in common. In: the fingerprints of many submissions, and of code
// that all were given. Out: pairs with the lines that have the same structure on both sides, for a
// person to judge: the same structure may have a common source, or none.
//
// An inverted index from fingerprints to submissions finds the pairs, so that a batch costs what is
// shared in it and not the square of its size.
#pragma once

#include "engine/model/fingerprints.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace assay::similarity {

struct Lines {
  std::string path;
  int first = 0; ///< 1-based
  int last = 0;
};

/// Lines of the same structure.
struct Passage {
  Lines a;
  Lines b;
};

struct Pair {
  std::size_t a = 0; ///< index of a submission, below `b`
  std::size_t b = 0;
  double share_a = 0; ///< of what distinguishes `a` from the others, how much `b` has too; 0 to 1
  double share_b = 0;
  std::vector<Passage> passages; ///< the longest first
};

struct PairOptions {
  double threshold = 0.5; ///< the larger of the two shares
};

/// Pairs at or above the threshold, the most similar first. A fingerprint of `starter` does not
/// count, nor one that more than half of the submissions have (from four submissions on); the
/// others count the more, the fewer submissions have them.
std::vector<Pair> similar_pairs(std::span<const TreeFingerprints> submissions,
                                std::span<const TreeFingerprints> starter,
                                const PairOptions& options = {});

} // namespace assay::similarity
