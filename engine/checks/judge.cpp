// SPDX-License-Identifier: MIT
#include "engine/checks/judge.hpp"

#include "engine/checks/candidates.hpp"
#include "engine/checks/outcome.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace assay::checks {

namespace {

constexpr std::size_t k_max_resolutions = 3; // checks.md 3.6
constexpr double k_equal = 1e-9;

using Choice = std::map<std::string, std::string>; // query id -> ref

double points_of(const CheckSpec& spec)
{
  return static_cast<double>(spec.points.hundredths);
}

/// What the rubric would pay for a set of verdicts, as a share of the points that apply.
struct Tally {
  double applicable = 0;
  double expected = 0;
  double earned = 0;

  void add(double points, const Verdict& verdict)
  {
    if (verdict.outcome == Outcome::not_applicable) {
      return;
    }
    applicable += points;
    expected += points * verdict.expected;
    earned += points * verdict.earned;
  }

  [[nodiscard]] double share() const { return applicable > 0 ? expected / applicable : 0; }

  [[nodiscard]] double sure_share() const { return applicable > 0 ? earned / applicable : 0; }
};

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
        (bound_.checks[i].queries.size() == 1 ? single_ : several_).push_back(i);
      }
    }
    choose_queries();
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
                      circumstances_);
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

  double weighted_points(std::size_t index) const
  {
    const CheckSpec& spec = bound_.rubric.checks[index];
    const auto category =
      std::ranges::find(bound_.rubric.categories, spec.category, &CategorySpec::id);
    return points_of(spec)
           * (category == bound_.rubric.categories.end() ? 1.0
                                                         : static_cast<double>(category->weight));
  }

  void add(Tally& tally, const std::vector<std::size_t>& checks, const Choice& choice)
  {
    for (const std::size_t index : checks) {
      tally.add(weighted_points(index), verdict_under(index, choice));
    }
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

  struct Option {
    Choice choice;
    Tally single;
    double bound = 0; ///< no verdict of the remaining checks can lift the share above it
  };

  struct Rival {
    Tally tally;
    std::size_t callables = 0;
  };

  static std::size_t distinct(const Choice& choice)
  {
    std::set<std::string> refs;
    for (const auto& [query, ref] : choice) {
      refs.insert(ref);
    }
    return refs.size();
  }

  /// Checks on one callable are judged first; what they pay bounds what a combination can reach, so
  /// that the checks on several callables are evaluated for promising combinations only.
  void choose_queries()
  {
    double open_points = 0;
    for (const std::size_t index : several_) {
      open_points += weighted_points(index);
    }
    std::vector<Option> options;
    for (Choice& choice : combinations()) {
      Option option{std::move(choice), {}, 0};
      add(option.single, single_, option.choice);
      const double reachable = option.single.applicable + open_points;
      option.bound = reachable > 0 ? (option.single.expected + open_points) / reachable : 0;
      options.push_back(std::move(option));
    }
    std::ranges::stable_sort(options,
                             [](const Option& a, const Option& b) { return a.bound > b.bound; });
    std::optional<Rival> best;
    Choice chosen;
    for (const Option& option : options) {
      if (best && option.bound < best->tally.share() - k_equal) {
        break;
      }
      Rival rival{option.single, distinct(option.choice)};
      add(rival.tally, several_, option.choice);
      if (!best || is_better(rival, *best)) {
        best = rival;
        chosen = option.choice;
      }
    }
    resolution_.queries = chosen;
    for (const auto* group : {&single_, &several_}) {
      for (const std::size_t index : *group) {
        verdicts_[index] = verdict_under(index, chosen);
      }
    }
    resolution_.queries = chosen;
  }

  static bool is_better(const Rival& a, const Rival& b)
  {
    if (std::abs(a.tally.share() - b.tally.share()) > k_equal) {
      return a.tally.share() > b.tally.share();
    }
    if (std::abs(a.tally.sure_share() - b.tally.sure_share()) > k_equal) {
      return a.tally.sure_share() > b.tally.sure_share();
    }
    return a.callables > b.callables;
  }

  static constexpr std::size_t k_max_combinations = k_max_candidates * k_max_candidates;

  const Facts& facts_;
  const BoundRubric& bound_;
  Resolution resolution_;
  Circumstances circumstances_;
  std::vector<Verdict> verdicts_;
  std::vector<std::size_t> single_;
  std::vector<std::size_t> several_;
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
