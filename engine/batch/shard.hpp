// SPDX-License-Identifier: MIT
// Parts of a batch, for machines that share nothing.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace assay::batch {

/// Part `number` of `count`, from 1.
struct Shard {
  std::uint64_t number = 1;
  std::uint64_t count = 1;
};

/// "3/8". Errors: invalid_input.
Result<Shard> parse_shard(std::string_view text);

/// Leaves the entries of the shard. Which one an entry belongs to depends on its candidate and
/// repository alone, so that a list may grow.
void keep_shard(std::vector<BatchEntry>& entries, const Shard& shard);

} // namespace assay::batch
