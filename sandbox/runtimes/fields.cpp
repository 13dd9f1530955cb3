// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/fields.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::runtimes {

namespace {

constexpr std::size_t k_max_text = std::size_t{1} << 20;

/// Without the comment and the blanks at the end.
std::string_view content(std::string_view line)
{
  if (line.starts_with('#')) {
    return {};
  }
  line = line.substr(0, line.find(" #"));
  const std::size_t last = line.find_last_not_of(' ');
  return last == std::string_view::npos ? std::string_view() : line.substr(0, last + 1);
}

void append_words(std::string_view text, std::vector<std::string>& words)
{
  while (true) {
    const std::size_t start = text.find_first_not_of(' ');
    if (start == std::string_view::npos) {
      return;
    }
    const std::size_t end = std::min(text.find(' ', start), text.size());
    words.emplace_back(text.substr(start, end - start));
    text.remove_prefix(end);
  }
}

bool is_key(std::string_view text)
{
  return !text.empty() && std::ranges::all_of(text, [](char letter) {
    return (letter >= 'a' && letter <= 'z') || letter == '-';
  });
}

} // namespace

Failure field_failure(std::string_view origin, std::size_t line, std::string_view message)
{
  return Failure{fmt::format("{}:{}", origin, line), 0, std::string(message)};
}

Expected<std::vector<Field>> parse_fields(std::string_view text, std::string_view origin)
{
  if (text.size() > k_max_text) {
    return Failure{std::string(origin), 0, "is longer than 1 MiB"};
  }
  std::vector<Field> fields;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (std::ranges::any_of(
          line, [](char letter) { return static_cast<unsigned char>(letter) < 0x20; })) {
      return field_failure(origin, number, "has a tab or another control character");
    }
    const std::string_view read = content(line);
    if (read.empty()) {
      continue;
    }
    if (read.starts_with("  ")) {
      if (fields.empty() || !fields.back().value.empty()) {
        return field_failure(
          origin, number, "an indented line needs a \"key:\" without value above");
      }
      append_words(read, fields.back().items);
      continue;
    }
    const std::size_t colon = read.find(':');
    const std::string_view key = read.substr(0, colon);
    if (colon == std::string_view::npos || !is_key(key)) {
      return field_failure(origin, number, "expected \"key: value\" or an indented item");
    }
    if (std::ranges::any_of(fields, [&](const Field& field) { return field.key == key; })) {
      return field_failure(origin, number, fmt::format("\"{}\" comes twice", key));
    }
    std::string_view value = read.substr(colon + 1);
    if (!value.empty() && !value.starts_with(' ')) {
      return field_failure(origin, number, "a blank is missing after the colon");
    }
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    Field field{std::string(key), number, std::string(value), {}};
    append_words(value, field.items);
    fields.push_back(std::move(field));
  }
  return fields;
}

} // namespace assay::runtimes
