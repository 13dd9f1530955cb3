// SPDX-License-Identifier: MIT
// Python source as a tree of plain values. In: text. Out: a Module; broken regions become `unknown`
// expressions and `error` statements with everything around them intact. Refuses nothing: any bytes
// yield a Module.
//
// Nodes live in the Module that made them and are never changed afterwards; pointers between them
// do not own. Rejected: handing out tree-sitter nodes (its types would reach every extractor, and
// the grammar's shape with them).
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::syntax {

/// Bytes are 0-based and half open; lines and columns are 1-based (columns count bytes).
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  int line = 0;
  int column = 0;
  int end_line = 0;
};

struct Expr;
struct Stmt;

enum class ExprKind : std::uint8_t {
  unknown,       ///< not understood (or a syntax error)
  name,          ///< text
  attribute,     ///< value . text
  call,          ///< value (items, keywords)
  string,        ///< text: decoded; implicit concatenation joined; bytes too
  format_string, ///< items: interpolated expressions; text: the literal parts, "{}" for each hole
  number,        ///< text as written
  constant,      ///< text: True, False, None, ...
  list,          ///< items
  tuple,         ///< items
  set,           ///< items
  dict,          ///< keys[i]: items[i]; a null key is `**items[i]`
  subscript,     ///< value [items]
  slice,         ///< items: lower, upper, step (null where missing)
  binary,        ///< items[0] text items[1]
  unary,         ///< text value ("not", "-", "~", "+")
  boolean,       ///< items joined by text ("and", "or")
  compare,       ///< items[0] text items[1]; chains: operators joined by a space ("< <=")
  conditional,   ///< items: body, test, otherwise
  lambda,        ///< parameters, value
  comprehension, ///< text: list|set|dict|generator; items: element (dict: key, value); clauses
  await_,        ///< value
  yield_,        ///< value (null: bare); text: "yield" or "yield from"
  starred,       ///< text "*" or "**"; value
  named,         ///< items[0] := value
};

struct Keyword {
  std::string_view name; ///< empty for **kwargs
  const Expr* value = nullptr;
};

enum class ParameterKind : std::uint8_t { positional, keyword_only, var_positional, var_keyword };

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::positional;
  const Expr* annotation = nullptr;
  const Expr* fallback = nullptr; ///< default value
};

struct Clause { ///< for target in iterable if conditions
  const Expr* target = nullptr;
  const Expr* iterable = nullptr;
  std::vector<const Expr*> conditions;
  bool is_async = false;
};

struct Expr {
  ExprKind kind = ExprKind::unknown;
  Span span;
  std::string_view text;
  const Expr* value = nullptr;
  std::vector<const Expr*> items;
  std::vector<const Expr*> keys;
  std::vector<Keyword> keywords;
  std::vector<Parameter> parameters;
  std::vector<Clause> clauses;
};

enum class StmtKind : std::uint8_t {
  error,       ///< a region the parser could not read
  expression,  ///< value
  assign,      ///< targets = value (a = b = c has two targets)
  annotated,   ///< targets[0] : annotation [= value]
  augmented,   ///< targets[0] text value ("+=")
  return_,     ///< value or null
  if_,         ///< value: test; body; orelse (elif is a nested if_)
  for_,        ///< targets[0] in value; body; orelse
  while_,      ///< value; body; orelse
  with,        ///< with_items; body
  try_,        ///< body; handlers; orelse; finally
  function,    ///< function
  class_,      ///< class_def
  import,      ///< names
  import_from, ///< text: module (may be empty), level: leading dots, names ("*" for star)
  raise,       ///< value or null
  pass,
  delete_,    ///< targets
  assert_,    ///< value
  global,     ///< names (also nonlocal)
  match,      ///< value: subject; handlers: one per case (type: pattern as unknown)
  jump,       ///< break, continue (text)
  type_alias, ///< type text = value
};

using Block = std::vector<const Stmt*>;

struct ImportedName {
  std::string_view name;  ///< dotted for `import a.b`
  std::string_view alias; ///< empty if none
};

struct WithItem {
  const Expr* context = nullptr;
  const Expr* target = nullptr;
};

struct Handler { ///< an except clause or a case
  const Expr* type = nullptr;
  std::string_view name;
  Block body;
};

struct Function {
  std::string_view name;
  Span name_span;
  std::vector<Parameter> parameters;
  const Expr* returns = nullptr;
  std::vector<const Expr*> decorators;
  Block body;
  std::string_view docstring; ///< empty if none
  bool is_async = false;
};

struct Class {
  std::string_view name;
  Span name_span;
  std::vector<const Expr*> bases;
  std::vector<Keyword> keywords;
  std::vector<const Expr*> decorators;
  Block body;
  std::string_view docstring;
};

struct Stmt {
  StmtKind kind = StmtKind::error;
  Span span;
  std::string_view text;
  std::vector<const Expr*> targets;
  const Expr* value = nullptr;
  const Expr* annotation = nullptr;
  Block body;
  Block orelse;
  Block finally;
  std::vector<Handler> handlers;
  std::vector<WithItem> with_items;
  std::vector<ImportedName> names;
  int level = 0;
  bool is_async = false;
  std::unique_ptr<const Function> function;
  std::unique_ptr<const Class> class_def;
};

struct Comment {
  int line = 0;
  std::string_view text; ///< without '#', trimmed
};

/// Where the text does not parse.
struct SyntaxError {
  Span span;
  std::string message; ///< "unexpected 'def'", "missing ')'"
};

/// A parsed file. Move-only; string views point into it.
struct Module {
  std::unique_ptr<const std::string> source;
  Block body;
  std::string_view docstring;
  std::vector<Comment> comments;
  std::vector<SyntaxError> errors;

  std::deque<Expr> expressions; ///< storage of the nodes
  std::deque<Stmt> statements;
  std::deque<std::string> strings; ///< decoded string literals
};

/// Limits against hostile input; beyond them the rest of the file becomes one `error` statement.
struct ParseLimits {
  std::size_t max_bytes =
    2U << 20U;         ///< 2 MiB: 40 times the largest hand-written module in samples/
  int max_depth = 200; ///< nesting of expressions and blocks
};

/// Parses a file. `source` must be UTF-8.
Module parse(std::string source, const ParseLimits& limits = {});

/// Parses one expression, e.g. the text of a quoted annotation. `unknown` if it is not one. The
/// result lives in `module`, its span is `at`.
const Expr* parse_expression(Module& module, std::string_view text, const Span& at);

/// The 1-based line of the source, without its newline.
std::string_view line_text(const Module& module, int line);

} // namespace assay::syntax
