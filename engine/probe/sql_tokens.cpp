// SPDX-License-Identifier: MIT
#include "engine/probe/sql_tokens.hpp"

#include "engine/base/text.hpp"

#include <cctype>

namespace assay::probe {

namespace {

bool is_part(char c)
{
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '"'
         || static_cast<unsigned char>(c) >= 0x80;
}

} // namespace

std::vector<std::string> sql_tokens(std::string_view sql)
{
  std::vector<std::string> tokens;
  for (std::size_t at = 0; at < sql.size();) {
    const char first = sql[at];
    std::size_t end = at + 1;
    if (first == '\'') {
      const std::size_t close = sql.find(first, end);
      end = close == std::string_view::npos ? sql.size() : close + 1;
    } else if (is_part(first)) {
      while (end < sql.size() && is_part(sql[end])) {
        ++end;
      }
    }
    if (std::isspace(static_cast<unsigned char>(first)) == 0) {
      std::string token = to_lower(std::string(sql.substr(at, end - at)));
      std::erase(token, '"');
      tokens.push_back(std::move(token));
    }
    at = end;
  }
  return tokens;
}

} // namespace assay::probe
