// SPDX-License-Identifier: MIT
// Every example on the pages of the kinds is read and judged: what the pages show is what happens.
#include "engine/checks/catalogue.hpp"
#include "engine/checks/judge.hpp"
#include "engine/facts/extract.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/example_rubric.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <string>

using namespace assay;

namespace {

Verdict judged(const checks::Kind& kind, const checks::Example& example)
{
  Snapshot snapshot;
  for (const checks::ExampleFile& file : example.files) {
    test::add_file(snapshot, std::string(file.path), std::string(file.text));
  }
  const checks::BoundRubric bound = test::rubric_for(kind, example);
  const Facts facts = facts::read(snapshot);
  return checks::judge(facts, bound, facts::resolve(facts, bound.rubric)).verdicts.front();
}

} // namespace

TEST_CASE("every example on a kind's page is judged as the page says")
{
  for (const checks::Kind* kind : checks::catalogue()) {
    for (const checks::Example& example : kind->examples) {
      DYNAMIC_SECTION(kind->id << ": " << example.title)
      {
        const Verdict verdict = judged(*kind, example);
        CAPTURE(verdict.reason, verdict.confidence, verdict.credit.value_or(-1));
        CHECK(test::word_for(verdict.outcome) == example.outcome);
      }
    }
  }
}
