// SPDX-License-Identifier: MIT
// What the values in a model module say in SQLAlchemy's words: which construct is called, which
// strings and truth values are known. In: Values. Out: names and plain values, empty or unknown
// where reading cannot tell.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/facts/value.hpp"
#include "engine/model/truth.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

/// A SQLAlchemy construct that a value names.
struct Construct {
  std::string name; ///< "Column", "String", "func.now", "registry().mapped"; dialect types without
                    ///< the dialect
  bool by_name =
    false; ///< the import behind it was not resolved to SQLAlchemy: only the name speaks for it

  explicit operator bool() const { return !name.empty(); }
};

/// The construct `value` names, through project subclasses of library classes too (class
/// PkColumn(Column)).
Construct construct(Program& program, const Value& value);

/// The construct that `value` calls.
Construct called_construct(Program& program, const Value& value);

/// True if `value` is a call of one of `names`.
bool calls_any(Program& program, const Value& value, std::initializer_list<std::string_view> names);

/// Truth of a literal boolean (or integer); unknown for everything else, `absent` for null.
Truth truth_of(ValueRef value, Truth absent = Truth::unknown);

bool is_none(ValueRef value);

/// The name of a class's table for strings built from it; empty if unknown.
using TableNameOf = std::function<std::string(const ClassInfo&)>;

/// The string a value is sure to be: literals, format strings, +, %, lower(), format(), re.sub() to
/// snake case ... `table_of` answers `Class.__tablename__`; `self` is what an unbound `cls` stands
/// for.
std::optional<std::string> known_string(Program& program,
                                        const Value& value,
                                        const TableNameOf& table_of = {},
                                        const ClassInfo* self = nullptr);

/// The items of a list, tuple or set; of their sum (`a + b`) too. `whole` becomes no if a part was
/// not understood.
std::vector<ValueRef> sequence_items(const Value& value, Truth& whole);

/// The source text of a value on one line, at most 120 characters.
std::string source_text(const Value& value);

/// The last component of a dotted name.
std::string_view last_name(std::string_view dotted);

/// "BlogPost" -> "blog_post", "HTTPServer" -> "http_server". Source: Flask-SQLAlchemy
/// camel_to_snake_case().
std::string camel_to_snake(std::string_view name);

/// True if a library base anywhere in the ancestry of `info` is one of `names` (last component).
bool has_library_base(Program& program,
                      const ClassInfo& info,
                      std::initializer_list<std::string_view> names);

/// True for the enum.Enum family, mixed-in project bases included.
bool is_python_enum(Program& program, const ClassInfo& info);

/// The value of a method that computes a class-level construct (declared_attr, classmethod), for
/// class `info`.
ValueRef method_value(Program& program, const FunctionInfo& method, const ClassInfo& info);

/// True if the function carries a decorator whose dotted name ends with one of `names`.
bool has_decorator(Program& program,
                   const FunctionInfo& function,
                   std::initializer_list<std::string_view> names);

} // namespace assay::facts
