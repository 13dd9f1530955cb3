// SPDX-License-Identifier: MIT
#include "engine/batch/progress.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace assay;
using namespace assay::batch;
using std::chrono::seconds;

namespace {

std::vector<BatchEntry> four_entries()
{
  std::vector<BatchEntry> entries(4);
  entries[0].candidate = "ana";
  entries[1].candidate = "bruno\x1b[2J";
  entries[2].candidate = "carla";
  entries[3].candidate = "dan";
  entries[3].run = RunId{1};
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].row = static_cast<int>(i) + 2;
  }
  return entries;
}

std::string named(const BatchEntry& entry)
{
  return entry.candidate;
}

} // namespace

TEST_CASE("The line of a terminal counts, estimates and names the slowest")
{
  const Progress::Ticks start{};
  const std::vector<BatchEntry> entries = four_entries();
  Progress progress(entries, named, start);
  CHECK(progress.line(start) == "1 of 4: 1 graded, 0 failed");
  progress.note({.kind = EventKind::executing, .entry = 0}, start);
  progress.note({.kind = EventKind::executing, .entry = 1}, start + seconds{1});
  CHECK(progress.line(start + seconds{5})
        == "1 of 4: 1 graded, 0 failed; 2 running; slowest ana (5 s)");
  progress.note({.kind = EventKind::graded, .entry = 0}, start + seconds{5});
  progress.note({.kind = EventKind::not_obtained, .entry = 2}, start + seconds{5});
  CHECK(
    progress.line(start + seconds{10})
    == "3 of 4: 2 graded, 1 failed; 1 running, 0.2 a second, 5 s left; slowest bruno\\x1b[2J (9 "
       "s)");
}

TEST_CASE("A log has one line for each result and for each trouble")
{
  const std::vector<BatchEntry> entries = four_entries();
  Progress progress(entries, named, {});
  const RunRecord record = test::sample_record();
  BatchEvent event{.kind = EventKind::graded, .entry = 0, .detail = "", .record = &record};
  progress.note(event, {});
  CHECK(progress.log_line(event) == "[2/4] ana: 71.5 " + record.scorecard.band);
  event.from_ledger = true;
  CHECK(progress.log_line(event).ends_with(" (unchanged: not executed again)"));
  CHECK(progress.log_line({.kind = EventKind::not_obtained, .entry = 1, .detail = "gone\n"})
        == "[2/4] bruno\\x1b[2J: not obtained: gone\\x0a");
  CHECK(progress.log_line({.kind = EventKind::executing, .entry = 1}).empty());
}

TEST_CASE("Events for programs always have all members")
{
  const std::vector<BatchEntry> entries = four_entries();
  Progress progress(entries, named, {});
  const RunRecord record = test::sample_record();
  const auto failed = nlohmann::json::parse(
    progress.json({.kind = EventKind::engine_fault, .entry = 1, .detail = "x"}));
  const auto graded = nlohmann::json::parse(progress.json(
    {.kind = EventKind::graded, .entry = 0, .detail = "", .record = &record, .run = RunId{7}}));
  CHECK(failed.size() == graded.size());
  CHECK(failed["event"] == "engine_fault");
  CHECK(failed["detail"] == "x");
  CHECK(failed["run"].is_null());
  CHECK(graded["candidate"] == "ana");
  CHECK(graded["run"] == 7);
  CHECK(graded["point"] == 71.55);
}

TEST_CASE("Durations are written for people")
{
  CHECK(duration_text(seconds{0}) == "0 s");
  CHECK(duration_text(seconds{59}) == "59 s");
  CHECK(duration_text(seconds{260}) == "4 min 20 s");
  CHECK(duration_text(seconds{7500}) == "2 h 5 min");
  CHECK(duration_text(seconds{100'000}) == "1 d 3 h");
}
