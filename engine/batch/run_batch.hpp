// SPDX-License-Identifier: MIT
// Grading many submissions. In: the entries of a batch in the results database and the rubrics they
// name. Out: a run for each, in the database, and a summary. It stands on three stages that do not
// wait for one another: threads that obtain repositories (they wait for the network), workers that
// execute and judge (each has sandboxes of its own, warm for the whole batch), and the calling
// thread, which alone writes to the database. The queues between them are short, so memory does not
// grow with the batch.
//
// Every result is one transaction. A process that ends at any moment, by whatever signal, leaves
// finished entries finished and the others waiting; run_batch() on the same entries goes on.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/batch/guard.hpp"
#include "engine/checks/bind.hpp"
#include "engine/intake/intake.hpp"
#include "engine/model/batch.hpp"
#include "engine/model/run_record.hpp"
#include "engine/pipeline/execute.hpp"
#include "engine/probe/sandbox.hpp"
#include "engine/store/store.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace assay::batch {

enum class EventKind {
  obtaining, ///< a repository is being fetched
  retrying,  ///< the network refused; `detail` says how, it is tried again after a pause
  executing,
  repeating, ///< a fault of ours; `detail` says which, it is tried again in fresh cells
  graded,    ///< `record` and `run`
  not_obtained,
  engine_fault,
};

struct BatchEvent {
  EventKind kind = EventKind::obtaining;
  std::size_t entry = 0; ///< index into the entries
  std::string detail{};
  const RunRecord* record = nullptr; ///< only while the event is told
  RunId run{};
  bool from_ledger = false; ///< graded from facts of an earlier run of the same files
};

enum class UseLedger { no, yes };

struct BatchOptions {
  int jobs = 1;      ///< submissions executed at a time
  int obtainers = 4; ///< repositories obtained at a time
  /// `cancelled` and `progress` are the batch's own.
  intake::IntakeOptions intake;
  /// Before each further attempt to obtain a repository that the network refused.
  std::vector<std::chrono::milliseconds> pauses{
    std::chrono::seconds{1}, std::chrono::seconds{4}, std::chrono::seconds{15}};
  /// Makes the sandboxes of worker 0, 1, ...; null: submissions are only read.
  std::function<std::unique_ptr<probe::Sandboxes>(int worker)> sandboxes;
  UseLedger ledger = UseLedger::yes;
  /// Entries to grade; null: all that have no run.
  std::function<bool(const BatchEntry&)> wanted;
  /// Where the entries that are being worked on are told; null: nowhere. A place for each thread:
  /// workers first, then obtainers.
  AtWork* at_work = nullptr;
  /// Set to true to stop: what is being executed is finished, nothing new is begun.
  const std::atomic<bool>* stop = nullptr;
  /// Called on the calling thread.
  std::function<void(const BatchEvent&)> on_event;
  /// Called on the calling thread several times a second.
  std::function<void()> on_tick;

  // The stages themselves, for tests.
  std::function<Result<Snapshot>(const Submission&, const intake::IntakeOptions&)> obtain =
    intake::obtain;
  std::function<void(RunRecord&, const Snapshot&, const Rubric&, const pipeline::GradeOptions&)>
    execute = pipeline::execute;
};

struct BatchSummary {
  int graded = 0;      ///< now
  int from_ledger = 0; ///< of these, without executing anything
  int earlier = 0;     ///< graded by an earlier run of the batch
  int not_obtained = 0;
  int engine_faults = 0;
  int waiting = 0; ///< left for the next run: it was stopped
  bool operator==(const BatchSummary&) const = default;
};

/// Grades every entry that has no run yet. `entries` are as Batches::set_entries() gave them;
/// `rubrics` holds the rubric of each by the name it has there.
///
/// A network that refuses (ErrorCode::unavailable, conflict) is tried again after each of `pauses`,
/// then the entry is not_obtained; so is, at once, what is not there or too large. A fault of ours
/// is tried once more in fresh cells, then the entry is an engine_fault. Neither gets a score.
/// Errors: those of the store; what was finished before is kept.
Result<BatchSummary> run_batch(store::Store& store,
                               const std::vector<BatchEntry>& entries,
                               const std::map<std::string, checks::BoundRubric>& rubrics,
                               const BatchOptions& options,
                               const Clock& clock);

/// run_batch() in a child of run_guarded(): what crashed a child is an engine_fault, what may have
/// crashed one is done first, one by one. `at_work` and `wanted` of `options` are its own.
Result<BatchSummary> run_batch_after(const Guarded& guarded,
                                     store::Store& store,
                                     const std::vector<BatchEntry>& entries,
                                     const std::map<std::string, checks::BoundRubric>& rubrics,
                                     BatchOptions options,
                                     const Clock& clock);

} // namespace assay::batch
