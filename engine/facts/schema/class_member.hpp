// SPDX-License-Identifier: MIT
// Names in the body of a mapped class.
#pragma once

#include "engine/facts/schema/column_type.hpp"

#include <string>

namespace assay::facts {

/// One class-level name with its meaning.
struct Member {
  std::string name;
  ValueRef value = nullptr; ///< null for a bare annotation
  TypeHint hint;
  const ClassInfo* owner = nullptr; ///< the class or mixin that writes it
  Location where;
};

/// An attribute. `field(metadata={"sa": Column(...)})` counts as the column.
Member read_member(Program& program, const ClassInfo& owner, const ClassAttribute& attribute);

/// A declared_attr method of `owner`, evaluated for `mapped`.
Member read_member(Program& program,
                   const ClassInfo& owner,
                   const FunctionInfo& method,
                   const ClassInfo& mapped);

/// False for calls that never return a column, such as a logger or a regular expression.
bool may_be_column(Program& program, const Value& call);

} // namespace assay::facts
