// SPDX-License-Identifier: MIT
#include "engine/similarity/pairs.hpp"

#include "engine/similarity/passages.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <unordered_map>
#include <unordered_set>

namespace assay::similarity {

namespace {

constexpr std::size_t k_least_run = 5; // marks of a passage: some 45 tokens, seven lines
constexpr std::size_t k_repeated = 6;  // what one submission repeats more often is nobody's mark
constexpr std::size_t k_least_shared = 16; // marks of a pair: tiny submissions have no more to say
constexpr std::size_t k_least_to_have_most = 4; // of fewer submissions, none is "most"

using Index = std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>;

/// Which submissions have a fingerprint, each once.
Index index_of(std::span<const TreeFingerprints> submissions)
{
  Index index;
  for (std::size_t i = 0; i < submissions.size(); ++i) {
    const auto number = static_cast<std::uint32_t>(i);
    for (const FileFingerprints& file : submissions[i].files) {
      for (const Fingerprint& mark : file.marks) {
        auto& holders = index[mark.hash];
        if (holders.empty() || holders.back() != number) {
          holders.push_back(number);
        }
      }
    }
  }
  return index;
}

void subtract(Index& index, std::span<const TreeFingerprints> starter, std::size_t submissions)
{
  for (const TreeFingerprints& tree : starter) {
    for (const FileFingerprints& file : tree.files) {
      for (const Fingerprint& mark : file.marks) {
        index.erase(mark.hash);
      }
    }
  }
  if (submissions >= k_least_to_have_most) {
    std::erase_if(index, [&](const auto& entry) { return entry.second.size() * 2 > submissions; });
  }
}

/// The rarer, the more it tells; as if there were some more submissions without it, so that in a
/// batch of two what both have still tells something.
double weight_of(std::size_t holders, std::size_t submissions)
{
  constexpr double k_others = 8;
  return std::log2((static_cast<double>(submissions) + k_others) / static_cast<double>(holders));
}

struct Marked {
  std::vector<Mark> marks;
  double weight = 0;
};

Marked marks_of(const TreeFingerprints& tree, const Index& index, std::size_t submissions)
{
  std::unordered_map<std::uint64_t, std::size_t> repeated;
  for (const FileFingerprints& file : tree.files) {
    for (const Fingerprint& mark : file.marks) {
      ++repeated[mark.hash];
    }
  }
  Marked marked;
  for (std::uint32_t file = 0; file < tree.files.size(); ++file) {
    const auto& all = tree.files[file].marks;
    for (std::uint32_t i = 0; i < all.size(); ++i) {
      const auto found = index.find(all[i].hash);
      if (found != index.end() && repeated[all[i].hash] <= k_repeated) {
        const double weight = weight_of(found->second.size(), submissions);
        marked.marks.push_back({all[i].hash, file, i, all[i].line, all[i].end_line, weight});
        marked.weight += weight;
      }
    }
  }
  return marked;
}

/// Of each pair (smaller index, larger index) how many different fingerprints both have.
std::unordered_map<std::uint64_t, std::uint32_t> shared_counts(const Index& index)
{
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  for (const auto& [hash, holders] : index) {
    for (std::size_t i = 0; i < holders.size(); ++i) {
      for (std::size_t j = i + 1; j < holders.size(); ++j) {
        ++counts[(std::uint64_t{holders[i]} << 32U) | holders[j]];
      }
    }
  }
  return counts;
}

Lines lines_of(const TreeFingerprints& tree, const Mark& first, const Mark& last)
{
  return {tree.files[first.file].path, first.line, last.end_line};
}

} // namespace

std::vector<Pair> similar_pairs(std::span<const TreeFingerprints> submissions,
                                std::span<const TreeFingerprints> starter,
                                const PairOptions& options)
{
  Index index = index_of(submissions);
  subtract(index, starter, submissions.size());
  std::vector<Marked> marked;
  for (const TreeFingerprints& tree : submissions) {
    marked.push_back(marks_of(tree, index, submissions.size()));
  }
  std::vector<Pair> pairs;
  for (const auto& [key, shared] : shared_counts(index)) {
    if (shared < k_least_shared) {
      continue;
    }
    Pair pair;
    pair.a = key >> 32U;
    pair.b = key & 0xffff'ffffU;
    double common = 0;
    std::size_t marks = 0;
    for (const Run& run : common_runs(marked[pair.a].marks, marked[pair.b].marks, k_least_run)) {
      common += run.weight;
      marks += run.marks;
      pair.passages.push_back({lines_of(submissions[pair.a], run.first_a, run.last_a),
                               lines_of(submissions[pair.b], run.first_b, run.last_b)});
    }
    pair.share_a = common / marked[pair.a].weight;
    pair.share_b = common / marked[pair.b].weight;
    if (marks >= k_least_shared && std::max(pair.share_a, pair.share_b) >= options.threshold) {
      pairs.push_back(std::move(pair));
    }
  }
  std::ranges::sort(pairs, [](const Pair& left, const Pair& right) {
    const double one = std::max(left.share_a, left.share_b);
    const double other = std::max(right.share_a, right.share_b);
    return one != other ? one > other : std::pair(left.a, left.b) < std::pair(right.a, right.b);
  });
  return pairs;
}

} // namespace assay::similarity
