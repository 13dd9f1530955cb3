// SPDX-License-Identifier: MIT
// The line format of runtime files and manifests:
//
//   # a comment
//   key: one value
//   key:
//     item item   # a comment
//     item
#pragma once

#include "sandbox/base/expected.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::runtimes {

struct Field {
  std::string key; ///< a-z and '-'
  std::size_t line = 0;
  std::string value; ///< what stands on the key's line; empty if the items follow below
  std::vector<std::string> items; ///< the words of value, or of the indented lines
};

/// `origin` names the text in failures: "sqlalchemy-2.0.runtime:12: ...". At most 1 MiB; a key
/// comes once; no tabs and no control characters.
Expected<std::vector<Field>> parse_fields(std::string_view text, std::string_view origin);

/// "origin:line: message".
Failure field_failure(std::string_view origin, std::size_t line, std::string_view message);

} // namespace assay::runtimes
