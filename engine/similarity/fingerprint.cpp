// SPDX-License-Identifier: MIT
#include "engine/similarity/fingerprint.hpp"

#include "engine/similarity/structure.hpp"

#include <algorithm>

namespace assay::similarity {

namespace {

constexpr std::size_t k_run = 20;    // tokens of a fingerprint: one or two statements
constexpr std::size_t k_window = 10; // of each so many runs one is kept: 29 equal tokens are found
constexpr std::size_t k_different = 6; // in a run; data written as lists has fewer
constexpr std::uint64_t k_kept_bits = 0xffff'ffff'ffffU;

/// Spreads a number over 64 bits. Source: Steele, Lea, Flood: Fast Splittable Pseudorandom Number
/// Generators, OOPSLA 2014 (the finaliser of SplitMix64).
std::uint64_t spread(std::uint64_t number)
{
  number = (number ^ (number >> 30U)) * 0xbf58476d1ce4e5b9U;
  number = (number ^ (number >> 27U)) * 0x94d049bb133111ebU;
  return number ^ (number >> 31U);
}

/// 0 for a run that says nothing.
std::uint64_t hash_of(std::span<const Code> run)
{
  std::uint64_t hash = 0;
  std::array<std::uint64_t, k_different> seen{};
  std::size_t different = 0;
  for (const Code& code : run) {
    hash = spread(hash * 0x9e3779b97f4a7c15U + code.value);
    const auto end = seen.begin() + static_cast<std::ptrdiff_t>(different);
    if (different < k_different && std::find(seen.begin(), end, code.value) == end) {
      seen[different++] = code.value;
    }
  }
  return different < k_different ? 0 : std::max<std::uint64_t>(1, hash & k_kept_bits);
}

/// The smallest hash of each window, the last one where several are smallest.
std::vector<Fingerprint> winnow(const std::vector<Code>& codes)
{
  std::vector<Fingerprint> runs;
  for (std::size_t i = 0; i + k_run <= codes.size(); ++i) {
    const auto run = std::span(codes).subspan(i, k_run);
    if (const std::uint64_t hash = hash_of(run); hash != 0) {
      runs.push_back({hash, run.front().line, run.back().end_line});
    }
  }
  std::vector<Fingerprint> kept;
  std::size_t last = runs.size();
  const std::size_t windows =
    runs.empty() ? 0 : std::max<std::size_t>(runs.size(), k_window) - k_window + 1;
  for (std::size_t i = 0; i < windows; ++i) {
    std::size_t least = i;
    for (std::size_t j = i; j < std::min(i + k_window, runs.size()); ++j) {
      least = runs[j].hash <= runs[least].hash ? j : least;
    }
    if (least != last) {
      kept.push_back(runs[least]);
      last = least;
    }
  }
  return kept;
}

} // namespace

TreeFingerprints fingerprint(std::span<const SourceText> files)
{
  std::vector<syntax::TokenStream> streams;
  std::set<std::string, std::less<>> own;
  for (const SourceText& file : files) {
    streams.push_back(syntax::token_stream(file.text));
    collect_own_names(streams.back(), own);
  }
  TreeFingerprints tree;
  for (std::size_t i = 0; i < files.size(); ++i) {
    std::vector<Fingerprint> marks = winnow(structure_of(streams[i], own));
    if (!marks.empty()) {
      tree.files.push_back({files[i].path, std::move(marks)});
    }
  }
  std::ranges::sort(tree.files, {}, &FileFingerprints::path);
  return tree;
}

} // namespace assay::similarity
