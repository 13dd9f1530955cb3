// SPDX-License-Identifier: MIT
#include "engine/batch/run_batch.hpp"

#include "engine/batch/queue.hpp"
#include "engine/batch/schedule.hpp"
#include "engine/batch/worker.hpp"
#include "engine/store/batches.hpp"
#include "engine/store/fingerprints.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <optional>
#include <set>
#include <thread>
#include <utility>

namespace assay::batch {

namespace {

constexpr std::chrono::milliseconds k_tick{100};

struct Obtained {
  std::size_t entry = 0;
  Snapshot snapshot;
  std::int64_t clone_ms = 0;
  int replaced_commits = 0;
};

/// What a thread tells the calling one.
struct Message {
  BatchEvent event;
  std::optional<RunRecord> record;
  TreeFingerprints fingerprints; ///< with a record
  int replaced_commits = 0;
};

/// The network, or a lock that somebody else holds: the next attempt may succeed.
bool may_pass(ErrorCode code)
{
  return code == ErrorCode::unavailable || code == ErrorCode::conflict;
}

std::vector<std::size_t> unfinished(const std::vector<BatchEntry>& entries,
                                    const std::function<bool(const BatchEntry&)>& wanted)
{
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].run && (!wanted || wanted(entries[i]))) {
      numbers.push_back(i);
    }
  }
  return numbers;
}

class Runner {
public:
  Runner(store::Store& store,
         const std::vector<BatchEntry>& entries,
         const std::map<std::string, checks::BoundRubric>& rubrics,
         const BatchOptions& options,
         const Clock& clock)
    : store_(store),
      entries_(entries),
      rubrics_(rubrics),
      options_(options),
      clock_(clock),
      tasks_(unfinished(entries, options.wanted)),
      schedule_(tasks_),
      obtained_(static_cast<std::size_t>(options.jobs), options.obtainers),
      messages_(static_cast<std::size_t>(options.jobs) * 2, options.jobs + options.obtainers)
  {
  }

  Result<BatchSummary> run()
  {
    for (int i = 0; i < options_.obtainers; ++i) {
      threads_.emplace_back([this, i] { obtain_all(i); });
    }
    for (int i = 0; i < options_.jobs; ++i) {
      threads_.emplace_back([this, i] { grade_all(i); });
    }
    while (!messages_.closed()) {
      if (options_.stop != nullptr && options_.stop->load()) {
        stop();
      }
      if (auto message = messages_.pop_within(k_tick)) {
        handle(*message);
      }
      if (options_.on_tick) {
        options_.on_tick();
      }
    }
    for (std::thread& thread : threads_) {
      thread.join();
    }
    if (refused_) {
      return *refused_;
    }
    summary_.earlier = static_cast<int>(std::ranges::count_if(
      entries_, [](const BatchEntry& entry) { return entry.run.has_value(); }));
    summary_.waiting = static_cast<int>(tasks_.size()) - summary_.graded - summary_.not_obtained
                       - summary_.engine_faults;
    return summary_;
  }

private:
  void stop()
  {
    stopping_.store(true);
    schedule_.stop();
  }

  void post(EventKind kind, std::size_t entry, std::string detail = {})
  {
    Message message;
    message.event.kind = kind;
    message.event.entry = entry;
    message.event.detail = std::move(detail);
    messages_.push(std::move(message));
  }

  /// Tells what the thread with this place works on; 0: nothing.
  void note_work(int place, std::int64_t entry)
  {
    if (options_.at_work != nullptr && static_cast<std::size_t>(place) < k_most_at_work) {
      (*options_.at_work)[static_cast<std::size_t>(place)] = entry;
    }
  }

  void obtain_all(int number)
  {
    while (const auto task = schedule_.next()) {
      note_work(options_.jobs + number, entries_[task->number].id);
      obtain(*task);
      note_work(options_.jobs + number, 0);
    }
    obtained_.leave();
    messages_.leave();
  }

  void obtain(const Schedule::Task& task)
  {
    const BatchEntry& entry = entries_[task.number];
    post(EventKind::obtaining, task.number);
    Submission submission;
    submission.source = entry.repository;
    submission.ref = entry.ref;
    intake::IntakeOptions intake = options_.intake;
    intake.cancelled = &stopping_;
    intake.progress = nullptr;
    int replaced_commits = 0;
    intake.replaced = [&](const intake::ReplacedHistory& replaced) {
      replaced_commits = replaced.commits;
    };
    const auto started = clock_.ticks();
    auto snapshot = obtain_safely(submission, intake);
    if (snapshot) {
      const auto took = clock_.ticks() - started;
      schedule_.settle();
      obtained_.push({task.number,
                      std::move(*snapshot),
                      std::chrono::duration_cast<std::chrono::milliseconds>(took).count(),
                      replaced_commits});
      return;
    }
    if (stopping_.load()) {
      schedule_.settle(); // not refused but given up: it waits for the next run
      return;
    }
    const auto attempt = static_cast<std::size_t>(task.attempt);
    if (may_pass(snapshot.error().code) && attempt <= options_.pauses.size()) {
      post(EventKind::retrying, task.number, snapshot.error().message);
      schedule_.put_off(task, options_.pauses[attempt - 1]);
      return;
    }
    schedule_.settle();
    post(EventKind::not_obtained, task.number, snapshot.error().message);
  }

  Result<Snapshot> obtain_safely(const Submission& submission, const intake::IntakeOptions& intake)
  {
    try {
      return options_.obtain(submission, intake);
    } catch (const std::exception& exception) {
      return Error{ErrorCode::io, std::string("bug: ") + exception.what()};
    }
  }

  void grade_all(int number)
  {
    Worker worker(number, store_.path(), options_, clock_);
    while (auto item = obtained_.pop()) {
      if (!stopping_.load()) {
        note_work(number, entries_[item->entry].id);
        grade(worker, *item);
        note_work(number, 0);
      }
    }
    messages_.leave();
  }

  void grade(Worker& worker, const Obtained& item)
  {
    post(EventKind::executing, item.entry);
    const checks::BoundRubric& rubric = rubrics_.at(entries_[item.entry].rubric);
    Worker::Grade grade = worker.grade(item.snapshot, rubric, [&](const std::string& fault) {
      post(EventKind::repeating, item.entry, fault);
    });
    Message message;
    message.event.entry = item.entry;
    if (grade.record) {
      message.event.kind = EventKind::graded;
      message.event.from_ledger = grade.from_ledger;
      grade.record->timings.clone_ms = item.clone_ms;
      grade.record->timings.total_ms += item.clone_ms;
      message.record = std::move(grade.record);
      message.fingerprints = std::move(grade.fingerprints);
      message.replaced_commits = item.replaced_commits;
    } else {
      // The signal that stops a batch on a terminal also reaches the helpers of its sandboxes.
      if (stopping_.load() || (options_.stop != nullptr && options_.stop->load())) {
        return;
      }
      message.event.kind = EventKind::engine_fault;
      message.event.detail = std::move(grade.fault);
    }
    messages_.push(std::move(message));
  }

  void handle(Message& message)
  {
    if (refused_) {
      return; // the database takes nothing: what comes now is graded again next time
    }
    BatchEvent& event = message.event;
    if (auto kept = keep(message); !kept) {
      refused_ = kept.error();
      stop();
      return;
    }
    event.record = message.record ? &*message.record : nullptr;
    if (options_.on_event) {
      options_.on_event(event);
    }
  }

  Result<void> keep(Message& message)
  {
    BatchEvent& event = message.event;
    store::Batches batches(store_);
    const std::int64_t id = entries_[event.entry].id;
    if (event.kind == EventKind::graded) {
      // Before the run: a run without them is never compared.
      ASSAY_TRY(store::Fingerprints(store_).save(message.record->submission.tree_digest,
                                                 message.fingerprints));
      ASSAY_ASSIGN(event.run, batches.save_graded(id, *message.record, message.replaced_commits));
      ++summary_.graded;
      summary_.from_ledger += event.from_ledger ? 1 : 0;
    } else if (event.kind == EventKind::not_obtained) {
      ASSAY_TRY(batches.save_failed(id, EntryState::not_obtained, event.detail, clock_.now()));
      ++summary_.not_obtained;
    } else if (event.kind == EventKind::engine_fault) {
      ASSAY_TRY(batches.save_failed(id, EntryState::engine_fault, event.detail, clock_.now()));
      ++summary_.engine_faults;
    }
    return {};
  }

  store::Store& store_;
  const std::vector<BatchEntry>& entries_;
  const std::map<std::string, checks::BoundRubric>& rubrics_;
  const BatchOptions& options_;
  const Clock& clock_;
  const std::vector<std::size_t> tasks_;
  Schedule schedule_;
  Queue<Obtained> obtained_;
  Queue<Message> messages_;
  std::vector<std::thread> threads_;
  std::atomic<bool> stopping_{false};
  std::optional<Error> refused_;
  BatchSummary summary_;
};

} // namespace

Result<BatchSummary> run_batch(store::Store& store,
                               const std::vector<BatchEntry>& entries,
                               const std::map<std::string, checks::BoundRubric>& rubrics,
                               const BatchOptions& options,
                               const Clock& clock)
{
  for (const BatchEntry& entry : entries) {
    if (!rubrics.contains(entry.rubric)) {
      return Error{ErrorCode::invalid_input,
                   fmt::format("row {}: there is no rubric \"{}\"", entry.row, entry.rubric)};
    }
  }
  return Runner(store, entries, rubrics, options, clock).run();
}

Result<BatchSummary> run_batch_after(const Guarded& guarded,
                                     store::Store& store,
                                     const std::vector<BatchEntry>& entries,
                                     const std::map<std::string, checks::BoundRubric>& rubrics,
                                     BatchOptions options,
                                     const Clock& clock)
{
  options.at_work = guarded.at_work;
  BatchSummary summary;
  const auto add = [&summary](const BatchSummary& more) {
    summary.graded += more.graded;
    summary.from_ledger += more.from_ledger;
    summary.not_obtained += more.not_obtained;
    summary.engine_faults += more.engine_faults;
  };
  for (const std::int64_t crashed : guarded.crashed) {
    ASSAY_TRY(store::Batches(store).save_failed(
      crashed,
      EntryState::engine_fault,
      fmt::format("assay itself ended with signal {} while grading this", guarded.signal),
      clock.now()));
    ++summary.engine_faults;
  }
  std::set<std::int64_t> tried = guarded.crashed;
  for (const std::int64_t suspect : guarded.suspects) {
    BatchOptions alone = options;
    alone.jobs = 1;
    alone.obtainers = 1;
    alone.wanted = [suspect](const BatchEntry& entry) { return entry.id == suspect; };
    ASSAY_ASSIGN(const BatchSummary one, run_batch(store, entries, rubrics, alone, clock));
    add(one);
    tried.insert(suspect);
  }
  options.wanted = [&tried](const BatchEntry& entry) { return !tried.contains(entry.id); };
  ASSAY_ASSIGN(const BatchSummary rest, run_batch(store, entries, rubrics, options, clock));
  add(rest);
  summary.earlier = rest.earlier;
  summary.waiting = rest.waiting;
  return summary;
}

} // namespace assay::batch
