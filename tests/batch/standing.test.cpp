// SPDX-License-Identifier: MIT
// What is said of a stored batch: places, reviews, tables, exports, other rubrics, other databases.
#include "engine/batch/standing.hpp"

#include "engine/batch/merge.hpp"
#include "engine/batch/regrade.hpp"
#include "engine/batch/shard.hpp"
#include "engine/batch/tables.hpp"
#include "engine/facts/extract.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "engine/store/batches.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <vector>

using namespace assay;
using namespace assay::batch;
using store::Batches;
using store::OpenMode;
using store::Reviews;
using store::Store;

namespace {

checks::BoundRubric tiny(const std::string& from = "", const std::string& to = "")
{
  Rubric rubric = rubric::load_rubric(ASSAY_SOURCE_DIR "/tests/rubric/tiny.yaml").value();
  for (CategorySpec& category : rubric.categories) {
    if (category.id == from) {
      category.weight -= 30;
      rubric.digest = "sha256:changed";
    } else if (category.id == to) {
      category.weight += 30;
    }
  }
  return checks::bind(rubric).value();
}

constexpr const char* k_good = R"(
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(80), unique=True, nullable=False)
)";
constexpr const char* k_plain = R"(
from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    title = Column(String(80))
)";

struct Graded {
  test::TemporaryFolder folder;
  Store opened = Store::open(folder / "results.db", OpenMode::create).value();

  /// A batch "autumn" of these candidates, "ana" with `text` as her models.
  void grade(const std::vector<std::pair<std::string, const char*>>& candidates)
  {
    std::vector<BatchEntry> wanted;
    for (const auto& [name, text] : candidates) {
      BatchEntry entry;
      entry.row = static_cast<int>(wanted.size()) + 2;
      entry.candidate = name;
      entry.name = "Name of " + name;
      entry.email = name + "@example.org";
      entry.repository = "https://example.org/" + name + "/books";
      entry.rubric = "tiny";
      entry.deadline = Instant{std::chrono::seconds{1000}};
      entry.extra = {{"team", "=red"}};
      wanted.push_back(entry);
    }
    const auto entries = Batches(opened).set_entries("autumn", wanted, Instant{}).value();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (candidates[i].second == nullptr) {
        REQUIRE(Batches(opened).save_failed(
          entries[i].id, EntryState::not_obtained, "gone: " + entries[i].repository, Instant{}));
        continue;
      }
      Snapshot snapshot = test::memory_snapshot({{"models.py", candidates[i].second}});
      snapshot.submission.source = entries[i].repository;
      snapshot.tree_digest = "sha256:" + std::to_string(i);
      snapshot.history.commits = 1;
      snapshot.history.committed_at = Instant{std::chrono::seconds{1000 + 7260}};
      RunRecord record = pipeline::read_record(snapshot, SystemClock{});
      pipeline::judge_record(record, tiny());
      REQUIRE(Batches(opened).save_graded(entries[i].id, record));
    }
  }

  std::vector<Standing> standings(Blind blind = Blind::no)
  {
    auto loaded = load_standings(opened, "autumn", blind).value();
    sort_standings(loaded);
    return loaded;
  }

  store::Review review(const std::string& check, std::optional<double> credit)
  {
    const Standing ana = standings().front();
    store::Review made;
    made.run = *ana.entry.run;
    made.source = ana.record->submission.source;
    made.check = check;
    made.credit = credit;
    made.reason = "explained it";
    made.reviewer = "Rita";
    const RunRecord stored = opened.load(made.run).value();
    for (const Verdict& verdict : stored.judgement.verdicts) {
      if (verdict.check == check) {
        made.basis_digest = store::basis_digest(verdict);
      }
    }
    REQUIRE(Reviews(opened).add(made));
    return made;
  }
};

Standing scored(int low, int point, int high)
{
  Standing standing;
  standing.record.emplace();
  standing.record->scorecard.band = "good";
  standing.record->scorecard.total = {Points{point * 100}, Points{low * 100}, Points{high * 100}};
  return standing;
}

} // namespace

TEST_CASE("A place says what the intervals allow")
{
  std::vector<Standing> standings{scored(70, 70, 70),
                                  scored(85, 90, 95),
                                  scored(88, 89, 90),
                                  scored(70, 70, 70),
                                  Standing{},
                                  scored(10, 10, 80)};
  sort_standings(standings);
  std::vector<std::string> found;
  for (const Place& place : places(standings)) {
    found.push_back(std::to_string(place.best) + "-" + std::to_string(place.worst));
  }
  CHECK(found == std::vector<std::string>{"1-2", "1-2", "3-5", "3-5", "3-5", "0-0"});
}

TEST_CASE_METHOD(Graded, "The ranking shows scores, and apart from them what has none")
{
  grade({{"ana", k_plain}, {"bruno", k_good}, {"carla\x1b[2J", nullptr}});
  const std::string text = render_rank(standings());
  CAPTURE(text);
  CHECK(text.find("bruno") < text.find("ana"));
  CHECK(text.find("1 commit: handed in at once; late by 2 h 1 min") != std::string::npos);
  CHECK(text.find("Without a score:\n  carla\\x1b[2J: not obtained: gone: ") != std::string::npos);
}

TEST_CASE_METHOD(Graded, "Credit given by a person counts, survives another rubric, and is flagged")
{
  grade({{"ana", k_plain}});
  const Points before = standings().front().record->scorecard.total.point;
  review("models.unique", 1.0);
  Standing ana = standings().front();
  CHECK(ana.record->scorecard.total.point > before);
  CHECK(ana.outdated.empty());
  CHECK(ana.reviews.size() == 1);
  // The stored run is what the engine said.
  CHECK(opened.load(*ana.entry.run).value().scorecard.total.point == before);

  const auto entries = Batches(opened).entries("autumn").value();
  const RegradeSummary summary =
    regrade(opened, entries, tiny("queries", "models"), 2, WithDiff::yes, SystemClock{}).value();
  CHECK(summary.changed == 1);
  const Standing again = standings().front();
  CHECK(again.entry.run != ana.entry.run);
  CHECK(again.reviews.size() == 1);
  CHECK(again.outdated.empty());

  // The same source, graded anew with other work: the check says something else.
  grade({{"ana", k_good}});
  CHECK(standings().front().outdated == std::vector<std::string>{"models.unique"});
  review("models.unique", std::nullopt);
  CHECK(standings().front().reviews.empty());
  CHECK(Reviews(opened).all().value().size() == 2);
}

TEST_CASE_METHOD(Graded, "Another rubric judges stored facts as grading with it would")
{
  grade({{"ana", k_plain}, {"bruno", k_good}, {"carla", nullptr}});
  const auto entries = Batches(opened).entries("autumn").value();
  const checks::BoundRubric changed = tiny("queries", "models");
  const RegradeSummary summary =
    regrade(opened, entries, changed, 2, WithDiff::yes, SystemClock{}).value();
  CHECK(summary.judged == 2);
  CHECK(summary.not_graded == 1);
  CHECK(summary.other_trials == 0);
  const auto judged = Batches(opened).entries("autumn").value();
  for (const BatchEntry& entry : judged) {
    if (!entry.run) {
      continue;
    }
    const RunRecord stored = opened.load(*entry.run).value();
    RunRecord fresh = stored;
    pipeline::judge_record(fresh, changed);
    CHECK(stored.scorecard == fresh.scorecard);
    CHECK(stored.judgement == fresh.judgement);
    CHECK(stored.rubric.digest == "sha256:changed");
    store::RunFilter of_candidate;
    of_candidate.source = entry.candidate;
    CHECK(opened.list(of_candidate).value().size() == 2);
  }
  // The same rubric again changes nothing and stores nothing.
  const auto after = Batches(opened).entries("autumn").value();
  CHECK(regrade(opened, after, changed, 1, WithDiff::no, SystemClock{}).value().changed == 0);
  CHECK(opened.list().value().size() == 4);
}

TEST_CASE_METHOD(Graded, "Facts without their fast copy are judged all the same")
{
  grade({{"ana", k_plain}, {"bruno", k_good}});
  SQLite::Database((folder / "results.db").string(), SQLite::OPEN_READWRITE)
    .exec("UPDATE packed_facts SET content = x'00', content_bytes = 7 WHERE facts_id = 1;"
          "DELETE FROM packed_facts WHERE facts_id = 2");
  const auto entries = Batches(opened).entries("autumn").value();
  CHECK(regrade(opened, entries, tiny(), 1, WithDiff::no, SystemClock{}).value().changed == 0);
}

TEST_CASE_METHOD(Graded, "A rubric of another id is left alone")
{
  grade({{"ana", k_plain}});
  checks::BoundRubric other = tiny();
  other.rubric.id = "other";
  const auto entries = Batches(opened).entries("autumn").value();
  const RegradeSummary summary =
    regrade(opened, entries, other, 1, WithDiff::no, SystemClock{}).value();
  CHECK(summary.judged == 0);
  CHECK(summary.other_rubric == 1);
}

TEST_CASE_METHOD(Graded, "Blind standings hold nothing that tells who it is")
{
  grade({{"ana", k_plain}, {"bruno", nullptr}});
  const std::vector<Standing> blind = standings(Blind::yes);
  for (const std::string& text : {render_rank(blind),
                                  render_stats(blind),
                                  render_compare(blind),
                                  render_export(blind, ExportFormat::csv),
                                  render_export(blind, ExportFormat::jsonl)}) {
    CAPTURE(text);
    for (const char* secret : {"ana", "bruno", "example.org", "=red"}) {
      CHECK(text.find(secret) == std::string::npos);
    }
  }
  CHECK(blind.front().entry.candidate == standings(Blind::yes).front().entry.candidate);
  CHECK(blind[0].entry.candidate != blind[1].entry.candidate);
}

TEST_CASE_METHOD(Graded, "Exports have every column, and spreadsheets calculate none")
{
  grade({{"ana", k_plain}, {"bruno", nullptr}});
  const std::string csv = render_export(standings(), ExportFormat::csv);
  std::istringstream lines(csv);
  std::string heading;
  std::string ana;
  std::getline(lines, heading);
  std::getline(lines, ana);
  CHECK(heading.starts_with("row,candidate,name,email,repository,ref,deadline,rubric,tags,state,"));
  CHECK(heading.find(",credit.models.unique,") != std::string::npos);
  CHECK(heading.ends_with(",extra.team"));
  CHECK(ana.starts_with("2,ana,Name of ana,ana@example.org,https://example.org/ana/books,"));
  CHECK(ana.ends_with(",\"'=red\""));
  CHECK(render_export(standings(), ExportFormat::excel).starts_with("\xef\xbb\xbfrow,"));
  std::istringstream records(render_export(standings(), ExportFormat::jsonl));
  std::set<std::size_t> sizes;
  for (std::string line; std::getline(records, line);) {
    const auto record = nlohmann::json::parse(line);
    sizes.insert(record.size());
    CHECK(record["late_seconds"].is_null() == record["run"].is_null());
  }
  CHECK(sizes.size() == 1);
}

TEST_CASE_METHOD(Graded, "Statistics tell which checks never say anything")
{
  grade({{"ana", k_plain}, {"bruno", k_good}, {"carla", k_good}});
  const std::string text = render_stats(standings());
  CAPTURE(text);
  CHECK(text.starts_with("3 scored: mean "));
  const auto line_of = [&](const std::string& check) {
    const auto at = text.find(check);
    return at == std::string::npos ? std::string() : text.substr(at, text.find('\n', at) - at);
  };
  CHECK(line_of("models.mapped").ends_with("never fires"));
  CHECK_FALSE(line_of("models.unique").empty());
  CHECK_FALSE(line_of("models.unique").ends_with("never fires"));
  CHECK(render_stats({}) == "No entry has a score.\n");
}

TEST_CASE_METHOD(Graded, "Databases of parts become one, and doing it twice changes nothing")
{
  grade({{"ana", k_plain}, {"bruno", k_good}, {"carla", nullptr}});
  review("models.unique", 0.5);
  const test::TemporaryFolder place;
  Store into = Store::open(place / "all.db", OpenMode::create).value();
  const MergeSummary first = merge(opened, into, SystemClock{}).value();
  CHECK(first.entries == 3);
  CHECK(first.taken == 3);
  CHECK(first.reviews == 1);
  const MergeSummary second = merge(opened, into, SystemClock{}).value();
  CHECK(second.taken + second.reviews + second.conflicts.size() == 0);
  auto merged = load_standings(into, "autumn", Blind::no).value();
  sort_standings(merged);
  CHECK(render_stats(merged) == render_stats(standings()));
  CHECK(merged.front().record->scorecard == standings().front().record->scorecard);

  const auto entries = Batches(opened).entries("autumn").value();
  REQUIRE(regrade(opened, entries, tiny("queries", "models"), 1, WithDiff::no, SystemClock{}));
  const MergeSummary third = merge(opened, into, SystemClock{}).value();
  CHECK(third.conflicts.size() == 2);
  CHECK(third.taken == 0);
}

TEST_CASE("Every entry belongs to one part, whatever the others are")
{
  std::vector<BatchEntry> entries(500);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    entries[i].candidate = "c" + std::to_string(i);
    entries[i].repository = "r" + std::to_string(i);
  }
  std::multiset<std::string> seen;
  for (std::uint64_t part = 1; part <= 7; ++part) {
    auto kept = entries;
    keep_shard(kept, {part, 7});
    CHECK(kept.size() > 40);
    for (const BatchEntry& entry : kept) {
      seen.insert(entry.candidate);
    }
  }
  CHECK(seen.size() == 500);
  CHECK(std::set<std::string>(seen.begin(), seen.end()).size() == 500);
  CHECK(parse_shard("3/8").value().count == 8);
  for (const char* wrong : {"", "3", "0/8", "9/8", "1/0", "a/b", "1/8x", "-1/8"}) {
    CAPTURE(wrong);
    CHECK_FALSE(parse_shard(wrong));
  }
}
