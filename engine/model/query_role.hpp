// SPDX-License-Identifier: MIT
#pragma once

#include "engine/model/query_facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"

#include <string>
#include <vector>

namespace assay {

/// What a callable was judged as: the queries of the rubric it was chosen for, in the rubric's
/// order; else "bad_example" or "other" alone. Never empty.
inline std::vector<std::string>
query_roles(const Rubric& rubric, const Resolution& resolution, const Callable& callable)
{
  std::vector<std::string> roles;
  for (const QuerySpec& query : rubric.queries) {
    const auto chosen = resolution.queries.find(query.id);
    if (chosen != resolution.queries.end() && chosen->second == callable.ref) {
      roles.push_back(query.id);
    }
  }
  if (roles.empty()) {
    roles.emplace_back(callable.bad_example ? "bad_example" : "other");
  }
  return roles;
}

} // namespace assay
