// SPDX-License-Identifier: MIT
// Databases of parts of a batch as one.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/store/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace assay::batch {

struct MergeSummary {
  std::size_t entries = 0;            ///< looked at
  std::size_t taken = 0;              ///< results that `into` did not have
  std::size_t reviews = 0;            ///< that `into` did not have
  std::vector<std::string> conflicts; ///< a line for each entry with two different scores
};

/// Adds the batches of `from`, with runs and reviews, to `into`. What is there already stays; doing
/// it twice changes nothing. An entry that has a run in both with different files, rubric or score
/// is a conflict: the run of `into` counts. Errors: as of the store.
Result<MergeSummary> merge(store::Store& from, store::Store& into, const Clock& clock);

} // namespace assay::batch
