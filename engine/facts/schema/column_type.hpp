// SPDX-License-Identifier: MIT
// What a column holds. In: a type expression (String(50), a TypeDecorator of the candidate's) or an
// annotation (Mapped[str | None]). Out: family, length, labels.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/model/schema_facts.hpp"

#include <optional>
#include <string>
#include <vector>

namespace assay::facts {

struct TypeReading {
  TypeFamily family = TypeFamily::unknown;
  std::string text; ///< as written
  std::optional<int> length;
  std::vector<std::string> labels; ///< of an enumeration
  bool is_type = false;            ///< the value is certainly a type
};

/// Reads a type expression. `is_type` is no for values that are no type (constraints, strings,
/// unknown calls).
TypeReading read_type(Program& program, const Value& value);

/// The family SQLAlchemy gives the Python type of an annotation without a type_annotation_map.
TypeReading read_python_type(Program& program, const Value& value);

/// A class attribute's annotation, taken apart.
struct TypeHint {
  bool present = false;
  std::string wrapper; ///< "Mapped", "DynamicMapped", "WriteOnlyMapped", "ClassVar", ...; empty for
                       ///< a plain annotation
  Truth optional = Truth::no;
  ValueRef type = nullptr;    ///< without wrapper, Optional and Annotated; null if nothing is left
  std::string collection;     ///< "list", "set", "dict", "tuple" when `type` is one
  ValueRef element = nullptr; ///< what the collection holds
  std::vector<ValueRef>
    aliases; ///< every value on the way in, outermost first: keys of a type_annotation_map
  std::vector<ValueRef> extras; ///< metadata of Annotated[...], innermost first
  std::string text;             ///< as written
};

/// `annotation` as Program::annotation gives it.
TypeHint read_hint(const Value& annotation);

} // namespace assay::facts
