// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/base/expected.hpp"

#include <map>
#include <string>
#include <string_view>

namespace assay::runtimes {

/// What lies beside an installed tree: what it was made of and what it holds.
struct Manifest {
  std::string name;
  std::string definition; ///< digest of the definition, or "imported"
  std::string origin;     ///< Debian suite, or the digest of the imported archive
  std::string tree;       ///< SHA-256 of the list of files
  std::string built;      ///< time, UTC, 2026-01-31T12:00:00Z
  std::string python;     ///< absolute in the tree
  std::string python_version;
  std::uint64_t bytes = 0;                          ///< of all files
  std::map<std::string, std::string> packages;      ///< Debian package -> version
  std::map<std::string, std::string> distributions; ///< Python distribution -> version

  bool operator==(const Manifest&) const = default;
};

std::string write_manifest(const Manifest& manifest);

/// Failures: malformed, a key missing.
Expected<Manifest> parse_manifest(std::string_view text);

} // namespace assay::runtimes
