// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace assay::probe {

/// A name in SQL: in double quotes, those inside it doubled.
inline std::string sql_name(std::string_view name)
{
  std::string text = "\"";
  for (const char character : name) {
    text += character;
    if (character == '"') {
      text += character;
    }
  }
  return text + '"';
}

} // namespace assay::probe
