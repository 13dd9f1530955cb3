// SPDX-License-Identifier: MIT
#include "engine/checks/query_choice.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <span>

namespace assay::checks {

namespace {

constexpr double k_equal = 1e-9;

struct Rival {
  const Choice* choice = nullptr;
  Tally tally;
  std::size_t callables = 0;
};

std::size_t different_callables(const Choice& choice)
{
  std::set<std::string> refs;
  for (const auto& entry : choice) {
    refs.insert(entry.second);
  }
  return refs.size();
}

/// The most that `tally` can become when the `open` checks are judged: each either lifts the share
/// or turns out not to apply.
Tally reachable(Tally tally, std::span<const QueryCheck> open)
{
  std::vector<QueryCheck> by_ceiling(open.begin(), open.end());
  std::ranges::sort(by_ceiling, std::greater(), &QueryCheck::ceiling);
  Tally sure = tally;
  for (const QueryCheck& check : by_ceiling) {
    if (tally.applicable == 0 || check.ceiling > tally.share()) {
      tally.applicable += check.points;
      tally.expected += check.points * check.ceiling;
    }
    if (sure.applicable == 0 || check.ceiling > sure.sure_share()) {
      sure.applicable += check.points;
      sure.earned += check.points * check.ceiling;
    }
  }
  tally.earned = sure.sure_share() * tally.applicable;
  return tally;
}

bool is_better(const Rival& a, const Rival& b)
{
  if (std::abs(a.tally.share() - b.tally.share()) > k_equal) {
    return a.tally.share() > b.tally.share();
  }
  if (std::abs(a.tally.sure_share() - b.tally.sure_share()) > k_equal) {
    return a.tally.sure_share() > b.tally.sure_share();
  }
  return a.callables > b.callables;
}

} // namespace

void Tally::add(double points, const Verdict& verdict)
{
  if (verdict.outcome == Outcome::not_applicable) {
    return;
  }
  applicable += points;
  expected += points * verdict.expected;
  earned += points * verdict.earned;
}

Choice choose_queries(std::vector<QueryCheck> checks,
                      const std::vector<Choice>& combinations,
                      const std::function<const Verdict&(std::size_t index, const Choice&)>& judge)
{
  // Checks on one query are shared by many combinations and come first, then those that pay most.
  std::ranges::stable_sort(checks, [](const QueryCheck& a, const QueryCheck& b) {
    return a.queries != b.queries ? a.queries < b.queries : a.points > b.points;
  });
  const auto first_open = static_cast<std::size_t>(
    std::ranges::count_if(checks, [](const QueryCheck& check) { return check.queries == 1; }));
  const std::span<const QueryCheck> all(checks);
  std::vector<Rival> rivals;
  for (const Choice& choice : combinations) {
    Rival rival{&choice, {}, different_callables(choice)};
    for (const QueryCheck& check : all.first(first_open)) {
      rival.tally.add(check.points, judge(check.index, choice));
    }
    rivals.push_back(rival);
  }
  std::ranges::stable_sort(
    rivals, [](const Rival& a, const Rival& b) { return a.tally.share() > b.tally.share(); });
  std::optional<Rival> best;
  for (Rival rival : rivals) {
    bool promising = true;
    for (std::size_t i = first_open; i < all.size() && promising; ++i) {
      const Rival at_best{rival.choice, reachable(rival.tally, all.subspan(i)), rival.callables};
      promising = !best || is_better(at_best, *best);
      if (promising) {
        rival.tally.add(all[i].points, judge(all[i].index, *rival.choice));
      }
    }
    if (promising && (!best || is_better(rival, *best))) {
      best = rival;
    }
  }
  return best ? *best->choice : Choice{};
}

} // namespace assay::checks
