// SPDX-License-Identifier: MIT
// Fingerprints of graded trees, each tree once, whatever batches it is in.
#pragma once

#include "engine/model/fingerprints.hpp"
#include "engine/store/store.hpp"

#include <optional>
#include <string_view>

namespace assay::store {

/// A view on a Store, which outlives it. Errors of all members: as of Store.
class Fingerprints {
public:
  explicit Fingerprints(Store& store)
    : store_(store)
  {
  }

  /// Those that are there already stay.
  Result<void> save(std::string_view tree_digest, const TreeFingerprints& tree);

  /// None: the tree was graded by a version that made none, or others.
  Result<std::optional<TreeFingerprints>> load(std::string_view tree_digest) const;

private:
  Store& store_;
};

} // namespace assay::store
