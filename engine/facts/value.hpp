// SPDX-License-Identifier: MIT
// What an expression means, as far as reading can tell: a symbolic value. `Column(String(50),
// unique=True)` is a call of the symbol sqlalchemy.Column with a call and a keyword; a helper of
// the candidate's is inlined.
#pragma once

#include "engine/syntax/ast.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::facts {

struct ModuleInfo;
struct FunctionInfo;
struct ClassInfo;
struct Value;
using ValueRef = const Value*; // owned by the Program that made it

enum class ValueKind {
  unknown, ///< not understood; `text` may hold a free name
  none,
  boolean,       ///< truth
  integer,       ///< number
  real,          ///< text
  string,        ///< text
  format_string, ///< text with "{}" holes, items: the values in them
  list,
  tuple,
  set,          ///< items
  dict,         ///< keys[i]: items[i]; a null key is a ** of something not understood
  symbol,       ///< text: qualified name in a library: "sqlalchemy.orm.relationship",
                ///< "datetime.datetime.utcnow"
  module_ref,   ///< module (a project module or package); a library module is a symbol
  class_ref,    ///< class_info (of the project)
  function_ref, ///< function (of the project), `base`: the object it is bound to, if any
  call,         ///< base (items, keywords), not inlined
  attribute,    ///< base . text
  subscript,    ///< base [items]
  operation,    ///< text: operator; items: operands (binary, compare, boolean, unary)
  lambda,       ///< origin is the lambda
  parameter, ///< text: name of a parameter that nobody bound; base: its annotation's value or null
  element,   ///< one element of iterating over `base`; number: 1-based place when unpacked, else 0
  either,    ///< items: what it may be, one for each branch; the latest written last
  comprehension, ///< one over something not known: base: the iterable, items: the element (dict:
                 ///< key, value)
};

struct Value {
  ValueKind kind = ValueKind::unknown;
  std::string text;
  bool truth = false;
  long long number = 0;
  ValueRef base = nullptr;
  std::vector<ValueRef> items;
  std::vector<ValueRef> keys;
  std::vector<std::pair<std::string, ValueRef>>
    keywords;                           ///< an empty name is a ** of something not understood
  const ModuleInfo* module = nullptr;   ///< where it is written
  const syntax::Expr* origin = nullptr; ///< null for values that are not written anywhere
  const FunctionInfo* function = nullptr;
  const ClassInfo* class_info = nullptr;
};

/// The keyword argument `name`, or null.
ValueRef keyword(const Value& call, std::string_view name);

/// Positional argument `index`, or null. Starred arguments whose content is known are already
/// spread.
ValueRef argument(const Value& call, std::size_t index);

/// Positional argument `index`, or else keyword `name`.
ValueRef argument_or_keyword(const Value& call, std::size_t index, std::string_view name);

/// True if the call has a starred or ** argument that was not understood.
bool has_unknown_arguments(const Value& call);

/// The dotted name a value stands for: "sqlalchemy.Column", "alembic.op.create_table",
/// "app.models.User"; empty if it has none. For an attribute of a call the callee's name plus "()":
/// "flask_sqlalchemy.SQLAlchemy().Model".
std::string dotted_name(const Value& value);

/// The SQLAlchemy construct a value names, whatever way it was imported: "Column", "relationship",
/// "String", "mapped_column", "Table", "select", "orm.Session" ... ; empty if it is none. Knows
/// sqlalchemy, sqlalchemy.orm, sqlalchemy.ext.*, sqlalchemy.dialects.* ("postgresql.JSONB"),
/// flask_sqlalchemy's `db.`, sqlmodel ("Field", "Relationship", "SQLModel", "select").
std::string sqlalchemy_name(const Value& value);

/// Of a call: sqlalchemy_name of what is called; empty otherwise.
std::string sqlalchemy_call(const Value& value);

/// Follows `either` to its last alternative; other values are themselves.
const Value& settled(const Value& value);

} // namespace assay::facts
