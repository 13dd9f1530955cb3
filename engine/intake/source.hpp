// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"

#include <filesystem>
#include <string>
#include <string_view>

namespace assay::intake {

enum class SourceKind { https, ssh, file, path };

/// What the user gave as SOURCE, taken apart. Holds no secret.
struct Source {
  SourceKind kind = SourceKind::path;
  std::string url;            ///< for https and ssh, as libgit2 gets it
  std::string username;       ///< named in the URL; may be empty
  std::string host;           ///< lower case
  std::string port;           ///< empty: the default one
  std::string url_path;       ///< of an https URL, without leading '/'
  std::filesystem::path path; ///< for file and path
  std::string shown;          ///< for messages and the stored record
};

/// Errors: invalid_input (empty, control characters, a secret inside, unencrypted or unknown
/// scheme, malformed).
Result<Source> classify(std::string_view source);

} // namespace assay::intake
