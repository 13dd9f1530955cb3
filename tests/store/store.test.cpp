// SPDX-License-Identifier: MIT
#include "engine/store/store.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"
#include "tests/support/sample_record.hpp"
#include "tests/support/temporary_folder.hpp"

#include <SQLiteCpp/Database.h>

#include <functional>
#include <limits>

using namespace assay;
using store::OpenMode;
using store::Store;

namespace {

struct Fixture {
  test::TemporaryFolder folder;
  std::filesystem::path path = folder / "results.db";
  Store opened = Store::open(path, OpenMode::create).value();

  RunId save(const RunRecord& record) { return opened.save(record).value(); }

  int count(const std::string& table) const
  {
    SQLite::Database database(path.string());
    return database.execAndGet("SELECT count(*) FROM " + table).getInt();
  }
};

RunRecord record_of(const std::string& source, const std::string& commit = "")
{
  RunRecord record = test::sample_record();
  record.submission.source = source;
  record.submission.commit = commit;
  return record;
}

std::vector<std::int64_t> ids(const Result<std::vector<RunSummary>>& runs)
{
  std::vector<std::int64_t> numbers;
  for (const RunSummary& run : runs.value()) {
    numbers.push_back(run.id.value);
  }
  return numbers;
}

using Ids = std::vector<std::int64_t>;

} // namespace

TEST_CASE_METHOD(Fixture, "A run comes back equal")
{
  const auto record =
    GENERATE(as<RunRecord>(), test::sample_record(), test::gated_record(), RunRecord{});
  const RunId id = save(record);
  CHECK(opened.load(id).value() == record);
}

TEST_CASE_METHOD(
  Fixture, "A run with something in every member comes back equal, also through another connection")
{
  const auto record = test::filled<RunRecord>();
  const RunId id = save(record);
  CHECK(opened.load(id).value() == record);
  CHECK(Store::open(path, OpenMode::read_only).value().load(id).value() == record);
}

TEST_CASE_METHOD(Fixture, "Text that is not UTF-8 and numbers that are none are stored harmlessly")
{
  RunRecord record = test::sample_record();
  record.submission.source = "file:///tmp/caf\xE9";
  record.submission.skipped[0].path = "\xFF\xFE";
  record.judgement.verdicts[0].reason = std::string("a\0b\xC3", 4);
  record.judgement.verdicts[0].confidence = std::numeric_limits<double>::quiet_NaN();
  record.submission.history.committed_at = Instant{std::chrono::seconds{std::int64_t{1} << 60}};

  const RunRecord back = opened.load(save(record)).value();

  CHECK(back.submission.source == "file:///tmp/caf\xEF\xBF\xBD");
  CHECK(back.submission.skipped[0].path == "\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(back.judgement.verdicts[0].reason == std::string("a\0b\xEF\xBF\xBD", 6));
  CHECK(back.judgement.verdicts[0].confidence == 0);
  CHECK(to_iso8601(*back.submission.history.committed_at) == "9999-12-31T23:59:59Z");
  CHECK(save(record) == RunId{2});
}

TEST_CASE_METHOD(Fixture, "What runs share stands once")
{
  RunRecord record = test::sample_record();
  save(record);
  record.graded_at += std::chrono::seconds{5};
  save(record);
  CHECK(count("runs") == 2);
  CHECK(count("facts") == 1);
  CHECK(count("rubrics") == 1);
  CHECK(count("submissions") == 1);
  CHECK(count("candidates") == 1);

  record.rubric.checks[0].points = Points{4100};
  record.facts.style.query_functions = 9;
  record.submission.history.commits_after = 3;
  const RunId third = save(record);
  CHECK(count("facts") == 2);
  CHECK(count("rubrics") == 2);
  CHECK(count("submissions") == 2);
  CHECK(count("candidates") == 1);
  CHECK(opened.load(third).value() == record);
  CHECK(opened.load(RunId{1}).value() == test::sample_record());
}

TEST_CASE_METHOD(Fixture, "The same rubric under two paths keeps each run's path")
{
  RunRecord record = test::sample_record();
  save(record);
  record.rubric.path = "/usr/share/assay/rubrics/sqlalchemy-blog/rubric.yaml";
  const RunId second = save(record);
  CHECK(count("rubrics") == 1);
  CHECK(opened.load(second).value() == record);
}

TEST_CASE_METHOD(Fixture, "Facts are found again by tree and by how they came about")
{
  const RunRecord record = test::sample_record();
  save(record);
  CHECK(opened.facts(record.submission.tree_digest).value() == record.facts);
  CHECK(opened.facts("sha256:other").value() == std::nullopt);

  RunRecord executed = record;
  executed.execution.runtime = "python3.13";
  CHECK(opened.facts(record.submission.tree_digest, executed.execution).value() == std::nullopt);
  executed.facts.schema.basis = Basis::observed;
  save(executed);
  CHECK(opened.facts(record.submission.tree_digest, executed.execution).value() == executed.facts);
  CHECK(opened.facts(record.submission.tree_digest).value() == record.facts);
}

TEST_CASE_METHOD(Fixture, "Of several facts of one tree the newest are given")
{
  RunRecord record = test::sample_record();
  save(record);
  record.facts.style.query_functions = 42;
  save(record);
  CHECK(opened.facts(record.submission.tree_digest).value() == record.facts);
}

TEST_CASE_METHOD(Fixture, "Facts of another version of their shape are not given")
{
  RunRecord record = test::sample_record();
  record.facts.version += 1;
  save(record);
  CHECK(opened.facts(record.submission.tree_digest).value() == std::nullopt);
}

TEST_CASE_METHOD(Fixture, "A run that is not there is not found")
{
  const auto missing = opened.load(RunId{7});
  REQUIRE_FALSE(missing);
  CHECK(missing.error() == Error{ErrorCode::not_found, "there is no run 7"});
}

TEST_CASE_METHOD(Fixture, "A list shows the newest first, with what is needed to choose")
{
  save(test::sample_record());
  save(test::gated_record());

  const auto runs = opened.list().value();

  REQUIRE(runs.size() == 2);
  const RunRecord record = test::gated_record();
  CHECK(runs[0]
        == RunSummary{RunId{2},
                      record.graded_at,
                      record.submission.source,
                      "main",
                      record.submission.commit,
                      record.submission.tree_digest,
                      "sqlalchemy-blog",
                      "1",
                      "0.1.0",
                      record.scorecard.total,
                      "mixed",
                      true,
                      2,
                      2});
  CHECK(runs[1].id == RunId{1});
  CHECK(runs[1].gates_tripped == 0);
  CHECK(runs[1].integrity_flags == 1);
}

TEST_CASE_METHOD(Fixture, "A list can be restricted")
{
  RunRecord record = record_of("https://example.org/Ana/blog", "abcd" + std::string(36, '0'));
  save(record);
  save(record_of("https://example.org/bruno/blog", "ffff" + std::string(36, '1')));
  record.scorecard.band = "weak";
  record.scorecard.needs_review = false;
  record.rubric.id = "other";
  record.graded_at += std::chrono::hours{1};
  save(record);
  const Instant first = test::sample_record().graded_at;

  struct Row {
    const char* what;
    std::function<void(store::RunFilter&)> restrict;
    Ids expected;
  };

  const auto row = GENERATE_REF(values<Row>({
    {"nothing", [](auto&) {}, {3, 2, 1}},
    {"limit", [](auto& filter) { filter.limit = 2; }, {3, 2}},
    {"part of the source in any case", [](auto& filter) { filter.source = "ANA/"; }, {3, 1}},
    {"percent is a plain letter", [](auto& filter) { filter.source = "%"; }, {}},
    {"commit prefix", [](auto& filter) { filter.commit = "ABCD"; }, {3, 1}},
    {"a commit's middle is no prefix", [](auto& filter) { filter.commit = "bcd"; }, {}},
    {"band", [](auto& filter) { filter.band = "weak"; }, {3}},
    {"rubric", [](auto& filter) { filter.rubric_id = "sqlalchemy-blog"; }, {2, 1}},
    {"review", [](auto& filter) { filter.needs_review = true; }, {2, 1}},
    {"no review", [](auto& filter) { filter.needs_review = false; }, {3}},
    {"since", [first](auto& filter) { filter.since = first + std::chrono::seconds{1}; }, {3}},
    {"until", [first](auto& filter) { filter.until = first; }, {2, 1}},
  }));
  CAPTURE(row.what);
  store::RunFilter filter;
  row.restrict(filter);
  CHECK(ids(opened.list(filter)) == row.expected);
}

TEST_CASE_METHOD(Fixture, "The latest run is counted per source, ref and rubric")
{
  RunRecord record = test::sample_record();
  save(record);
  save(record);
  record.submission.ref = "final";
  save(record);
  record.rubric.id = "other";
  save(record);
  save(record_of("elsewhere"));
  store::RunFilter filter;
  filter.latest_only = true;
  CHECK(ids(opened.list(filter)) == Ids{5, 4, 3, 2});
}

TEST_CASE_METHOD(Fixture,
                 "A run is found by number, commit prefix, source or the source's last part")
{
  save(record_of("https://example.org/ana/blog.git", "1234" + std::string(36, 'a')));
  save(record_of("git@example.org:bruno/tarea", "beef" + std::string(36, 'b')));
  save(record_of("https://example.org/carla/blog", "beef" + std::string(36, 'c')));
  save(record_of("/home/me/my-blog"));

  struct Row {
    std::string text;
    Ids expected;
  };

  const auto row = GENERATE(values<Row>({
    {"2", {2}},
    {"1234", {1}},
    {"BEEF", {3, 2}},
    {"beefb", {2}},
    {"bee", {}},
    {"https://example.org/ana/blog.git", {1}},
    {"blog", {3, 1}},
    {"blog.git", {3, 1}},
    {"tarea", {2}},
    {"/home/me/my-blog", {4}},
    {"my-blog", {4}},
    {"my-blog/", {4}},
    {"99", {}},
    {"", {}},
    {"%", {}},
    {"' OR 1=1 --", {}},
  }));
  CAPTURE(row.text);
  CHECK(ids(opened.find(row.text)) == row.expected);
}

TEST_CASE_METHOD(Fixture, "One run is meant when all that are found graded the same source")
{
  save(record_of("https://example.org/ana/blog"));
  save(record_of("https://example.org/ana/blog"));
  CHECK(opened.find_one("blog").value().id == RunId{2});

  save(record_of("https://example.org/bruno/blog"));
  const auto ambiguous = opened.find_one("blog");
  REQUIRE_FALSE(ambiguous);
  CHECK(ambiguous.error()
        == Error{ErrorCode::invalid_input,
                 "\"blog\" names runs of 2 sources: https://example.org/ana/blog, "
                 "https://example.org/bruno/blog"});

  const auto missing = opened.find_one("no\x1bsuch");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().message.find('\x1b') == std::string::npos);
}
