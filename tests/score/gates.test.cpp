// SPDX-License-Identifier: MIT
#include "engine/score/gates.hpp"

#include "engine/score/score.hpp"
#include "tests/support/catch.hpp"

#include <optional>
#include <string>
#include <vector>

using namespace assay;

namespace {

Rubric gated()
{
  Rubric rubric;
  rubric.categories = {{"queries", "Queries", 100, 1.0, {}}};
  for (const char* id : {"queries.constant", "queries.effective", "queries.rest"}) {
    CheckSpec spec;
    spec.id = id;
    spec.category = "queries";
    spec.points = id == std::string("queries.rest") ? Points{90'00} : Points{5'00};
    rubric.checks.push_back(spec);
  }
  rubric.bands = {{"strong", 85, {}}, {"good", 70, {}}, {"mixed", 50, {}}, {"weak", 0, {}}};
  GateSpec slow;
  slow.id = "n_plus_one";
  slow.when = {{"queries.constant", 0.25, ""}, {"queries.effective", 0.3, ""}};
  slow.cap = "mixed";
  GateSpec integrity;
  integrity.id = "integrity";
  integrity.when = {{"", 0, "any:cheat"}};
  integrity.needs_person = true;
  rubric.gates = {slow, integrity};
  rubric.flag_weights = {{"forged_output", "cheat"}, {"vendored_environment", "notice"}};
  return rubric;
}

Verdict at(const std::string& id, std::optional<double> credit)
{
  Verdict verdict;
  verdict.check = id;
  verdict.credit = credit;
  verdict.outcome = credit ? Outcome::partial : Outcome::unverified;
  verdict.earned = verdict.expected = credit.value_or(0.0);
  verdict.lost = credit ? 1 - *credit : 0;
  return verdict;
}

Judgement judged(std::optional<double> constant, std::optional<double> effective, double rest = 1.0)
{
  Judgement judgement;
  judgement.verdicts = {
    at("queries.constant", constant), at("queries.effective", effective), at("queries.rest", rest)};
  return judgement;
}

} // namespace

TEST_CASE("a gate trips when every condition holds, and only then")
{
  struct Row {
    std::string what;
    std::optional<double> constant;
    std::optional<double> effective;
    bool tripped;
    std::string band;
  };

  const auto row = GENERATE(values<Row>({
    {"both low", 0.0, 0.0, true, "mixed"},
    {"both on the border", 0.25, 0.3, true, "mixed"},
    {"one just above", 0.26, 0.3, false, "strong"},
    {"one high", 0.0, 1.0, false, "strong"},
    {"one not established", 0.0, std::nullopt, false, "strong"},
    {"none established", std::nullopt, std::nullopt, false, "strong"},
  }));
  CAPTURE(row.what);
  const Scorecard card = score::score(gated(), judged(row.constant, row.effective), {});
  CHECK(card.gates[0].tripped == row.tripped);
  CHECK(card.band == row.band);
  CHECK(card.band_before_gates == "strong");
}

TEST_CASE("a gate that cannot be decided says what is not established")
{
  const auto gates = score::evaluate_gates(gated(), judged(0.0, std::nullopt), {});
  CHECK(gates[0].reason == "not established: queries.effective could not be established");
}

TEST_CASE("a gate that a known credit rules out does not depend on what is open")
{
  const auto gates = score::evaluate_gates(gated(), judged(0.9, std::nullopt), {});
  CHECK_FALSE(gates[0].tripped);
  CHECK_THAT(gates[0].reason, !Catch::StartsWith("not established"));
}

TEST_CASE("a tripped gate never changes the number and never lifts the band")
{
  const Scorecard with = score::score(gated(), judged(0.0, 0.0, 0.3), {});
  CHECK(with.gates[0].tripped);
  CHECK(with.total.point == Points{27'00});
  CHECK(with.band == "weak");
}

TEST_CASE("a condition on a check that does not apply does not hold")
{
  Judgement judgement = judged(0.0, 0.0);
  judgement.verdicts[0].outcome = Outcome::not_applicable;
  judgement.verdicts[0].credit.reset();
  CHECK_FALSE(score::evaluate_gates(gated(), judgement, {})[0].tripped);
}

TEST_CASE("a flag of the named weight asks for a person and leaves the band alone")
{
  IntegrityFlag cheat;
  cheat.flag = "forged_output";
  cheat.where.path = "run.py";
  IntegrityFlag notice;
  notice.flag = "vendored_environment";
  const std::vector<IntegrityFlag> cheats = {cheat};
  const std::vector<IntegrityFlag> notices = {notice};
  const Scorecard card = score::score(gated(), judged(1.0, 1.0), cheats);
  CHECK(card.gates[1].tripped);
  CHECK(card.gates[1].reason == "forged_output in run.py");
  CHECK(card.band == "strong");
  CHECK(card.review_reasons.front() == "gate integrity needs a person to decide");
  CHECK_FALSE(score::score(gated(), judged(1.0, 1.0), notices).gates[1].tripped);
}
