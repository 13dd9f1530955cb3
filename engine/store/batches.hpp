// SPDX-License-Identifier: MIT
// Batches in the results database. In: the rows of a manifest and what became of each. Out: the
// same rows with their runs. Every change is one transaction, so that a process may end at any
// moment and the next one goes on with what is not done.
#pragma once

#include "engine/model/batch.hpp"
#include "engine/store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::store {

/// A view on a Store, which outlives it. Errors of all members: conflict, io, limit_exceeded, as of
/// Store::save.
class Batches {
public:
  explicit Batches(Store& store)
    : store_(store)
  {
  }

  /// The entries of the batch `name` are `entries` from now on: those it had before keep what
  /// became of them, others are added, and what is no longer among them is listed no more. The
  /// answer has the order of `entries`.
  Result<std::vector<BatchEntry>>
  set_entries(std::string_view name, const std::vector<BatchEntry>& entries, Instant now);

  /// The run and what became of the entry, both or neither.
  Result<RunId> save_graded(std::int64_t entry, const RunRecord& record, int replaced_commits = 0);

  /// What became of an entry that has no run: not_obtained or engine_fault.
  Result<void>
  save_failed(std::int64_t entry, EntryState state, std::string_view detail, Instant now);

  /// Listed entries in the order of the manifest. Errors besides: not_found.
  Result<std::vector<BatchEntry>> entries(std::string_view name) const;

  /// The newest first.
  Result<std::vector<std::string>> names() const;

  /// The batch that `name` names, or the newest if it is empty. Errors besides: not_found.
  Result<std::string> find(std::string_view name) const;

private:
  Store& store_;
};

} // namespace assay::store
