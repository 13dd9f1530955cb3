// SPDX-License-Identifier: MIT
// One column. In: a Column(), mapped_column() or Field() call, an annotation, or both. Out: the
// Column with the constraints that are written on it. What is not said follows the library's rules
// for that way of mapping.
#pragma once

#include "engine/facts/schema/column_type.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <utility>
#include <vector>

namespace assay::facts {

/// Where a default comes from.
struct DefaultReading {
  DefaultKind kind = DefaultKind::none;
  std::string text;
};

/// The value given to `default=`, `insert_default=` or `onupdate=`.
DefaultReading read_default(Program& program, const Value& value);

struct ForeignKeyReading {
  ForeignKey key;            ///< without its target
  ValueRef target = nullptr; ///< what ForeignKey() was given
};

struct ColumnReading {
  Column column;
  std::vector<ForeignKeyReading> foreign_keys;
  std::vector<Check> checks;
  Truth whole = Truth::yes; ///< no: some argument was not understood
  bool by_name = false;
  std::string key; ///< Column(key=...), if given
};

enum class ColumnRules { classic, typed, sqlmodel };

/// Keys and types of a type_annotation_map.
using TypeMap = std::vector<std::pair<ValueRef, ValueRef>>;

struct ColumnSource {
  std::string attribute;    ///< name on the class; empty in a Core table
  ValueRef value = nullptr; ///< what is assigned; null for an annotation alone
  TypeHint hint;
  ColumnRules rules = ColumnRules::classic;
  Location where;
};

/// `types` are tried before SQLAlchemy's own.
ColumnReading read_column(Program& program, const ColumnSource& source, const TypeMap& types);

/// The Column(), mapped_column() or Field() call in `value`: unwraps deferred(), column_property(),
/// declared_attr(lambda), copy() and Annotated; null if there is none.
ValueRef column_call(Program& program, const Value& value);

} // namespace assay::facts
