// SPDX-License-Identifier: MIT
#include "engine/batch/run_batch.hpp"

#include "engine/checks/bind.hpp"
#include "engine/rubric/rubric.hpp"
#include "engine/store/batches.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/temporary_folder.hpp"

#include <atomic>
#include <csignal>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace assay;
using namespace assay::batch;
using store::Batches;
using store::OpenMode;
using store::Store;

namespace {

checks::BoundRubric tiny_rubric()
{
  const auto read = rubric::load_rubric(ASSAY_SOURCE_DIR "/tests/rubric/tiny.yaml");
  return checks::bind(read.value()).value();
}

/// A batch of `count` made-up submissions whose stages are those of the test.
struct BatchFixture {
  test::TemporaryFolder folder;
  Store opened = Store::open(folder / "results.db", OpenMode::create).value();
  std::map<std::string, checks::BoundRubric> rubrics{{"tiny", tiny_rubric()}};
  BatchOptions options;
  std::mutex mutex;
  std::map<std::string, int> obtained; ///< how often each was asked for
  std::atomic<int> executed{0};
  std::vector<EventKind> events;

  BatchFixture()
  {
    options.jobs = 2;
    options.pauses = {std::chrono::milliseconds{1}, std::chrono::milliseconds{1}};
    options.obtain = [this](const Submission& submission, const intake::IntakeOptions&) {
      const std::lock_guard lock(mutex);
      ++obtained[submission.source];
      return snapshot_of(submission.source);
    };
    options.execute =
      [this](RunRecord&, const Snapshot&, const Rubric&, const pipeline::GradeOptions&) {
        ++executed;
      };
    options.on_event = [this](const BatchEvent& event) { events.push_back(event.kind); };
  }

  static Result<Snapshot> snapshot_of(const std::string& source)
  {
    Snapshot snapshot = test::memory_snapshot({{"models.py", "# " + source + "\n"}});
    snapshot.submission.source = source;
    snapshot.tree_digest = "sha256:" + source;
    return snapshot;
  }

  std::vector<BatchEntry> entries(int count)
  {
    std::vector<BatchEntry> wanted;
    for (int i = 0; i < count; ++i) {
      BatchEntry entry;
      entry.row = i + 2;
      entry.candidate = "c" + std::to_string(i);
      entry.repository = "/inbox/" + entry.candidate;
      entry.rubric = "tiny";
      wanted.push_back(entry);
    }
    return Batches(opened).set_entries("autumn", wanted, Instant{}).value();
  }

  BatchSummary run(const std::vector<BatchEntry>& wanted)
  {
    return run_batch(opened, wanted, rubrics, options, SystemClock{}).value();
  }

  std::vector<BatchEntry> stored() { return Batches(opened).entries("autumn").value(); }
};

} // namespace

TEST_CASE_METHOD(BatchFixture, "Every entry gets one run, and a second run does nothing")
{
  CHECK(run(entries(40)) == BatchSummary{.graded = 40});
  CHECK(executed == 40);
  std::set<std::int64_t> runs;
  for (const BatchEntry& entry : stored()) {
    CHECK(entry.state == EntryState::graded);
    REQUIRE(entry.run);
    runs.insert(entry.run->value);
    CHECK(opened.load(*entry.run).value().submission.source == entry.repository);
  }
  CHECK(runs.size() == 40);
  CHECK(run(entries(40)) == BatchSummary{.earlier = 40});
  CHECK(executed == 40);
  CHECK(run(entries(41)) == BatchSummary{.graded = 1, .earlier = 40});
}

TEST_CASE_METHOD(BatchFixture, "A batch without entries ends at once")
{
  CHECK(run({}) == BatchSummary{});
}

TEST_CASE_METHOD(BatchFixture, "A network that refuses is asked again, and then it is no score")
{
  options.obtain = [this](const Submission& submission,
                          const intake::IntakeOptions&) -> Result<Snapshot> {
    const std::lock_guard lock(mutex);
    const int asked = ++obtained[submission.source];
    if (submission.source == "/inbox/c1" || (submission.source == "/inbox/c2" && asked < 3)) {
      return Error{ErrorCode::unavailable, "the host cannot be reached"};
    }
    if (submission.source == "/inbox/c3") {
      return Error{ErrorCode::not_found, "no such repository"};
    }
    return snapshot_of(submission.source);
  };
  CHECK(run(entries(4)) == BatchSummary{.graded = 2, .not_obtained = 2});
  CHECK(obtained["/inbox/c1"] == 3);
  CHECK(obtained["/inbox/c2"] == 3);
  CHECK(obtained["/inbox/c3"] == 1);
  const std::vector<BatchEntry> after = stored();
  CHECK(after[1].state == EntryState::not_obtained);
  CHECK(after[1].detail == "the host cannot be reached");
  CHECK_FALSE(after[1].run);
  CHECK(after[2].state == EntryState::graded);
  CHECK(after[3].detail == "no such repository");
  options.obtain = [](const Submission& submission, const intake::IntakeOptions&) {
    return snapshot_of(submission.source);
  };
  CHECK(run(after) == BatchSummary{.graded = 2, .earlier = 2});
}

TEST_CASE_METHOD(BatchFixture, "A fault of ours is tried again once and never becomes a score")
{
  std::atomic<int> asked{0};
  options.execute =
    [&](RunRecord& record, const Snapshot& snapshot, const Rubric&, const pipeline::GradeOptions&) {
      const std::string& source = snapshot.submission.source;
      if (source == "/inbox/c1" || (source == "/inbox/c2" && asked++ == 0)) {
        record.facts.execution.not_run = "Engine fault: the cell is gone";
      }
      if (source == "/inbox/c3") {
        throw std::logic_error("impossible");
      }
    };
  CHECK(run(entries(4)) == BatchSummary{.graded = 2, .engine_faults = 2});
  const std::vector<BatchEntry> after = stored();
  CHECK(after[1].state == EntryState::engine_fault);
  CHECK(after[1].detail == "the cell is gone");
  CHECK_FALSE(after[1].run);
  CHECK(after[2].state == EntryState::graded);
  CHECK(after[3].detail == "bug: impossible");
  CHECK(std::ranges::count(events, EventKind::repeating) == 3);
}

TEST_CASE_METHOD(BatchFixture, "Stopping keeps what is done and leaves the rest for the next run")
{
  std::atomic<bool> stop{false};
  options.stop = &stop;
  options.execute = [&](RunRecord&, const Snapshot&, const Rubric&, const pipeline::GradeOptions&) {
    if (++executed == 5) {
      stop = true;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{30});
  };
  const BatchSummary first = run(entries(60));
  CHECK(first.graded >= 5);
  CHECK(first.waiting > 0);
  CHECK(first.graded + first.waiting == 60);
  stop = false;
  options.stop = nullptr;
  const int before = executed;
  const BatchSummary second = run(entries(60));
  CHECK(second == BatchSummary{.graded = first.waiting, .earlier = first.graded});
  CHECK(executed - before == first.waiting);
}

TEST_CASE_METHOD(BatchFixture, "Obtaining never runs far ahead of executing")
{
  std::atomic<int> ahead{0};
  std::atomic<int> furthest{0};
  options.obtainers = 3;
  options.obtain = [&](const Submission& submission, const intake::IntakeOptions&) {
    const int now = ++ahead;
    int seen = furthest;
    while (now > seen && !furthest.compare_exchange_weak(seen, now)) {
    }
    return snapshot_of(submission.source);
  };
  options.execute = [&](RunRecord&, const Snapshot&, const Rubric&, const pipeline::GradeOptions&) {
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
    --ahead;
  };
  CHECK(run(entries(100)).graded == 100);
  // One in each obtainer's hand, a queue as long as there are workers, one in each worker's.
  CHECK(furthest <= 3 + 2 + 2);
}

TEST_CASE_METHOD(BatchFixture, "An entry whose run was deleted is graded again")
{
  run(entries(2));
  Batches batches(opened);
  std::vector<BatchEntry> after = stored();
  after[1].run.reset();
  CHECK(run(after) == BatchSummary{.graded = 1, .earlier = 1});
}

TEST_CASE_METHOD(BatchFixture, "A rubric that is not there is refused before anything is graded")
{
  std::vector<BatchEntry> wanted = entries(2);
  wanted[1].rubric = "other";
  const auto refused = run_batch(opened, wanted, rubrics, options, SystemClock{});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message == "row 3: there is no rubric \"other\"");
  CHECK(executed == 0);
}

TEST_CASE_METHOD(BatchFixture,
                 "A row that crashes the engine is set aside and the others are graded")
{
  const std::vector<BatchEntry> wanted = entries(8);
  const auto work = [&](const Guarded& guarded) {
    // A connection does not cross fork(2).
    Store own = Store::open(opened.path(), OpenMode::existing).value();
    options.jobs = 2;
    options.execute = [](RunRecord& record, const Snapshot&, const Rubric&, const auto&) {
      if (record.submission.source == "/inbox/c3") {
        std::signal(SIGSEGV, SIG_DFL);
        raise(SIGSEGV);
      }
    };
    // Those graded by a child that crashed are no longer waiting.
    const auto now = Batches(own).entries("autumn").value();
    const auto summary = run_batch_after(guarded, own, now, rubrics, options, SystemClock{});
    return summary && summary->engine_faults == 1 ? 6 : 1;
  };
  CHECK(run_guarded(work, 70) == 6);
  for (const BatchEntry& entry : stored()) {
    CAPTURE(entry.candidate, entry.detail);
    CHECK(entry.state == (entry.candidate == "c3" ? EntryState::engine_fault : EntryState::graded));
  }
}
