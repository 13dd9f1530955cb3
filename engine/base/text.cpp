// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>

namespace assay {

namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0; ///< bytes; 0 means that no well-formed sequence starts here
};

unsigned char byte_at(std::string_view text, std::size_t at)
{
  return static_cast<unsigned char>(text[at]);
}

/// Source: RFC 3629, section 4.
CodePoint decode(std::string_view text, std::size_t at)
{
  const unsigned char lead = byte_at(text, at);
  if (lead < 0x80) {
    return {lead, 1};
  }
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || at + length > text.size()) {
    return {};
  }
  char32_t value = static_cast<char32_t>(lead & (0xff >> (length + 1)));
  for (std::size_t i = 1; i < length; ++i) {
    const unsigned char next = byte_at(text, at + i);
    if ((next & 0xc0) != 0x80) {
      return {};
    }
    value = value << 6 | static_cast<char32_t>(next & 0x3f);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) {
    return {};
  }
  return {value, length};
}

bool is_lower(char c)
{
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_upper(char c)
{
  return c >= 'A' && c <= 'Z';
}

bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

bool is_space(char c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

/// A word begins at `at`, given that text[at - 1] belongs to an identifier too.
bool is_word_border(std::string_view text, std::size_t at)
{
  const char before = text[at - 1];
  const char here = text[at];
  if (is_digit(before) != is_digit(here)) {
    return true;
  }
  if (is_upper(here) && is_lower(before)) {
    return true;
  }
  const bool ends_acronym =
    is_upper(before) && is_upper(here) && at + 1 < text.size() && is_lower(text[at + 1]);
  return ends_acronym;
}

struct Range {
  char32_t first;
  char32_t last;
};

template<std::size_t count>
bool contains(const std::array<Range, count>& ranges, char32_t value)
{
  return std::ranges::any_of(
    ranges, [value](const Range& range) { return value >= range.first && value <= range.last; });
}

// Control characters, zero-width and bidirectional format characters: they change how the text
// around them is shown. Source: Unicode 15, categories Cc and Cf, UAX 9.
constexpr std::array k_hidden = {Range{0x00, 0x1f},
                                 Range{0x7f, 0x9f},
                                 Range{0xad, 0xad},
                                 Range{0x61c, 0x61c},
                                 Range{0x180e, 0x180e},
                                 Range{0x200b, 0x200f},
                                 Range{0x2028, 0x202e},
                                 Range{0x2060, 0x206f},
                                 Range{0xfeff, 0xfeff},
                                 Range{0xfff9, 0xfffb},
                                 Range{0xe0000, 0xe007f}};

// Source: Unicode 15 EastAsianWidth.txt, W and F, joined where the gaps are unassigned.
constexpr std::array k_wide = {
  Range{0x1100, 0x115f},   Range{0x231a, 0x231b},   Range{0x23e9, 0x23ec},
  Range{0x25fd, 0x25fe},   Range{0x2614, 0x2615},   Range{0x2648, 0x2653},
  Range{0x26a1, 0x26a1},   Range{0x26bd, 0x26be},   Range{0x2705, 0x2705},
  Range{0x274c, 0x274c},   Range{0x2753, 0x2755},   Range{0x2795, 0x2797},
  Range{0x2e80, 0x303e},   Range{0x3041, 0xa4cf},   Range{0xa960, 0xa97f},
  Range{0xac00, 0xd7a3},   Range{0xf900, 0xfaff},   Range{0xfe30, 0xfe6f},
  Range{0xff00, 0xff60},   Range{0xffe0, 0xffe6},   Range{0x1f300, 0x1f64f},
  Range{0x1f680, 0x1f6ff}, Range{0x1f900, 0x1f9ff}, Range{0x1fa70, 0x1faff},
  Range{0x20000, 0x3fffd}};

// Combining marks of the scripts that terminals stack.
constexpr std::array k_combining = {Range{0x300, 0x36f},
                                    Range{0x483, 0x489},
                                    Range{0x591, 0x5bd},
                                    Range{0x610, 0x61a},
                                    Range{0x64b, 0x65f},
                                    Range{0x200b, 0x200f},
                                    Range{0x1ab0, 0x1aff},
                                    Range{0x1dc0, 0x1dff},
                                    Range{0x20d0, 0x20ff},
                                    Range{0xfe00, 0xfe0f},
                                    Range{0xfe20, 0xfe2f}};

} // namespace

bool is_utf8(std::string_view bytes)
{
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (point.length == 0) {
      return false;
    }
    at += point.length;
  }
  return true;
}

std::string to_utf8_lossy(std::string_view bytes)
{
  std::string text;
  text.reserve(bytes.size());
  for (std::size_t at = 0; at < bytes.size();) {
    const CodePoint point = decode(bytes, at);
    if (point.length == 0) {
      text += "\xef\xbf\xbd";
      ++at;
      continue;
    }
    text += bytes.substr(at, point.length);
    at += point.length;
  }
  return text;
}

std::string latin1_to_utf8(std::string_view bytes)
{
  std::string text;
  text.reserve(bytes.size());
  for (const char c : bytes) {
    const auto value = static_cast<unsigned char>(c);
    if (value < 0x80) {
      text.push_back(c);
    } else {
      text.push_back(static_cast<char>(0xc0 | value >> 6));
      text.push_back(static_cast<char>(0x80 | (value & 0x3f)));
    }
  }
  return text;
}

std::string_view trim(std::string_view text)
{
  while (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && is_space(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = text.find(separator, start);
    parts.push_back(text.substr(start, end - start));
    if (end == std::string_view::npos) {
      return parts;
    }
    start = end + 1;
  }
}

std::string join(std::span<const std::string> parts, std::string_view separator)
{
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) {
      text += separator;
    }
    text += parts[i];
  }
  return text;
}

std::string to_lower(std::string_view text)
{
  std::string lower(text);
  for (char& c : lower) {
    if (is_upper(c)) {
      c = static_cast<char>(c - 'A' + 'a');
    }
  }
  return lower;
}

bool among(std::string_view name, std::span<const std::string_view> names)
{
  return std::ranges::find(names, name) != names.end();
}

bool starts_with_any(std::string_view text, std::span<const std::string_view> prefixes)
{
  return std::ranges::any_of(prefixes,
                             [text](std::string_view prefix) { return text.starts_with(prefix); });
}

std::vector<std::string> identifier_words(std::string_view identifier)
{
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) {
      words.push_back(to_lower(word));
      word.clear();
    }
  };
  for (std::size_t at = 0; at < identifier.size(); ++at) {
    const char c = identifier[at];
    if (!is_lower(c) && !is_upper(c) && !is_digit(c)) {
      finish();
      continue;
    }
    if (!word.empty() && is_word_border(identifier, at)) {
      finish();
    }
    word.push_back(c);
  }
  finish();
  return words;
}

std::size_t edit_distance(std::string_view a, std::string_view b)
{
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

std::optional<std::string> nearest(std::string_view word, std::span<const std::string> candidates)
{
  std::optional<std::string> best;
  // One more than allowed; a suggestion that shares nothing with the word helps nobody.
  std::size_t best_distance = std::min(std::max<std::size_t>(2, word.size() / 3) + 1, word.size());
  for (const std::string& candidate : candidates) {
    const std::size_t distance = edit_distance(word, candidate);
    if (distance < best_distance) {
      best_distance = distance;
      best = candidate;
    }
  }
  return best;
}

std::string printable(std::string_view text, KeepNewlines keep)
{
  std::string shown;
  shown.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    if (point.length == 0) {
      shown += fmt::format("\\x{:02x}", byte_at(text, at));
      ++at;
      continue;
    }
    const bool kept =
      !contains(k_hidden, point.value) || (point.value == '\n' && keep == KeepNewlines::yes);
    if (kept) {
      shown += text.substr(at, point.length);
    } else if (point.value < 0x100) {
      shown += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(point.value));
    } else if (point.value < 0x10000) {
      shown += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point.value));
    } else {
      shown += fmt::format("\\U{:08x}", static_cast<std::uint32_t>(point.value));
    }
    at += point.length;
  }
  return shown;
}

std::size_t display_width(std::string_view text)
{
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = decode(text, at);
    at += std::max<std::size_t>(point.length, 1);
    if (contains(k_combining, point.value) && point.length > 0) {
      continue;
    }
    columns += contains(k_wide, point.value) ? 2U : 1U;
  }
  return columns;
}

} // namespace assay
