// SPDX-License-Identifier: MIT
#include "engine/similarity/passages.hpp"

#include <algorithm>
#include <unordered_map>

namespace assay::similarity {

namespace {

// Between two marks of a run: what most share was taken out, or a token differs.
constexpr std::uint32_t k_gap = 4;

struct Match {
  std::size_t a = 0;
  std::size_t b = 0;
};

struct Chain {
  std::vector<Match> matches;
};

bool follows(const Mark& before, const Mark& after)
{
  return before.file == after.file && before.position < after.position
         && after.position - before.position <= k_gap;
}

std::vector<Match> matches_of(std::span<const Mark> a, std::span<const Mark> b)
{
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < b.size(); ++i) {
    places[b[i].hash].push_back(i);
  }
  std::vector<Match> matches;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto found = places.find(a[i].hash);
    if (found != places.end()) {
      for (const std::size_t at : found->second) {
        matches.push_back({i, at});
      }
    }
  }
  return matches;
}

std::vector<Chain>
chains_of(std::span<const Mark> a, std::span<const Mark> b, const std::vector<Match>& matches)
{
  std::vector<Chain> chains;
  std::vector<std::size_t> open; // those that a later match may continue
  for (const Match& match : matches) {
    std::erase_if(open, [&](std::size_t index) {
      const Mark& last = a[chains[index].matches.back().a];
      return last.file != a[match.a].file || a[match.a].position - last.position > k_gap;
    });
    const auto fits = std::ranges::find_if(open, [&](std::size_t index) {
      const Match& last = chains[index].matches.back();
      return follows(a[last.a], a[match.a]) && follows(b[last.b], b[match.b]);
    });
    if (fits != open.end()) {
      chains[*fits].matches.push_back(match);
    } else {
      open.push_back(chains.size());
      chains.push_back({{match}});
    }
  }
  return chains;
}

} // namespace

std::vector<Run> common_runs(std::span<const Mark> a, std::span<const Mark> b, std::size_t least)
{
  std::vector<Chain> chains = chains_of(a, b, matches_of(a, b));
  std::ranges::stable_sort(
    chains, std::ranges::greater(), [](const Chain& chain) { return chain.matches.size(); });
  std::vector<bool> taken_a(a.size());
  std::vector<bool> taken_b(b.size());
  std::vector<Run> runs;
  for (Chain& chain : chains) {
    std::erase_if(chain.matches,
                  [&](const Match& match) { return taken_a[match.a] || taken_b[match.b]; });
    if (chain.matches.size() < least) {
      continue;
    }
    double weight = 0;
    for (const Match& match : chain.matches) {
      taken_a[match.a] = true;
      taken_b[match.b] = true;
      weight += a[match.a].weight;
    }
    const Match& first = chain.matches.front();
    const Match& last = chain.matches.back();
    runs.push_back({a[first.a], a[last.a], b[first.b], b[last.b], chain.matches.size(), weight});
  }
  std::ranges::stable_sort(runs, std::ranges::greater(), &Run::weight);
  return runs;
}

} // namespace assay::similarity
