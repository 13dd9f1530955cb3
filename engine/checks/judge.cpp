// SPDX-License-Identifier: MIT
#include "engine/checks/judge.hpp"

#include "engine/checks/candidates.hpp"
#include "engine/checks/outcome.hpp"
#include "engine/checks/query_choice.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace assay::checks {

namespace {

constexpr std::size_t k_max_resolutions = 3; // checks.md 3.6
constexpr double k_equal = 1e-9;

double points_of(const CheckSpec& spec)
{
  return static_cast<double>(spec.points.hundredths);
}

double expected_total(const Rubric& rubric, const std::vector<Verdict>& verdicts)
{
  double total = 0;
  double weight = 0;
  for (const CategorySpec& category : rubric.categories) {
    Tally tally;
    for (std::size_t i = 0; i < rubric.checks.size(); ++i) {
      if (rubric.checks[i].category == category.id) {
        tally.add(points_of(rubric.checks[i]), verdicts[i]);
      }
    }
    if (tally.applicable > 0) {
      total += category.weight * tally.share();
      weight += category.weight;
    }
  }
  return weight > 0 ? total / weight : 0;
}

/// Judges one submission under one resolution.
class Session {
public:
  Session(const Facts& facts, const BoundRubric& bound, Resolution resolution)
    : facts_(facts),
      bound_(bound),
      resolution_(std::move(resolution)),
      circumstances_(circumstances_of(facts, resolution_)),
      verdicts_(bound.checks.size())
  {
  }

  Judgement run()
  {
    for (std::size_t i = 0; i < bound_.checks.size(); ++i) {
      if (bound_.checks[i].queries.empty()) {
        verdicts_[i] = evaluate(i, resolution_);
      } else {
        about_queries_.push_back(query_check(i));
      }
    }
    judge_queries();
    return {resolution_, std::move(verdicts_)};
  }

private:
  Verdict evaluate(std::size_t index, const Resolution& roles) const
  {
    const Subject subject{facts_, roles, bound_.rubric};
    const BoundCheck& check = bound_.checks[index];
    return to_verdict(bound_.rubric.checks[index],
                      check,
                      check.kind->evaluate(subject, check.params),
                      circumstances_,
                      roles.queries);
  }

  /// The verdict of a check about queries under `choice`; remembered by the callables it depends
  /// on.
  const Verdict& verdict_under(std::size_t index, const Choice& choice)
  {
    std::pair<std::size_t, Choice> key{index, {}};
    for (const std::string& query : bound_.checks[index].queries) {
      if (const auto found = choice.find(query); found != choice.end()) {
        key.second.insert(*found);
      }
    }
    const auto known = memory_.find(key);
    if (known != memory_.end()) {
      return known->second;
    }
    resolution_.queries = key.second; // a kind sees the queries it names and no others
    return memory_.emplace(std::move(key), evaluate(index, resolution_)).first->second;
  }

  QueryCheck query_check(std::size_t index) const
  {
    const CheckSpec& spec = bound_.rubric.checks[index];
    const auto category =
      std::ranges::find(bound_.rubric.categories, spec.category, &CategorySpec::id);
    const double weight = category == bound_.rubric.categories.end() ? 1.0 : category->weight;
    const bool only_read =
      facts_.queries.basis == Basis::reading && facts_.schema.basis == Basis::reading;
    const double ceiling = only_read && !spec.by_reading ? spec.static_cap : 1.0;
    return {index, points_of(spec) * weight, ceiling, bound_.checks[index].queries.size()};
  }

  /// Every combination of candidates, best ranked first; a query without candidates has no entry.
  std::vector<Choice> combinations() const
  {
    std::vector<Choice> choices = {{}};
    for (const QuerySpec& query : bound_.rubric.queries) {
      const auto candidates = rank_candidates(facts_, resolution_, bound_.rubric, query);
      if (candidates.empty()) {
        continue;
      }
      std::vector<Choice> next;
      for (const Choice& choice : choices) {
        for (const std::string& ref : candidates) {
          next.push_back(choice);
          next.back()[query.id] = ref;
          if (next.size() >= k_max_combinations) {
            break;
          }
        }
      }
      choices = std::move(next);
    }
    return choices;
  }

  void judge_queries()
  {
    const auto judge = [this](std::size_t index, const Choice& choice) -> const Verdict& {
      return verdict_under(index, choice);
    };
    const Choice chosen = choose_queries(about_queries_, combinations(), judge);
    for (const QueryCheck& check : about_queries_) {
      verdicts_[check.index] = verdict_under(check.index, chosen);
    }
    resolution_.queries = chosen;
  }

  static constexpr std::size_t k_max_combinations = k_max_candidates * k_max_candidates;

  const Facts& facts_;
  const BoundRubric& bound_;
  Resolution resolution_;
  Circumstances circumstances_;
  std::vector<Verdict> verdicts_;
  std::vector<QueryCheck> about_queries_;
  std::map<std::pair<std::size_t, Choice>, Verdict> memory_;
};

} // namespace

Judgement
judge(const Facts& facts, const BoundRubric& bound, const std::vector<Resolution>& resolutions)
{
  std::optional<Judgement> best;
  double best_total = 0;
  const std::vector<Resolution> none(1);
  const std::vector<Resolution>& readings = resolutions.empty() ? none : resolutions;
  for (std::size_t i = 0; i < std::min(readings.size(), k_max_resolutions); ++i) {
    Judgement judgement = Session(facts, bound, readings[i]).run();
    const double total = expected_total(bound.rubric, judgement.verdicts);
    if (!best || total > best_total + k_equal) {
      best_total = total;
      best = std::move(judgement);
    }
  }
  return std::move(*best);
}

} // namespace assay::checks
