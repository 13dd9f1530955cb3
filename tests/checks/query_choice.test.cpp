// SPDX-License-Identifier: MIT
#include "engine/checks/query_choice.hpp"

#include "tests/support/catch.hpp"

#include <random>
#include <utility>

using namespace assay;
using checks::Choice;
using checks::QueryCheck;
using checks::Tally;

namespace {

using Answers = std::map<std::pair<std::size_t, Choice>, Verdict>;

std::vector<Choice> all_pairs(int callables)
{
  std::vector<Choice> choices;
  for (int first = 0; first < callables; ++first) {
    for (int second = 0; second < callables; ++second) {
      choices.push_back({{"first", std::to_string(first)}, {"second", std::to_string(second)}});
    }
  }
  return choices;
}

/// Four checks on one query each, three on both.
std::vector<QueryCheck> seven_checks()
{
  std::vector<QueryCheck> checks;
  for (std::size_t i = 0; i < 7; ++i) {
    checks.push_back({i, 1.0 + static_cast<double>(i % 3), 0.7, i < 4 ? 1UL : 2UL});
  }
  return checks;
}

/// What a check depends on: one of the queries, or both.
Choice relevant(const QueryCheck& check, const Choice& choice)
{
  if (check.queries == 2) {
    return choice;
  }
  const char* query = check.index % 2 == 0 ? "first" : "second";
  return {{query, choice.at(query)}};
}

Verdict random_verdict(std::mt19937& random)
{
  Verdict verdict;
  const int kind = std::uniform_int_distribution<int>(0, 5)(random);
  const double share = 0.1 * std::uniform_int_distribution<int>(0, 7)(random);
  verdict.outcome = kind == 0   ? Outcome::not_applicable
                    : kind == 1 ? Outcome::unverified
                                : Outcome::partial;
  verdict.expected = kind == 0 ? 0 : share;
  verdict.earned = kind <= 1 ? 0 : share;
  return verdict;
}

Answers random_answers(const std::vector<QueryCheck>& checks, const std::vector<Choice>& choices)
{
  static std::mt19937 random(99);
  Answers answers;
  for (const QueryCheck& check : checks) {
    for (const Choice& choice : choices) {
      const auto key = std::pair(check.index, relevant(check, choice));
      if (!answers.contains(key)) {
        answers.emplace(key, random_verdict(random));
      }
    }
  }
  return answers;
}

Tally tally_of(const std::vector<QueryCheck>& checks, const Choice& choice, const Answers& answers)
{
  Tally tally;
  for (const QueryCheck& check : checks) {
    tally.add(check.points, answers.at({check.index, relevant(check, choice)}));
  }
  return tally;
}

} // namespace

TEST_CASE("no combination pays more than the chosen one, however few are judged to the end")
{
  const std::vector<QueryCheck> checks = seven_checks();
  const std::vector<Choice> choices = all_pairs(5);
  for (int round = 0; round < 300; ++round) {
    const Answers answers = random_answers(checks, choices);
    const auto judge = [&](std::size_t index, const Choice& choice) -> const Verdict& {
      return answers.at({index, relevant(checks[index], choice)});
    };
    const Tally chosen = tally_of(checks, checks::choose_queries(checks, choices, judge), answers);
    for (const Choice& choice : choices) {
      const Tally other = tally_of(checks, choice, answers);
      REQUIRE(other.share() <= chosen.share() + 1e-9);
      if (other.share() > chosen.share() - 1e-9) {
        REQUIRE(other.sure_share() <= chosen.sure_share() + 1e-9);
      }
    }
  }
}

TEST_CASE("without combinations nothing is chosen")
{
  const Verdict verdict;
  const auto judge = [&](std::size_t, const Choice&) -> const Verdict& { return verdict; };
  CHECK(checks::choose_queries({{0, 1, 1, 1}}, {}, judge).empty());
  CHECK(checks::choose_queries({}, {Choice{}}, judge).empty());
}
