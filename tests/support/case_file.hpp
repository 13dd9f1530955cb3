// SPDX-License-Identifier: MIT
// Test cases that are files: lines at the head, then sections that each begin with "--- NAME".
// Most sections are files of a submission.
#pragma once

#include "engine/base/text.hpp"
#include "tests/support/read_text.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::test {

struct CaseFile {
  std::string name;                            ///< the file's, without folder and ending
  std::vector<std::string> head;               ///< lines that are neither empty nor comments
  std::map<std::string, std::string> sections; ///< text by name

  /// What the head says in lines "KEY: VALUE", several of them with a space between; else nothing.
  [[nodiscard]] std::string value(std::string_view key) const
  {
    std::string found;
    for (const std::string& line : head) {
      const auto colon = line.find(':');
      if (colon != std::string::npos && trim(std::string_view(line).substr(0, colon)) == key) {
        found += (found.empty() ? "" : " ") + std::string(trim(line.substr(colon + 1)));
      }
    }
    return found;
  }
};

/// Lines of a section that are neither empty nor comments.
inline std::vector<std::string> lines_of(std::string_view section)
{
  std::vector<std::string> found;
  for (const std::string_view line : split(section, '\n')) {
    if (!trim(line).empty() && !line.starts_with('#')) {
      found.emplace_back(trim(line));
    }
  }
  return found;
}

inline CaseFile read_case(const std::filesystem::path& path)
{
  CaseFile found;
  found.name = path.stem().string();
  std::string head;
  std::string* section = &head;
  const std::string text = read_text(path);
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size() - 1);
    const std::string_view line = rest.substr(0, end + 1);
    rest.remove_prefix(end + 1);
    if (line.starts_with("--- ")) {
      section = &found.sections[std::string(trim(line.substr(4)))];
    } else {
      *section += line;
    }
  }
  found.head = lines_of(head);
  return found;
}

/// The only case that the environment's ASSAY_CASE asks for; nothing: all of them.
inline const char* only_case()
{
  return std::getenv("ASSAY_CASE");
}

/// Cases below `folder`, by name; of them the one that ASSAY_CASE asks for.
inline std::vector<std::filesystem::path> case_paths(const std::filesystem::path& folder)
{
  std::vector<std::filesystem::path> found;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".case"
        && (only_case() == nullptr || entry.path().stem() == only_case())) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

} // namespace assay::test
