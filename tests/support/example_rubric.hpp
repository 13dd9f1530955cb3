// SPDX-License-Identifier: MIT
// Rubrics with a single check, for the examples on the pages of the kinds.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/checks/kind.hpp"
#include "engine/model/verdict.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <string>

namespace assay::test {

inline std::string word_for(Outcome outcome)
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
inline checks::BoundRubric rubric_for(const checks::Kind& kind, const checks::Example& example)
{
  std::string text = read_text(std::string(ASSAY_SOURCE_DIR) + "/tests/checks/examples.yaml");
  std::string check = "kind: " + std::string(kind.id);
  const std::string params(example.params);
  const auto open = params.find('{');
  const auto close = params.rfind('}');
  if (open != std::string::npos && close > open + 1) {
    check += ", " + params.substr(open + 1, close - open - 1);
  }
  const std::string place = "kind: KIND";
  text.replace(text.find(place), place.size(), check);
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

} // namespace assay::test
