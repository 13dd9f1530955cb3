// SPDX-License-Identifier: MIT
// A directory tree as a sorted list of what lies in it, so that two states can be compared.
#pragma once

#include "sandbox/base/expected.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace assay::runtimes {

struct TreeEntry {
  char kind = 'f';        ///< f file, d directory, l symbolic link, ? anything else
  std::uint32_t mode = 0; ///< permission bits, special bits included; 0 of links
  std::uint64_t size = 0; ///< of files, bytes
  std::string digest;     ///< SHA-256 of the content, of a link's target; "-" of directories
  std::string path;       ///< relative

  bool operator==(const TreeEntry&) const = default;
};

/// All entries below the folder, by path; the folder itself is not among them. Follows no link.
/// Failures: unreadable, more than 64 levels deep.
Expected<std::vector<TreeEntry>> list_tree(const std::filesystem::path& folder);

/// One line an entry, "f 644 12 <digest> usr/lib/x".
std::string write_list(const std::vector<TreeEntry>& entries);
Expected<std::vector<TreeEntry>> parse_list(std::string_view text);

/// "missing: usr/lib/x", "added: …", "changed: …", by path; both lists sorted.
std::vector<std::string> differences(const std::vector<TreeEntry>& expected,
                                     const std::vector<TreeEntry>& found);

/// SHA-256 of a regular file; a symbolic link is refused.
Expected<std::string> file_digest(const std::filesystem::path& file);

/// The whole regular file. Failures: a link, longer than `limit` bytes, unreadable.
Expected<std::string> read_small_file(const std::filesystem::path& file, std::size_t limit);

/// Creates the file (never through a link, never over an existing one), mode 0644.
Expected<void> write_file(const std::filesystem::path& file, std::string_view text);

} // namespace assay::runtimes
