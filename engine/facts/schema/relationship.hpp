// SPDX-License-Identifier: MIT
// Relationships: first each call alone, then, once all tables and classes are known, what it leads
// to.
#pragma once

#include "engine/facts/schema/draft.hpp"

#include <string>

namespace assay::facts {

struct RelationshipSource {
  std::string name;
  ValueRef call = nullptr; ///< relationship(), dynamic_loader(), SQLModel's Relationship()
  TypeHint hint;
  const ModuleInfo* module = nullptr;
  const ClassInfo* scope = nullptr; ///< class in whose body it is written; null elsewhere
  Location where;
};

/// True if `value` is a call that makes a relationship.
bool is_relationship(Program& program, const Value& value);

RelationshipDraft read_relationship(Draft& draft, const RelationshipSource& source);

/// Resolves targets, link tables, backrefs, directions and reverses of all relationships.
void link_relationships(Draft& draft);

} // namespace assay::facts
