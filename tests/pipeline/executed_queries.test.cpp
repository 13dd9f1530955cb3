// SPDX-License-Identifier: MIT
// The query code of samples, called: each check about queries must agree with the key. The whole
// comparison, with the statements counted: ASSAY_TABLE=1.
#include "engine/checks/bind.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/sample_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

using namespace assay;
namespace fs = std::filesystem;

namespace {

std::string describe_run(const DriveRun& run)
{
  std::string text = fmt::format(
    "    ({},{}) call {} walk {} claims {} rows {} | roots {} foreign {} repeated {} bare {} | "
    "leaves {} attached {} foreign {} whole {} cut {} |",
    run.roots,
    run.leaves,
    run.in_call,
    run.in_walk,
    run.in_claims,
    run.rows,
    run.roots_seen,
    run.roots_foreign,
    run.roots_repeated,
    run.bare_seen,
    run.leaves_seen,
    run.leaves_attached,
    run.leaves_foreign,
    run.roots_whole,
    run.roots_cut);
  for (const LateLoad& load : run.loads) {
    text += fmt::format(" {}{} x{} {}:{}",
                        load.refresh ? "refresh " : "",
                        load.relation,
                        load.count,
                        load.where.path,
                        load.where.line);
  }
  for (const RelationState& state : run.relations) {
    text += fmt::format(" [{} {}/{} unreachable {} {}]",
                        state.relation,
                        state.loaded,
                        state.objects,
                        state.unreachable,
                        state.error);
  }
  return text;
}

void print_runs(const RunRecord& record)
{
  const QueryRunFacts& facts = record.facts.query_runs;
  std::cout << "  " << (facts.ran ? "ran" : "not run: " + facts.not_run) << " in "
            << record.timings.execute_ms << " ms\n";
  for (const DrivenCallable& each : facts.callables) {
    std::string bound;
    for (const std::string& part : each.bound) {
      bound += (bound.empty() ? "" : ", ") + part;
    }
    std::cout << fmt::format("  {} outcome {} ({}) {}{}{} {} {} stale {}\n",
                             each.ref,
                             static_cast<int>(each.outcome),
                             bound,
                             each.asked ? "asked" : "",
                             each.printed ? " printed" : "",
                             each.without_sql ? " NO SQL" : "",
                             each.detail,
                             each.error.type + " " + each.error.message,
                             static_cast<int>(each.stale));
    for (const std::string& warning : each.warnings) {
      std::cout << "    " << warning.substr(0, 160) << "\n";
    }
    for (const DriveRun& run : each.runs) {
      std::cout << describe_run(run) << "\n";
    }
  }
  for (const auto& [query, ref] : record.judgement.resolution.queries) {
    std::cout << "  " << query << " = " << ref << "\n";
  }
}

std::string word_of(const std::optional<double>& credit)
{
  return credit ? fmt::format("{:.2f}", *credit) : "none";
}

} // namespace

// What was measured, on request; executed_samples.test.cpp holds the verdicts in every run.
TEST_CASE("called, the queries of every sample agree with its key")
{
  if (std::getenv("ASSAY_TABLE") == nullptr) {
    return;
  }
  const auto installation = probe::find_installation(fs::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  probe::Sandboxes sandboxes(*installation, "");
  if (const auto usual = sandboxes.fit({}); !usual) {
    WARN("not run: " << usual.error().message);
    return;
  }
  const bool table = std::getenv("ASSAY_TABLE") != nullptr;
  const auto rubric = checks::bind(
    rubric::load_rubric(fs::path(ASSAY_SOURCE_DIR) / "rubrics" / "sqlalchemy-blog" / "rubric.yaml")
      .value());
  REQUIRE(rubric);
  const char* const folder = std::getenv("ASSAY_SAMPLES");
  for (const auto& entry : fs::directory_iterator(
         folder == nullptr ? fs::path(ASSAY_SOURCE_DIR) / "samples" : fs::path(folder))) {
    if (!fs::exists(entry.path() / "key.json") || fs::exists(entry.path() / "rubric.txt")) {
      continue;
    }
    const auto key = nlohmann::json::parse(test::read_text(entry.path() / "key.json"));
    const auto open = test::known_open(entry.path(), test::Judged::when_run);
    Submission submission;
    submission.source = entry.path() / "repo";
    pipeline::GradeOptions options;
    options.intake.use_cache = intake::UseCache::no;
    options.sandboxes = &sandboxes;
    const auto record = pipeline::grade(submission, rubric.value(), options, SystemClock{});
    REQUIRE(record);
    if (table) {
      std::cout << "== " << entry.path().filename().string() << "\n";
      print_runs(*record);
    }
    for (const Verdict& verdict : record->judgement.verdicts) {
      if (!verdict.check.starts_with("queries.")) {
        continue;
      }
      const auto& wanted = key["checks"][verdict.check]["credit"];
      CAPTURE(entry.path().filename().string(),
              verdict.check,
              verdict.reason,
              word_of(verdict.credit),
              wanted);
      const bool agrees = open.contains(verdict.check)
                          || (verdict.outcome != Outcome::unverified
                              && !test::contradicts(verdict, key["checks"][verdict.check]));
      if (table && (!agrees || verdict.basis != Basis::observed)) {
        std::cout << fmt::format("  {} {} got {} key {} basis {}: {}\n",
                                 agrees ? "   " : "***",
                                 verdict.check,
                                 word_of(verdict.credit),
                                 wanted.dump(),
                                 static_cast<int>(verdict.basis),
                                 verdict.reason);
      }
      CHECK(agrees);
    }
  }
}
