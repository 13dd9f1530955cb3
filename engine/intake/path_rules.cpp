// SPDX-License-Identifier: MIT
#include "engine/intake/path_rules.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>

namespace assay::intake {

namespace {

/// `name` without the code points that HFS+ ignores when it compares names.
/// Source: Apple Technical Q&A QA1173 and the table of git's utf8.c, as byte sequences.
std::string without_ignorable(std::string_view name)
{
  constexpr std::array<std::string_view, 16> ignorable = {"\u200c",
                                                          "\u200d",
                                                          "\u200e",
                                                          "\u200f",
                                                          "\u202a",
                                                          "\u202b",
                                                          "\u202c",
                                                          "\u202d",
                                                          "\u202e",
                                                          "\u206a",
                                                          "\u206b",
                                                          "\u206c",
                                                          "\u206d",
                                                          "\u206e",
                                                          "\u206f",
                                                          "\ufeff"};
  std::string kept;
  while (!name.empty()) {
    const bool dropped = starts_with_any(name, ignorable);
    if (!dropped) {
      kept.push_back(name.front());
    }
    name.remove_prefix(dropped ? 3 : 1);
  }
  return kept;
}

/// `name` up to what NTFS drops: a stream (":..."), trailing dots and spaces.
std::string_view without_ntfs_tail(std::string_view name)
{
  name = name.substr(0, name.find(':'));
  while (name.ends_with('.') || name.ends_with(' ')) {
    name.remove_suffix(1);
  }
  return name;
}

bool is_git_directory(std::string_view name)
{
  const std::string folded = to_lower(without_ignorable(name));
  const std::string_view bare = without_ntfs_tail(folded);
  return bare == ".git" || bare == "git~1";
}

bool is_unsafe_byte(char c)
{
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7f || c == '/' || c == '\\';
}

struct FoldRange {
  char32_t first;
  char32_t last;
  char32_t distance; ///< to the lower-case letter; 0: upper and lower case alternate
};

// Source: Unicode 15 CaseFolding.txt, simple foldings of the two-byte range, without its
// exceptions.
constexpr std::array k_folds = {FoldRange{0xc0, 0xde, 32},
                                FoldRange{0x100, 0x137, 0},
                                FoldRange{0x14a, 0x177, 0},
                                FoldRange{0x391, 0x3ab, 32},
                                FoldRange{0x400, 0x40f, 80},
                                FoldRange{0x410, 0x42f, 32},
                                FoldRange{0x460, 0x481, 0},
                                FoldRange{0x48a, 0x4bf, 0}};

char32_t folded(char32_t letter)
{
  const auto* const range = std::ranges::find_if(k_folds, [letter](const FoldRange& fold) {
    return letter >= fold.first && letter <= fold.last;
  });
  if (range == k_folds.end() || letter == 0xd7) { // multiplication sign
    return letter;
  }
  return range->distance == 0 ? letter | 1U : letter + range->distance;
}

} // namespace

std::optional<SkipReason> name_problem(std::string_view name)
{
  if (!is_utf8(name)) {
    return SkipReason::invalid_utf8;
  }
  if (name.empty() || name == "." || name == ".." || std::ranges::any_of(name, is_unsafe_byte)
      || is_git_directory(name)) {
    return SkipReason::unsafe_path;
  }
  return std::nullopt;
}

std::string case_folded(std::string_view path)
{
  std::string folded_path;
  folded_path.reserve(path.size());
  for (std::size_t at = 0; at < path.size(); ++at) {
    const auto lead = static_cast<unsigned char>(path[at]);
    if (lead < 0xc2 || lead > 0xdf || at + 1 == path.size()) {
      folded_path.push_back(lead >= 'A' && lead <= 'Z' ? static_cast<char>(lead + 32) : path[at]);
      continue;
    }
    const auto tail = static_cast<unsigned char>(path[at + 1]);
    const char32_t letter = folded(static_cast<char32_t>((lead & 0x1fU) << 6U | (tail & 0x3fU)));
    folded_path.push_back(static_cast<char>(0xc0U | letter >> 6U));
    folded_path.push_back(static_cast<char>(0x80U | (letter & 0x3fU)));
    ++at;
  }
  return folded_path;
}

} // namespace assay::intake
