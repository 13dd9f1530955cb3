// SPDX-License-Identifier: MIT
// Private to this module: runs of fingerprints that two submissions have in the same order.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace assay::similarity {

/// A fingerprint that counts: not from starter code, not shared by most, not repeated all over.
struct Mark {
  std::uint64_t hash = 0;
  std::uint32_t file = 0;
  std::uint32_t position = 0; ///< among all fingerprints of the file
  int line = 0;
  int end_line = 0;
  double weight = 0;
};

/// Marks of `a` and `b` that follow one another on both sides.
struct Run {
  Mark first_a;
  Mark last_a;
  Mark first_b;
  Mark last_b;
  std::size_t marks = 0;
  double weight = 0; ///< of all of them
};

/// Those of at least `least` marks, the weightiest first; no mark is in two of them. Marks are in
/// the order of their files and positions.
std::vector<Run> common_runs(std::span<const Mark> a, std::span<const Mark> b, std::size_t least);

} // namespace assay::similarity
