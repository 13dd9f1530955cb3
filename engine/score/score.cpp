// SPDX-License-Identifier: MIT
#include "engine/score/score.hpp"

#include "engine/score/gates.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace assay::score {

namespace {

constexpr Points k_whole{100'00};
constexpr std::string_view k_no_band = "none";

struct Sums {
  Points available;
  Points earned;
  Points undetermined;
  Points expected;

  void add(const ScoredCheck& check)
  {
    available += check.available;
    earned += check.earned;
    undetermined += check.undetermined;
    expected += check.expected;
  }

  [[nodiscard]] Interval scaled_to(Points scale) const
  {
    return {scaled(expected, available, scale),
            scaled(earned, available, scale),
            scaled(earned + undetermined, available, scale)};
  }
};

CategoryScore score_category(const CategorySpec& spec, const std::vector<ScoredCheck>& checks)
{
  CategoryScore category;
  category.category = spec.id;
  category.title = spec.title;
  category.weight = spec.weight;
  Sums sums;
  for (const ScoredCheck& check : checks) {
    if (check.category == spec.id && check.applicable) {
      sums.add(check);
    }
  }
  category.applicable = sums.available > Points{};
  if (category.applicable) {
    category.score = sums.scaled_to(k_whole);
  }
  return category;
}

Points weighted(Points score, int weight)
{
  return {score.hundredths * weight};
}

Interval total_of(const std::vector<CategoryScore>& categories)
{
  Points point;
  Points low;
  Points high;
  Points weights;
  for (const CategoryScore& category : categories) {
    if (category.applicable) {
      point += weighted(category.score.point, category.weight);
      low += weighted(category.score.low, category.weight);
      high += weighted(category.score.high, category.weight);
      weights += Points{category.weight};
    }
  }
  if (weights == Points{}) {
    return {{}, {}, k_whole};
  }
  return {scaled(point, weights, {1}), scaled(low, weights, {1}), scaled(high, weights, {1})};
}

std::string band_of(const Rubric& rubric, const Scorecard& card)
{
  const bool determined = std::ranges::any_of(card.checks, [](const ScoredCheck& check) {
    return check.applicable && check.undetermined < check.available;
  });
  if (!determined) {
    return std::string(k_no_band);
  }
  for (const BandSpec& band : rubric.bands) {
    if (card.total.point.hundredths >= std::llround(band.at_least * 100.0)) {
      return band.id;
    }
  }
  return std::string(k_no_band);
}

std::string widest_checks(const Scorecard& card)
{
  std::vector<const ScoredCheck*> open;
  for (const ScoredCheck& check : card.checks) {
    if (check.undetermined > Points{}) {
      open.push_back(&check);
    }
  }
  std::ranges::stable_sort(open, [](const ScoredCheck* a, const ScoredCheck* b) {
    return a->undetermined > b->undetermined;
  });
  std::string names;
  for (std::size_t i = 0; i < std::min<std::size_t>(open.size(), 3); ++i) {
    names += (i == 0 ? "" : ", ") + open[i]->check;
  }
  return names;
}

void review_interval(Scorecard& card)
{
  if (card.total.high - card.total.low > k_widest_interval) {
    card.review_reasons.push_back(
      fmt::format("the score lies between {:.2f} and {:.2f}; most is open in {}",
                  card.total.low.value(),
                  card.total.high.value(),
                  widest_checks(card)));
  }
}

void review_resolution(const Rubric& rubric, const Resolution& resolution, Scorecard& card)
{
  for (const EntitySpec& spec : rubric.entities) {
    const auto found = resolution.entities.find(spec.id);
    if (found != resolution.entities.end() && found->second.weak) {
      const std::string& name =
        found->second.class_name.empty() ? found->second.table : found->second.class_name;
      card.review_reasons.push_back(fmt::format(
        "it is not certain that {} is the {}", name, spec.title.empty() ? spec.id : spec.title));
    }
  }
  if (resolution.ambiguous) {
    card.review_reasons.emplace_back("the entities can be read in more than one way");
  }
}

void review_integrity(std::span<const IntegrityFlag> flags, Scorecard& card)
{
  std::vector<std::string> seen;
  for (const IntegrityFlag& flag : flags) {
    if (std::ranges::find(seen, flag.flag) == seen.end()) {
      seen.push_back(flag.flag);
      const std::string place = flag.where.path.empty() ? "" : " in " + flag.where.path;
      card.review_reasons.push_back("integrity: " + flag.flag + place);
    }
  }
}

void review_gates(const Rubric& rubric, Scorecard& card)
{
  for (std::size_t i = 0; i < card.gates.size(); ++i) {
    if (card.gates[i].tripped && rubric.gates[i].needs_person) {
      card.review_reasons.push_back("gate " + card.gates[i].id + " needs a person to decide");
    }
  }
}

} // namespace

Points scaled(Points numerator, Points denominator, Points scale)
{
  return {(2 * numerator.hundredths * scale.hundredths + denominator.hundredths)
          / (2 * denominator.hundredths)};
}

ScoredCheck score_check(const CheckSpec& spec, const Verdict& verdict)
{
  ScoredCheck scored;
  scored.check = spec.id;
  scored.category = spec.category;
  if (verdict.outcome == Outcome::not_applicable) {
    scored.applicable = false;
    return scored;
  }
  scored.available = spec.points;
  scored.earned = std::min(spec.points.share(verdict.earned), spec.points);
  scored.lost = std::min(spec.points.share(verdict.lost), spec.points - scored.earned);
  scored.undetermined = spec.points - scored.earned - scored.lost;
  scored.expected = std::clamp(
    spec.points.share(verdict.expected), scored.earned, scored.earned + scored.undetermined);
  return scored;
}

Scorecard
score(const Rubric& rubric, const Judgement& judgement, std::span<const IntegrityFlag> flags)
{
  if (judgement.verdicts.size() != rubric.checks.size()) {
    throw std::logic_error("one verdict per check is needed");
  }
  Scorecard card;
  for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
    if (judgement.verdicts[i].check != rubric.checks[i].id) {
      throw std::logic_error("verdicts are not in the order of the rubric");
    }
    card.checks.push_back(score_check(rubric.checks[i], judgement.verdicts[i]));
  }
  for (const CategorySpec& spec : rubric.categories) {
    card.categories.push_back(score_category(spec, card.checks));
  }
  card.total = total_of(card.categories);
  card.gates = evaluate_gates(rubric, judgement, flags);
  card.band_before_gates = band_of(rubric, card);
  card.band = capped_band(rubric, card.band_before_gates, card.gates);
  review_gates(rubric, card);
  review_integrity(flags, card);
  review_resolution(rubric, judgement.resolution, card);
  review_interval(card);
  card.needs_review = !card.review_reasons.empty();
  return card;
}

} // namespace assay::score
