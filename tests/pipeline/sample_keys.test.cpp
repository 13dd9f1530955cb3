// SPDX-License-Identifier: MIT
// Every sample against its key: what an expert gives. Reading must never contradict a key where it
// is confident. ASSAY_TABLE=1 prints the whole comparison.
#include "engine/facts/extract.hpp"
#include "engine/pipeline/grade.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/memory_snapshot.hpp"
#include "tests/support/sample_key.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

using namespace assay;

namespace {

const std::filesystem::path k_samples = std::filesystem::path(ASSAY_SOURCE_DIR) / "samples";

std::vector<std::string> sample_names()
{
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(k_samples)) {
    if (std::filesystem::exists(entry.path() / "key.json")
        && !std::filesystem::exists(entry.path() / "rubric.txt")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

RunRecord grade_sample(const std::string& name)
{
  RunRecord record;
  record.facts = facts::read(test::folder_snapshot(k_samples / name / "repo"));
  pipeline::judge_record(record, test::blog_rubric());
  return record;
}

std::string shown(const nlohmann::json& credit)
{
  return credit.is_string() ? "n/a" : fmt::format("{:.2f}", credit.get<double>());
}

bool contradicts(const Verdict& verdict, const nlohmann::json& key)
{
  return verdict.outcome != Outcome::unverified && verdict.confidence >= 0.6
         && test::contradicts(verdict, key);
}

} // namespace

TEST_CASE("no confident verdict contradicts the key of a sample")
{
  const bool table = std::getenv("ASSAY_TABLE") != nullptr;
  int agreed = 0;
  int unverified = 0;
  int total = 0;
  for (const std::string& name : sample_names()) {
    const auto key = nlohmann::json::parse(test::read_text(k_samples / name / "key.json"));
    const auto open = test::known_open(k_samples / name, test::Judged::by_reading);
    const RunRecord record = grade_sample(name);
    if (table) {
      fmt::print("\n== {}: {:.1f} ({:.1f} to {:.1f}), key {:.1f}\n",
                 name,
                 record.scorecard.total.point.value(),
                 record.scorecard.total.low.value(),
                 record.scorecard.total.high.value(),
                 key["total"].get<double>());
    }
    for (const Verdict& verdict : record.judgement.verdicts) {
      const auto& expected = key["checks"][verdict.check]["credit"];
      const bool wrong =
        !open.contains(verdict.check) && contradicts(verdict, key["checks"][verdict.check]);
      ++total;
      unverified += verdict.outcome == Outcome::unverified ? 1 : 0;
      agreed += verdict.outcome != Outcome::unverified && !wrong ? 1 : 0;
      if (table && (wrong || verdict.outcome == Outcome::unverified)) {
        fmt::print("  {} {:<46} {:>5}  key {:>5}  {}\n",
                   wrong ? "!!" : "  ",
                   verdict.check,
                   test::shown(verdict),
                   shown(expected),
                   verdict.reason);
      }
      CAPTURE(name, verdict.check, test::shown(verdict), shown(expected), verdict.reason);
      CHECK_FALSE(wrong);
    }
    for (const auto& [role, expected] : key["entities"].items()) {
      const auto found = record.judgement.resolution.entities.find(role);
      CAPTURE(name, role);
      const std::string got =
        found == record.judgement.resolution.entities.end() ? "" : found->second.class_name;
      CHECK(got == (expected.is_null() ? std::string() : expected.get<std::string>()));
    }
  }
  if (table) {
    fmt::print("\n{} verdicts: {} agree, {} unverified, {} contradict\n",
               total,
               agreed,
               unverified,
               total - agreed - unverified);
  }
  CHECK(total > 0);
}
