// SPDX-License-Identifier: MIT
// What a tree holds, read from its files; nothing in it is executed.
#pragma once

#include "sandbox/base/expected.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace assay::runtimes {

struct Contents {
  std::string python;           ///< the interpreter, absolute in the tree: /usr/bin/python3
  std::string python_version;   ///< 3.13
  std::string standard_library; ///< relative: usr/lib/python3.13
  std::map<std::string, std::string> packages;      ///< Debian package -> version
  std::map<std::string, std::string> distributions; ///< normalised Python distribution -> version
};

/// `python`: where the interpreter is expected; empty: looked for. Failures: no Python below usr/,
/// no SQLAlchemy.
Expected<Contents> inspect(const std::filesystem::path& root, const std::string& python);

/// Package -> version of every installed paragraph of a dpkg status file.
std::map<std::string, std::string> parse_status(std::string_view text);

} // namespace assay::runtimes
