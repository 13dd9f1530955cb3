// SPDX-License-Identifier: MIT
// Submissions of a batch that have structure in common, for a person to judge. Nothing of it is
// ever scored.
#pragma once

#include "engine/batch/standing.hpp"
#include "engine/similarity/pairs.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace assay::batch {

struct Similar {
  std::size_t compared = 0;
  std::size_t without = 0;             ///< graded, but by a version that kept nothing to compare
  double threshold = 0;                ///< as in PairOptions
  std::vector<similarity::Pair> pairs; ///< of indices into the standings
};

/// Compares the graded `standings`, whose fingerprints `store` has. Errors: as of the store.
Result<Similar> find_similar(store::Store& store,
                             const std::vector<Standing>& standings,
                             std::span<const TreeFingerprints> starter,
                             const similarity::PairOptions& options);

/// Fingerprints of code that all candidates were given: a folder or a repository, as in a manifest.
/// Errors: as of intake::obtain().
Result<TreeFingerprints> starter_code(const std::string& source);

enum class SimilarFormat {
  text,
  csv,  ///< a row for each passage
  json, ///< one record
};

std::string render_similar(const std::vector<Standing>& standings,
                           const Similar& similar,
                           SimilarFormat format);

} // namespace assay::batch
