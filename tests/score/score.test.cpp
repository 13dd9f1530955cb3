// SPDX-License-Identifier: MIT
#include "engine/score/score.hpp"

#include "tests/support/catch.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

using namespace assay;

namespace {

CheckSpec check(const std::string& id, const std::string& category, std::int64_t hundredths)
{
  CheckSpec spec;
  spec.id = id;
  spec.category = category;
  spec.title = id;
  spec.points = {hundredths};
  return spec;
}

/// Two categories, 60 and 40 percent; bands at 85, 70, 50.
Rubric two_categories()
{
  Rubric rubric;
  rubric.categories = {{"models", "Models", 60, 1.0, {}}, {"queries", "Queries", 40, 0.7, {}}};
  rubric.checks = {check("models.a", "models", 70'00),
                   check("models.b", "models", 30'00),
                   check("queries.a", "queries", 33'33),
                   check("queries.b", "queries", 66'67)};
  rubric.bands = {{"strong", 85, {}}, {"good", 70, {}}, {"mixed", 50, {}}, {"weak", 0, {}}};
  return rubric;
}

Verdict decided(const std::string& id, double credit, double cap = 1.0)
{
  Verdict verdict;
  verdict.check = id;
  verdict.credit = credit;
  verdict.outcome = credit >= 0.995   ? Outcome::pass
                    : credit <= 0.005 ? Outcome::fail
                                      : Outcome::partial;
  verdict.earned = credit * cap;
  verdict.lost = 1 - credit;
  verdict.expected = credit * cap;
  return verdict;
}

Verdict unverified(const std::string& id, double guess = 0)
{
  Verdict verdict;
  verdict.check = id;
  verdict.expected = guess;
  return verdict;
}

Verdict not_applicable(const std::string& id)
{
  Verdict verdict;
  verdict.check = id;
  verdict.outcome = Outcome::not_applicable;
  return verdict;
}

IntegrityFlag flag(const std::string& id, const std::string& path)
{
  IntegrityFlag flag;
  flag.flag = id;
  flag.where.path = path;
  return flag;
}

Judgement all_at(const Rubric& rubric, double credit)
{
  Judgement judgement;
  for (const CheckSpec& spec : rubric.checks) {
    judgement.verdicts.push_back(decided(spec.id, credit));
  }
  return judgement;
}

Verdict random_verdict(const std::string& id, std::mt19937& random)
{
  std::uniform_real_distribution<double> share(0.0, 1.0);
  switch (std::uniform_int_distribution<int>(0, 4)(random)) {
  case 0:
    return unverified(id, share(random));
  case 1:
    return not_applicable(id);
  default:
    return decided(id, share(random), share(random));
  }
}

} // namespace

TEST_CASE("full credit everywhere is 100 and the best band")
{
  const Rubric rubric = two_categories();
  const Scorecard card = score::score(rubric, all_at(rubric, 1.0), {});
  CHECK(card.total == Interval{{100'00}, {100'00}, {100'00}});
  CHECK(card.band == "strong");
  CHECK_FALSE(card.needs_review);
}

TEST_CASE("categories count by their weight")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 1.0);
  judgement.verdicts[2] = decided("queries.a", 0);
  judgement.verdicts[3] = decided("queries.b", 0);
  CHECK(score::score(rubric, judgement, {}).total.point == Points{60'00});
}

TEST_CASE("what reading cannot establish widens the interval and is not lost")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 1.0);
  judgement.verdicts[2] = decided("queries.a", 1.0, 0.7);
  judgement.verdicts[3] = decided("queries.b", 1.0, 0.7);
  const Scorecard card = score::score(rubric, judgement, {});
  CHECK(card.checks[2].lost == Points{});
  CHECK(card.checks[2].earned == Points{23'33});
  CHECK(card.checks[2].undetermined == Points{10'00});
  CHECK(card.total == Interval{{88'00}, {88'00}, {100'00}});
  CHECK_FALSE(card.needs_review);
}

TEST_CASE("a check that does not apply gives its points to the others of its category")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 1.0);
  judgement.verdicts[0] = not_applicable("models.a");
  judgement.verdicts[1] = decided("models.b", 0.5);
  const Scorecard card = score::score(rubric, judgement, {});
  CHECK(card.checks[0].available == Points{});
  CHECK(card.categories[0].score.point == Points{50'00});
  CHECK(card.total.point == Points{70'00});
}

TEST_CASE("a category in which nothing applies gives its weight to the others")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 0.8);
  judgement.verdicts[2] = not_applicable("queries.a");
  judgement.verdicts[3] = not_applicable("queries.b");
  const Scorecard card = score::score(rubric, judgement, {});
  CHECK_FALSE(card.categories[1].applicable);
  CHECK(card.total.point == Points{80'00});
}

TEST_CASE("without a single determined point there is no band")
{
  const Rubric rubric = two_categories();
  Judgement judgement;
  for (const CheckSpec& spec : rubric.checks) {
    judgement.verdicts.push_back(unverified(spec.id, 0.5));
  }
  const Scorecard card = score::score(rubric, judgement, {});
  CHECK(card.band == "none");
  CHECK(card.total == Interval{{50'00}, {}, {100'00}});
  CHECK(card.needs_review);
}

TEST_CASE("a score on the border belongs to the better band")
{
  struct Row {
    double credit;
    std::string band;
  };

  const auto row = GENERATE(values<Row>({{0.85, "strong"},
                                         {0.8499, "good"},
                                         {0.70, "good"},
                                         {0.6999, "mixed"},
                                         {0.50, "mixed"},
                                         {0.4999, "weak"},
                                         {0.0, "weak"}}));
  CAPTURE(row.credit);
  const Rubric rubric = two_categories();
  CHECK(score::score(rubric, all_at(rubric, row.credit), {}).band == row.band);
}

TEST_CASE("a person is asked when the interval is wider than fifteen points")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 1.0);
  SECTION("exactly fifteen needs nobody")
  {
    judgement.verdicts[0] = decided("models.a", 1.0);
    judgement.verdicts[0].earned = 1.0 - 25.0 / 70.0;
    const Scorecard card = score::score(rubric, judgement, {});
    CHECK(card.total.high - card.total.low == Points{15'00});
    CHECK_FALSE(card.needs_review);
  }
  SECTION("more names the checks that are open")
  {
    judgement.verdicts[3] = unverified("queries.b", 0.5);
    const Scorecard card = score::score(rubric, judgement, {});
    REQUIRE(card.review_reasons.size() == 1);
    CHECK(card.review_reasons[0]
          == "the score lies between 73.33 and 100.00; most is open in queries.b");
  }
}

TEST_CASE(
  "weak matches, two readings and integrity flags ask for a person without changing the score")
{
  Rubric rubric = two_categories();
  EntitySpec user;
  user.id = "user";
  user.title = "User";
  rubric.entities.push_back(user);
  Judgement judgement = all_at(rubric, 0.9);
  ResolvedEntity& entity = judgement.resolution.entities["user"];
  entity.class_name = "app.Member";
  entity.weak = true;
  judgement.resolution.ambiguous = true;
  const std::vector<IntegrityFlag> flags = {flag("vendored_environment", "venv"),
                                            flag("vendored_environment", "env")};
  const Scorecard card = score::score(rubric, judgement, flags);
  CHECK(card.total.point == Points{90'00});
  CHECK(card.band == "strong");
  CHECK(card.needs_review);
  CHECK(card.review_reasons
        == std::vector<std::string>{"integrity: vendored_environment in venv",
                                    "it is not certain that app.Member is the User",
                                    "the entities can be read in more than one way"});
}

TEST_CASE("verdicts that do not belong to the rubric are a bug")
{
  const Rubric rubric = two_categories();
  Judgement judgement = all_at(rubric, 1.0);
  judgement.verdicts.pop_back();
  CHECK_THROWS_AS(score::score(rubric, judgement, {}), std::logic_error);
  judgement = all_at(rubric, 1.0);
  std::swap(judgement.verdicts[0], judgement.verdicts[1]);
  CHECK_THROWS_AS(score::score(rubric, judgement, {}), std::logic_error);
}

TEST_CASE("earned, lost and undetermined always make up what a check is worth")
{
  std::mt19937 random(20240611);
  std::uniform_int_distribution<std::int64_t> points(0, 100'00);
  for (int i = 0; i < 20'000; ++i) {
    const CheckSpec spec = check("models.a", "models", points(random));
    const Verdict verdict = random_verdict(spec.id, random);
    const ScoredCheck scored = score::score_check(spec, verdict);
    REQUIRE(scored.earned + scored.lost + scored.undetermined == scored.available);
    REQUIRE(scored.earned >= Points{});
    REQUIRE(scored.lost >= Points{});
    REQUIRE(scored.undetermined >= Points{});
    REQUIRE(scored.expected >= scored.earned);
    REQUIRE(scored.expected <= scored.earned + scored.undetermined);
  }
}

TEST_CASE("a decided verdict without a cap leaves nothing undetermined")
{
  std::mt19937 random(7);
  std::uniform_real_distribution<double> credit(0.0, 1.0);
  for (int i = 0; i < 5'000; ++i) {
    const CheckSpec spec =
      check("models.a", "models", std::uniform_int_distribution<int>(1, 40'00)(random));
    REQUIRE(score::score_check(spec, decided(spec.id, credit(random))).undetermined == Points{});
  }
}

TEST_CASE("the interval of the total contains its point")
{
  std::mt19937 random(11);
  const Rubric rubric = two_categories();
  for (int i = 0; i < 5'000; ++i) {
    Judgement judgement;
    for (const CheckSpec& spec : rubric.checks) {
      judgement.verdicts.push_back(random_verdict(spec.id, random));
    }
    const Interval total = score::score(rubric, judgement, {}).total;
    REQUIRE(total.low <= total.point);
    REQUIRE(total.point <= total.high);
    REQUIRE(total.low >= Points{});
    REQUIRE(total.high <= Points{100'00});
  }
}

TEST_CASE("raising one credit never lowers the total")
{
  std::mt19937 random(13);
  std::uniform_real_distribution<double> share(0.0, 1.0);
  const Rubric rubric = two_categories();
  for (int i = 0; i < 5'000; ++i) {
    Judgement judgement;
    for (const CheckSpec& spec : rubric.checks) {
      judgement.verdicts.push_back(random_verdict(spec.id, random));
    }
    const std::size_t which = std::uniform_int_distribution<std::size_t>(0, 3)(random);
    const double cap = share(random);
    const double lower = share(random);
    const double higher = lower + (1 - lower) * share(random);
    judgement.verdicts[which] = decided(rubric.checks[which].id, lower, cap);
    const Interval before = score::score(rubric, judgement, {}).total;
    judgement.verdicts[which] = decided(rubric.checks[which].id, higher, cap);
    const Interval after = score::score(rubric, judgement, {}).total;
    REQUIRE(after.point >= before.point);
    REQUIRE(after.low >= before.low);
    REQUIRE(after.high >= before.high);
  }
}
