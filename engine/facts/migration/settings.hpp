// SPDX-License-Identifier: MIT
// Alembic's settings: the sections of an .ini file and the [tool.alembic] table of a
// pyproject.toml. In: text. Out: sections with their keys and lines. Refuses nothing: lines that
// are neither are skipped.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct Setting {
  std::string value;              ///< continuation lines joined by newlines; "%%" still doubled
  std::vector<std::string> items; ///< of a TOML array
  int line = 0;                   ///< 1-based
};

struct SettingsSection {
  std::string name;
  int line = 0;
  std::map<std::string, Setting, std::less<>>
    entries; ///< keys in lower case, as configparser makes them
};

/// Source: Python's configparser with default delimiters and comment prefixes.
std::vector<SettingsSection> read_ini(std::string_view text);

/// The tables of a TOML file whose values are strings or arrays of strings; others are kept as
/// written.
std::vector<SettingsSection> read_toml(std::string_view text);

/// The value of `key`, or "".
std::string setting(const SettingsSection& section, std::string_view key);

} // namespace assay::facts
