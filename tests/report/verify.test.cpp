// SPDX-License-Identifier: MIT
#include "engine/report/verify.hpp"

#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"

using namespace assay;

namespace {

std::vector<std::string> places_of(const RunRecord& again)
{
  const auto comparison =
    report::compare(report::render_json(test::sample_record()), report::render_json(again));
  REQUIRE(comparison);
  CHECK(comparison->values > 150);
  std::vector<std::string> places;
  for (const report::Difference& each : comparison->differences) {
    places.push_back(each.place);
  }
  return places;
}

using Places = std::vector<std::string>;

} // namespace

TEST_CASE("A record equals itself, times and the way to the commit left out")
{
  RunRecord again = test::sample_record();
  CHECK(places_of(again) == Places{});
  again.timings.total_ms += 100;
  again.graded_at += std::chrono::hours{1};
  again.submission.ref.clear();
  again.submission.before = again.graded_at;
  again.submission.history.commits_after = 3;
  CHECK(places_of(again) == Places{});
}

TEST_CASE("Whatever else differs is named")
{
  RunRecord again = test::sample_record();
  again.scorecard.total.point = Points{7156};
  again.judgement.verdicts[1].reason = "another reason";
  again.judgement.verdicts[0].evidence.clear();
  again.execution.isolation = "L3";
  const std::string evidence = "checks[models.entities-present].evidence";
  // An empty list is a value of its own.
  CHECK(places_of(again)
        == Places{evidence + "[0].column",
                  evidence + "[0].end_line",
                  evidence + "[0].line",
                  evidence + "[0].note",
                  evidence + "[0].path",
                  evidence + "[0].text",
                  "checks[models.user-identity-unique].reason",
                  "environment.isolation",
                  "score.point",
                  evidence});
}

TEST_CASE("A record says what to grade again")
{
  RunRecord record = test::sample_record();
  record.submission.source = R"(C:\blog "of" ana)";
  const auto recorded = report::read_recorded(report::render_json(record));
  REQUIRE(recorded);
  CHECK(recorded->source == record.submission.source);
  CHECK(recorded->commit == record.submission.commit);
  CHECK(recorded->rubric == "sqlalchemy-blog");
  CHECK(recorded->rubric_digest == record.rubric.digest);
  CHECK(recorded->runtime.empty());
}

TEST_CASE("What is no record is refused")
{
  for (const char* text : {"", "[]", "{}", "{\"schema_version\": 2}", "{\"schema_version\": 1}"}) {
    CAPTURE(text);
    const auto recorded = report::read_recorded(text);
    REQUIRE_FALSE(recorded);
    CHECK(recorded.error().code == ErrorCode::invalid_input);
  }
}
