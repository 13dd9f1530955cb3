// SPDX-License-Identifier: MIT
// Formats for tools: SARIF, JUnit, Markdown and GitLab's code quality.
#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_record.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <set>
#include <string>

using namespace assay;
using nlohmann::json;

namespace {

json sarif_of(const RunRecord& record, report::Audience audience = report::Audience::manager)
{
  report::RenderOptions options;
  options.audience = audience;
  return json::parse(report::render_sarif(record, options));
}

json result_of(const json& sarif, const std::string& rule)
{
  for (const json& result : sarif["runs"][0]["results"]) {
    if (result["ruleId"] == rule) {
      return result;
    }
  }
  return nullptr;
}

bool holds(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("The formats for tools look as approved")
{
  const RunRecord record = test::gated_record();
  test::check_golden("report/gated.sarif", report::render_sarif(record));
  test::check_golden("report/gated.junit.xml", report::render_junit(record));
  test::check_golden("report/gated.md", report::render_markdown(record));
  test::check_golden("report/gated.codequality.json", report::render_code_quality(record));
}

TEST_CASE("SARIF has a rule for every check and a result for every loss, flag and open question")
{
  const json sarif = sarif_of(test::gated_record());
  const json& run = sarif["runs"][0];
  CHECK(sarif["version"] == "2.1.0");
  std::set<std::string> rules;
  for (const json& rule : run["tool"]["driver"]["rules"]) {
    CHECK(rules.insert(rule["id"]).second);
    CHECK_FALSE(rule["help"]["text"].get<std::string>().empty());
  }
  CHECK(rules.size() == test::sample_checks().size() + 2);
  std::set<std::string> results;
  for (const json& result : run["results"]) {
    CAPTURE(result.dump());
    results.insert(result["ruleId"].get<std::string>());
    const auto index = result["ruleIndex"].get<std::size_t>();
    CHECK(run["tool"]["driver"]["rules"][index]["id"] == result["ruleId"]);
    CHECK(result["locations"].size() == 1);
    CHECK(result["partialFingerprints"]["assayRuleAndLine/v1"].get<std::string>().size() == 64);
  }
  CHECK(results
        == std::set<std::string>{"integrity.instructions_to_grader",
                                 "integrity.shadowed_library",
                                 "models.required-not-null",
                                 "models.user-identity-unique",
                                 "queries.posts-by-user-constant-statements",
                                 "relationships.post-tags-many-to-many"});
}

TEST_CASE("The points lost in SARIF sum to those of the total")
{
  double lost = 0;
  const json sarif = sarif_of(test::sample_record());
  for (const json& result : sarif["runs"][0]["results"]) {
    lost += result["properties"]["pointsLost"].get<double>();
  }
  CHECK(std::lround(lost * 100) == 10'000 - 8'015); // what the upper end of the interval leaves out
}

TEST_CASE("A result keeps its fingerprint when its line moves, not when it changes")
{
  const std::string rule = "models.user-identity-unique";
  RunRecord record = test::sample_record();
  const auto fingerprint = [&] {
    return result_of(sarif_of(record), rule)["partialFingerprints"].dump();
  };
  const std::string before = fingerprint();
  record.judgement.verdicts[1].evidence[0].where.line += 40;
  CHECK(fingerprint() == before);
  record.judgement.verdicts[1].evidence[0].where.text = "mail = Column(String(255))";
  CHECK(fingerprint() != before);
}

TEST_CASE("Regions of SARIF are whole and only say what is known")
{
  RunRecord record = test::sample_record();
  Location& where = record.judgement.verdicts[1].evidence[0].where;
  const auto physical = [&] {
    return result_of(sarif_of(record),
                     "models.user-identity-unique")["locations"][0]["physicalLocation"];
  };
  CHECK(physical()["region"]["startLine"] == 16);
  CHECK(physical()["region"]["startColumn"] == 5);
  where.text = "título = Column(String)";
  CHECK_FALSE(physical()["region"].contains("startColumn"));
  where.end_line = 20;
  CHECK(physical()["region"]["endLine"] == 20);
  where.line = 0;
  CHECK_FALSE(physical().contains("region"));
  where.path = "módulos/my models#1.py";
  CHECK(physical()["artifactLocation"]["uri"] == "m%C3%B3dulos/my%20models%231.py");
}

TEST_CASE("A finding without a place is shown at the first graded file")
{
  RunRecord record = test::sample_record();
  record.judgement.verdicts[4].evidence.clear();
  const json result = result_of(sarif_of(record), "relationships.post-tags-many-to-many");
  CHECK(result["locations"][0]["physicalLocation"].dump()
        == R"({"artifactLocation":{"uri":"app/models.py"}})");
  record.facts.files.clear();
  CHECK(result_of(sarif_of(record), "relationships.post-tags-many-to-many")["locations"].empty());
  CHECK_FALSE(holds(report::render_code_quality(record), "relationships.post-tags-many-to-many"));
}

TEST_CASE("A candidate is shown neither hidden checks nor signs of tampering")
{
  RunRecord record = test::gated_record();
  record.rubric.gates[2].when = {{"", 0, "any:cheat"}};
  record.rubric.checks[4].hidden = true;
  report::RenderOptions options;
  options.audience = report::Audience::candidate;
  for (const report::Format& format : report::k_formats) {
    if (format.id == "text" || format.id == "json") {
      continue; // one view each, the whole record
    }
    CAPTURE(format.id);
    const std::string whole = format.render(record, {});
    const std::string shown = format.render(record, options);
    CHECK(holds(whole, "Posts and tags are many-to-many"));
    CHECK_FALSE(holds(shown, "Posts and tags are many-to-many"));
    CHECK_FALSE(holds(shown, "the repository has a package of the library"));
    CHECK(holds(shown, "A login identity"));
  }
}

TEST_CASE("JUnit counts what it lists")
{
  const std::string xml = report::render_junit(test::sample_record());
  const auto count = [&](const std::string& part) {
    int found = 0;
    for (auto at = xml.find(part); at != std::string::npos; at = xml.find(part, at + 1)) {
      ++found;
    }
    return found;
  };
  CHECK(count("<testcase ") == 10);
  CHECK(count("<failure ") == 3);
  CHECK(count("<skipped ") == 2);
  CHECK(
    holds(xml, R"(name="assay sqlalchemy-blog" tests="10" failures="3" errors="0" skipped="2")"));
}

TEST_CASE("The summary stays below its limit and says what it leaves out")
{
  RunRecord record = test::gated_record();
  const Verdict verdict = record.judgement.verdicts[4];
  const ScoredCheck score = record.scorecard.checks[4];
  for (int i = 0; i < 400; ++i) {
    const std::string id = "relationships.more-" + std::to_string(i);
    record.judgement.verdicts.push_back(verdict);
    record.judgement.verdicts.back().check = id;
    record.judgement.verdicts.back().reason = std::string(5'000, '[');
    record.scorecard.checks.push_back(score);
    record.scorecard.checks.back().check = id;
    record.facts.integrity.push_back(
      {"shadowed_library", test::place(std::string(300, '@'), 1, ""), std::string(900, '@')});
    record.scorecard.review_reasons.emplace_back(900, '|');
  }
  const std::string summary = report::render_markdown(record);
  CHECK(summary.size() < 60'000);
  CHECK(holds(summary, " more\n"));
  CHECK(holds(summary, "<sub>assay 0.1.0"));
}

TEST_CASE("A record of which nothing is known can be shown in every format")
{
  for (const report::Format& format : report::k_formats) {
    CAPTURE(format.id);
    // A record without findings has no annotation.
    CHECK(format.render(RunRecord{}, {}).empty() == (format.id == "github-annotations"));
  }
}
