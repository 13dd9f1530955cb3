// SPDX-License-Identifier: MIT
#include "engine/probe/catalogue.hpp"

#include "engine/probe/sql_tokens.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace assay::probe {

namespace {

/// Names that PostgreSQL finds in its own schema first.
bool is_catalogue(std::string_view table)
{
  constexpr std::array<std::string_view, 8> k_names = {"pg_type",
                                                       "pg_namespace",
                                                       "pg_class",
                                                       "pg_attribute",
                                                       "pg_enum",
                                                       "pg_range",
                                                       "pg_extension",
                                                       "pg_settings"};
  return table.starts_with("pg_catalog.") || table.starts_with("information_schema.")
         || std::ranges::find(k_names, table) != k_names.end();
}

} // namespace

bool reads_catalogue(std::string_view sql)
{
  const std::vector<std::string> tokens = sql_tokens(sql);
  if (tokens.empty()) {
    return false;
  }
  if (tokens.front() == "show" || tokens.front() == "set") {
    return true;
  }
  if (tokens.front() != "select" || std::ranges::find(tokens, "union") != tokens.end()) {
    return false;
  }
  bool catalogue = std::ranges::any_of(tokens, [](const std::string& token) {
    return token.starts_with("pg_catalog.") || token == "current_schema";
  });
  bool in_from = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool names_next = tokens[i] == "from" || tokens[i] == "join";
    if (names_next) {
      if (i + 1 >= tokens.size() || !is_catalogue(tokens[i + 1])) {
        return false;
      }
      catalogue = true;
    }
    in_from = names_next || (in_from && tokens[i] != "where" && tokens[i] != "order");
    if (in_from && tokens[i] == ",") {
      return false;
    }
  }
  return catalogue;
}

} // namespace assay::probe
