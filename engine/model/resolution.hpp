// SPDX-License-Identifier: MIT
// Which of the candidate's classes plays which role of the rubric.
#pragma once

#include "engine/model/location.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay {

enum class EntityOrigin { mapped, core_table, migration, raw_sql };

struct ResolvedEntity {
  std::string role;       ///< "user"
  std::string class_name; ///< qualified; empty unless `origin` is mapped
  std::string table;
  EntityOrigin origin = EntityOrigin::mapped;
  double confidence = 0; ///< 0..1; below 0.55 the match is weak
  bool weak = false;
  std::vector<std::string>
    aliases; ///< qualified classes that may stand for it: joined subclasses, 1-1 profiles
  std::vector<std::string> alias_tables;
  std::map<std::string, std::vector<std::string>>
    columns; ///< column role -> column names, best first
  Location where;
  bool operator==(const ResolvedEntity&) const = default;
};

struct ResolvedRelation {
  std::string id;
  std::vector<std::string> links; ///< tables that could be the link of a many-to-many, best first
  bool operator==(const ResolvedRelation&) const = default;
};

/// One way to read the submission. There may be up to three when names are ambiguous.
struct Resolution {
  std::map<std::string, ResolvedEntity> entities; ///< role -> entity; a missing role has no entry
  std::map<std::string, ResolvedRelation> relations;
  std::map<std::string, std::string> queries; ///< query id -> Callable::ref; chosen while judging
  double score = 0;
  bool ambiguous = false;
  std::vector<std::string> notes; ///< alternatives, for the report
  bool operator==(const Resolution&) const = default;
};

} // namespace assay
