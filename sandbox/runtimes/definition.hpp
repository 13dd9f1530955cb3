// SPDX-License-Identifier: MIT
// What a runtime is made of: one <name>.runtime file, docs/runtimes.md.
#pragma once

#include "sandbox/base/expected.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::runtimes {

struct Definition {
  std::string name;    ///< [a-z0-9][a-z0-9.-]*, at most 64 characters: the file's name
  std::string summary; ///< one line for a person; no part of the digest
  std::string suite;   ///< a Debian codename
  std::vector<std::string> components;
  std::vector<std::string> packages; ///< sorted; their dependencies come along
  std::vector<std::string> excluded; ///< sorted globs of absolute paths that are left out
  std::string python;                ///< the interpreter, absolute in the tree
  std::vector<std::string> wheels;   ///< sorted requirements "name==version"
  std::string wheel_folder;          ///< absolute folder of *.whl; empty: the index serves
  std::string wheel_index;           ///< https URL; empty: pip's own choice
  std::string digest;                ///< SHA-256 of all that shapes the tree
};

bool is_runtime_name(std::string_view name);

/// Failures name file and line.
Expected<Definition> parse_definition(std::string_view text, std::string_view name);

/// Reads <name>.runtime. Failures: unreadable, over 1 MiB, malformed.
Expected<Definition> load_definition(const std::filesystem::path& file);

/// All *.runtime files of the folder, by name. A malformed one is a failure.
Expected<std::vector<Definition>> load_definitions(const std::filesystem::path& folder);

} // namespace assay::runtimes
