// SPDX-License-Identifier: MIT
#include "engine/facts/migration/settings.hpp"

#include "engine/base/text.hpp"

#include <cctype>

namespace assay::facts {

namespace {

bool is_ini_comment(std::string_view line)
{
  return line.starts_with('#') || line.starts_with(';');
}

std::string unquote(std::string_view text)
{
  text = trim(text);
  for (const std::string_view quote : {"\"\"\"", "'''", "\"", "'"}) {
    if (text.starts_with(quote)) {
      const auto end = text.find(quote, quote.size());
      return std::string(
        text.substr(quote.size(), end == std::string_view::npos ? end : end - quote.size()));
    }
  }
  return std::string(trim(text.substr(0, text.find('#'))));
}

std::vector<std::string> array_items(std::string_view text)
{
  std::vector<std::string> items;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char quote = text[at];
    if (quote != '"' && quote != '\'') {
      continue;
    }
    const auto end = text.find(quote, at + 1);
    if (end == std::string_view::npos) {
      break;
    }
    items.emplace_back(text.substr(at + 1, end - at - 1));
    at = end;
  }
  return items;
}

} // namespace

std::vector<SettingsSection> read_ini(std::string_view text)
{
  std::vector<SettingsSection> sections;
  Setting* open = nullptr;
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view content = trim(line);
    if (content.empty() || is_ini_comment(content)) {
      continue;
    }
    const bool indented = std::isspace(static_cast<unsigned char>(line.front())) != 0;
    if (indented && open != nullptr) {
      open->value += (open->value.empty() ? "" : "\n") + std::string(content);
      continue;
    }
    if (content.starts_with('[') && content.find(']') != std::string_view::npos) {
      sections.push_back({std::string(content.substr(1, content.find(']') - 1)), number, {}});
      open = nullptr;
      continue;
    }
    const auto delimiter = content.find_first_of("=:");
    if (sections.empty() || delimiter == std::string_view::npos) {
      continue;
    }
    open = &sections.back().entries[to_lower(trim(content.substr(0, delimiter)))];
    *open = {std::string(trim(content.substr(delimiter + 1))), {}, number};
  }
  return sections;
}

std::vector<SettingsSection> read_toml(std::string_view text)
{
  std::vector<SettingsSection> sections;
  std::string pending;
  Setting* open = nullptr;
  int number = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string_view content = trim(line);
    if (open != nullptr) {
      pending += std::string(content) + "\n";
    } else if (content.starts_with('[') && content.find(']') != std::string_view::npos) {
      const auto begin = content.find_first_not_of('[');
      sections.push_back(
        {std::string(trim(content.substr(begin, content.find(']') - begin))), number, {}});
    } else if (!content.empty() && !content.starts_with('#') && !sections.empty()) {
      const auto equals = content.find('=');
      if (equals == std::string_view::npos) {
        continue;
      }
      open = &sections.back().entries[to_lower(unquote(content.substr(0, equals)))];
      *open = {{}, {}, number};
      pending = std::string(trim(content.substr(equals + 1)));
    }
    if (open == nullptr) {
      continue;
    }
    if (pending.starts_with('[')) {
      if (pending.find(']') == std::string::npos) {
        continue;
      }
      open->items = array_items(pending);
    } else {
      open->value = unquote(pending);
    }
    open = nullptr;
  }
  return sections;
}

std::string setting(const SettingsSection& section, std::string_view key)
{
  const auto found = section.entries.find(key);
  return found == section.entries.end() ? std::string() : found->second.value;
}

} // namespace assay::facts
