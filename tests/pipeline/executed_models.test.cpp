// SPDX-License-Identifier: MIT
// What running shows of models against what an expert reads in the same files: the cases of
// tests/facts/schema, and the examples on the pages of the kinds.
#include "engine/base/text.hpp"
#include "engine/checks/catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/example_rubric.hpp"
#include "tests/support/executed.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <string>
#include <vector>

using namespace assay;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> schema_cases()
{
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(ASSAY_SOURCE_DIR "/tests/facts/schema")) {
    if (entry.is_directory()) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

} // namespace

TEST_CASE("Running the models shows what an expert reads in them")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  int ran = 0;
  for (const fs::path& folder : schema_cases()) {
    const Facts facts = test::read_and_run(*sandboxes, test::folder_snapshot(folder));
    CAPTURE(folder.filename().string(), facts.execution.not_run, facts.execution.stopped);
    CHECK(facts.execution.ran);
    ran += facts.schema.basis == Basis::observed ? 1 : 0;
    for (const Evidence& disagreement : facts.schema.disagreements) {
      CAPTURE(disagreement.where.path, disagreement.where.line);
      FAIL_CHECK(disagreement.note);
    }
  }
  CHECK(ran >= 30); // the others do not import, on purpose
}

TEST_CASE("The examples of the kinds are judged the same when they are run")
{
  auto sandboxes = test::open_sandboxes();
  if (!sandboxes) {
    return;
  }
  for (const checks::Kind* kind : checks::catalogue()) {
    for (const checks::Example& example : kind->examples) {
      Snapshot snapshot;
      for (const checks::ExampleFile& file : example.files) {
        test::add_file(snapshot, std::string(file.path), std::string(file.text));
      }
      const checks::BoundRubric bound = test::rubric_for(*kind, example);
      const Facts facts = test::read_and_run(*sandboxes, snapshot);
      const Verdict verdict =
        checks::judge(facts, bound, facts::resolve(facts, bound.rubric)).verdicts.front();
      CAPTURE(kind->id, example.title, verdict.reason, verdict.confidence);
      if (example.outcome != "unverified") {
        CHECK(test::word_for(verdict.outcome) == example.outcome);
      }
    }
  }
}
