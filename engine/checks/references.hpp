// SPDX-License-Identifier: MIT
// The names a rubric declares, for validating parameters that refer to them.
#pragma once

#include "engine/checks/kind.hpp"
#include "engine/model/rubric.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

class References {
public:
  explicit References(const Rubric& rubric);

  /// An empty result means the reference is good; otherwise what is wrong with it, with the nearest
  /// spelling.
  [[nodiscard]] std::optional<std::string> entity(std::string_view id) const;
  [[nodiscard]] std::optional<std::string> relation(std::string_view id) const;
  [[nodiscard]] std::optional<std::string> query(std::string_view id) const;

  /// "user.identity": an entity and one of its column roles.
  [[nodiscard]] std::optional<std::string> column_role(std::string_view text) const;

  /// "post.comment": entities joined by declared relations; a segment may also be the id of a
  /// relation that leads on from the entity before it. `text` is rewritten to entity ids.
  [[nodiscard]] std::optional<std::string> path(std::string& text) const;

  /// Adds the entities that a parameter is about.
  void collect_roles(ParamType type, const ParamValue& value, std::set<std::string>& roles) const;

private:
  void add_roles(ParamType type, const std::string& text, std::set<std::string>& roles) const;
  [[nodiscard]] std::optional<std::string> step(const std::string& from,
                                                const std::string& segment) const;

  const Rubric& rubric_;
  std::vector<std::string> entities_;
  std::vector<std::string> relations_;
  std::vector<std::string> queries_;
};

/// ` (did you mean "kind"?)`, or nothing when no candidate is near.
std::string suggestion(std::string_view word, const std::vector<std::string>& candidates);

} // namespace assay::checks
