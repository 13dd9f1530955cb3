// SPDX-License-Identifier: MIT
// Private to this module: one worker, which turns snapshots into run records.
#pragma once

#include "engine/batch/run_batch.hpp"

#include <optional>
#include <string>

namespace assay::batch {

class Worker {
public:
  /// `database` is read for facts of earlier runs; empty: none are used. All outlive the worker,
  /// which stays on the thread it is used on: a sandbox ends with the thread that opened it.
  Worker(int number,
         std::filesystem::path database,
         const BatchOptions& options,
         const Clock& clock);

  struct Grade {
    std::optional<RunRecord> record; ///< none: a fault of ours, twice
    std::string fault;
    bool from_ledger = false;
    TreeFingerprints fingerprints;
  };

  /// `repeating` is told of a first fault.
  Grade grade(const Snapshot& snapshot,
              const checks::BoundRubric& rubric,
              const std::function<void(const std::string&)>& repeating);

private:
  struct Attempt {
    RunRecord record;
    std::string fault;
    bool from_ledger = false;
    TreeFingerprints fingerprints;
  };

  Attempt attempt(const Snapshot& snapshot, const checks::BoundRubric& rubric);
  bool take_known_facts(RunRecord& record, const Rubric& rubric);
  bool fits(const RunRecord& known, const RunRecord& record, const Rubric& rubric);

  int number_;
  std::filesystem::path database_;
  const BatchOptions& options_;
  const Clock& clock_;
  std::unique_ptr<probe::Sandboxes> sandboxes_;
  std::optional<store::Store> store_;
};

} // namespace assay::batch
