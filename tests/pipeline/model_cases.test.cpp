// SPDX-License-Identifier: MIT
// tests/models: one file is one submission and what an expert gives it, for sound code that is
// easily misjudged and for faults that are easily missed. A case is graded by running it.
//
//   # what it is about
//   expect CHECK CREDIT            0 to 1, "unverified" or "n/a"
//   --- PATH
//   content of that file
#include "tests/support/case_file.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;

namespace {

struct ModelCase {
  std::string name;
  std::vector<std::pair<std::string, std::string>> expected;
  Snapshot snapshot;
};

ModelCase read_model_case(const fs::path& path)
{
  ModelCase found;
  const test::CaseFile file = test::read_case(path);
  found.name = file.name;
  for (const std::string_view line : file.head) {
    const std::size_t space = line.find(' ', 7);
    REQUIRE((line.starts_with("expect ") && space != std::string_view::npos));
    found.expected.emplace_back(line.substr(7, space - 7), line.substr(space + 1));
  }
  for (const auto& [name, text] : file.sections) {
    test::add_file(found.snapshot, name, text);
  }
  REQUIRE_FALSE(found.expected.empty());
  return found;
}

} // namespace

TEST_CASE("Models are judged by what they do when they run")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  const std::vector<fs::path> paths = test::case_paths(ASSAY_SOURCE_DIR "/tests/models");
  REQUIRE((test::only_case() != nullptr || paths.size() >= 30));
  const checks::BoundRubric& rubric = test::blog_rubric();
  for (const fs::path& path : paths) {
    const ModelCase model = read_model_case(path);
    const Facts facts = test::read_and_run(*sandboxes, model.snapshot, &rubric.rubric);
    const Judgement judgement = checks::judge(facts, rubric, facts::resolve(facts, rubric.rubric));
    for (const auto& [check, credit] : model.expected) {
      const auto verdict = std::ranges::find(judgement.verdicts, check, &Verdict::check);
      REQUIRE(verdict != judgement.verdicts.end());
      CAPTURE(model.name, check, verdict->reason, verdict->confidence, facts.execution.not_run);
      if (credit == "unverified") {
        CHECK(verdict->outcome == Outcome::unverified);
      } else if (credit == "n/a") {
        CHECK(verdict->outcome == Outcome::not_applicable);
      } else {
        REQUIRE(verdict->outcome != Outcome::unverified);
        CHECK(verdict->credit.value_or(-1) == Approx(std::stod(credit)).margin(0.01));
      }
    }
  }
}
