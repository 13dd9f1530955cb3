// SPDX-License-Identifier: MIT
// Facts about code that reads the database: what each callable selects, filters, loads and walks.
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/truth.hpp"

#include <string>
#include <vector>

namespace assay {

enum class CallableKind {
  function,
  method,
  coroutine,
  route,
  script,
  statement,
  template_,
  property
};

enum class StatementStyle { select, query, core, get, text, relationship, aggregate };

/// How a filter's right-hand side comes about.
enum class Operand { parameter, constant, column, instance, unknown };

struct Filter {
  std::string class_name; ///< qualified class of the column; a table name for Core
  std::string attribute;  ///< the column or relationship compared
  Operand operand = Operand::unknown;
  std::string text;   ///< as written
  bool joined = true; ///< the class is among the FROM or JOIN entities (no: cartesian product)
  Location where;
  bool operator==(const Filter&) const = default;
};

/// "selectinload(User.posts).joinedload(Post.comments)" is one path of two steps.
struct LoadStep {
  std::string strategy; ///< selectinload, joinedload, subqueryload, contains_eager, immediateload,
                        ///< lazyload, raiseload, noload, defaultload
  std::string class_name; ///< qualified class that owns the attribute; empty for a wildcard
  std::string attribute;  ///< relationship name, or "*"
  bool operator==(const LoadStep&) const = default;
};

struct LoadPath {
  std::vector<LoadStep> steps;
  Truth live = Truth::yes; ///< no: in dead code
  Location where;
  bool operator==(const LoadPath&) const = default;
};

struct Join {
  std::string class_name; ///< qualified class joined to
  std::string through;    ///< "app.models.Post.comments" if joined along a relationship
  bool outer = false;
  bool operator==(const Join&) const = default;
};

struct Ordering {
  std::string class_name;
  std::string attribute;
  bool unique = false; ///< the column is a primary key or unique
  bool operator==(const Ordering&) const = default;
};

/// One SQL statement that a callable builds or executes.
struct Statement {
  StatementStyle style = StatementStyle::select;
  std::vector<std::string>
    roots; ///< qualified classes selected as entities, in order; with Core a table without class
  std::vector<std::string>
    columns; ///< "app.models.Post.title": single columns selected; "count(app.models.Post.id)"
  std::vector<std::string>
    unjoined; ///< classes in FROM that no condition joins to the others (cartesian product)
  std::vector<Join> joins;
  std::vector<Filter> filters;
  std::vector<LoadPath> options;
  std::vector<Ordering> order;
  Truth limited = Truth::no;
  Operand limit = Operand::unknown; ///< meaningful with limited
  bool offset = false;
  bool distinct = false;
  bool grouped = false;
  Truth unique_called =
    Truth::no; ///< .unique() on the result, or fetched so that it needs none (first, scalar);
               ///< unknown: the result leaves the callable before it is fetched
  Truth executed = Truth::unknown; ///< in this callable or by what it returns to
  int loop_depth = 0;              ///< loops around the execution within the callable
  bool conditional = false;        ///< parts of it depend on a branch
  std::string execute_method;      ///< scalars, execute, all, first, exec ...
  std::string sql;                 ///< of text()
  Location where;
  bool operator==(const Statement&) const = default;
};

/// A relationship read on an object, e.g. `post.comments`.
struct RelationAccess {
  std::string class_name; ///< qualified class; empty if it was guessed by name alone
  std::string attribute;
  int loop_depth = 0; ///< loops over query results around the access
  std::string via;    ///< the callable in which it happens, if it is called from here (to_dict)
  int statement = -1; ///< index of the statement whose result is walked; -1 unknown
  Location where;
  bool operator==(const RelationAccess&) const = default;
};

struct SqlBuild {
  std::string how; ///< "f-string", "%", "format", "concatenation"
  Location where;
  bool operator==(const SqlBuild&) const = default;
};

enum class SessionSource {
  parameter,
  context_manager,
  module_global,
  scoped,
  framework,
  dependency,
  attribute,
  local_unclosed,
  local_closed,
  none,
  unknown
};

struct CallableParameter {
  std::string name;
  std::string annotation;
  bool has_default = false;
  std::string default_text;
  bool operator==(const CallableParameter&) const = default;
};

struct Callable {
  std::string
    ref; ///< "app/queries.py::PostRepository.by_author"; a script block is "blog.py::main#2"
  std::string name;
  std::string owner; ///< qualified class of a method
  CallableKind kind = CallableKind::function;
  bool is_async = false;
  std::vector<CallableParameter> parameters;
  std::string return_annotation;
  std::string docstring;
  std::vector<std::string> comments; ///< inside and just above it
  Truth live = Truth::unknown; ///< R7: importable and callable from outside, or reachable from it
  std::string dead_reason;
  bool bad_example = false; ///< the candidate labels it as the way not to do it
  std::string bad_example_reason;
  bool readme_mention = false;
  std::vector<Statement> statements; ///< own and inlined helpers', in order
  std::vector<RelationAccess> accesses;
  std::vector<std::string> calls; ///< refs of project callables it calls
  std::vector<SqlBuild> built_sql;
  SessionSource session = SessionSource::unknown;
  bool writes = false; ///< add, delete, flush, insert(), update(), delete()
  bool commits_while_reading = false;
  bool missing_await = false;
  bool returns_statement = false; ///< returns a Select or Query that the caller executes
  std::string
    returns; ///< "objects", "dicts", "rows", "scalar", "none", "unknown", "statement", "comments"
  std::string returns_class; ///< qualified class of the objects returned, if known
  bool counts_only = false;  ///< uses len()/count() of the collection, never the members
  bool always_raises = false;
  bool consumer = false; ///< route, serialiser, template, property, __repr__ that touches entities
  Truth complete = Truth::yes; ///< no: something in it was not understood
  std::vector<std::string> gaps;
  Location where;
  bool operator==(const Callable&) const = default;
};

struct QueryFacts {
  Basis basis = Basis::none;
  double confidence = 0;
  std::vector<Callable>
    callables; ///< sorted by path, then line; only those that touch the database or entities
  /// Live ones that give something back and of which not one statement could be read. One that
  /// turns out to answer when it is called becomes one of `callables`.
  std::vector<Callable> hidden;
  std::vector<std::string> readme_queries; ///< SELECTs or query code that stand only in a README
  Truth complete = Truth::yes;
  std::vector<std::string> gaps;
  bool operator==(const QueryFacts&) const = default;
};

} // namespace assay
