// SPDX-License-Identifier: MIT
// Every example on the pages of the kinds is read and judged: what the pages show is what happens.
#include "engine/checks/catalogue.hpp"
#include "engine/checks/judge.hpp"
#include "engine/facts/extract.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <string>

using namespace assay;

namespace {

constexpr std::string_view k_place = "kind: KIND";

std::string to_string(Outcome outcome)
{
  switch (outcome) {
  case Outcome::pass:
    return "pass";
  case Outcome::partial:
    return "partial";
  case Outcome::fail:
    return "fail";
  case Outcome::unverified:
    return "unverified";
  case Outcome::not_applicable:
    return "not_applicable";
  }
  return "?";
}

/// The rubric of the examples with one check: this kind with the example's parameters.
checks::BoundRubric rubric_for(const checks::Kind& kind, const checks::Example& example)
{
  std::string text = test::read_text(std::string(ASSAY_SOURCE_DIR) + "/tests/checks/examples.yaml");
  std::string check = "kind: " + std::string(kind.id);
  const std::string params(example.params);
  const auto open = params.find('{');
  const auto close = params.rfind('}');
  if (open != std::string::npos && close > open + 1) {
    check += ", " + params.substr(open + 1, close - open - 1);
  }
  text.replace(text.find(k_place), k_place.size(), check);
  const auto rubric = rubric::parse_rubric(text, "examples.yaml");
  if (!rubric) {
    FAIL(rubric.error().message);
  }
  const auto bound = checks::bind(*rubric);
  if (!bound) {
    FAIL(bound.error().message);
  }
  return *bound;
}

Verdict judged(const checks::Kind& kind, const checks::Example& example)
{
  Snapshot snapshot;
  for (const checks::ExampleFile& file : example.files) {
    test::add_file(snapshot, std::string(file.path), std::string(file.text));
  }
  const checks::BoundRubric bound = rubric_for(kind, example);
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
        CHECK(to_string(verdict.outcome) == example.outcome);
      }
    }
  }
}
