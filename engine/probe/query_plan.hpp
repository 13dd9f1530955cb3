// SPDX-License-Identifier: MIT
// Which callables are to be driven, and how each can be called. In: what reading found and what the
// imported process says of each name. Out: bindings for its parameters; the process is told what to
// pass, it decides nothing.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/probe/seed.hpp"
#include "sandbox/wire/value.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace assay::probe {

struct QueryTask {
  std::string ref; ///< Callable::ref
  /// What it promises to bring: qualified class and relationship.
  std::vector<std::pair<std::string, std::string>> claims;
};

struct QueryPlan {
  SeedShape shape;
  std::vector<QueryTask> tasks; ///< best candidates first
};

/// One way to call it.
struct Binding {
  wire::Value arguments; ///< of the harness's operation "bind"
  std::vector<std::string> bound;
  bool asked = false;   ///< it is told whose roots are wanted
  bool guessed = false; ///< what a parameter is for was told by its type alone
};

/// What bindings are made from.
struct BindingSource {
  const Rubric& rubric;
  const Resolution& roles;
  const SchemaFacts& schema;
  const SeedShape& shape;
  const Seeds& seeds;
};

/// Ways to call `callable`, the likeliest first; none with `why` where a parameter cannot be
/// filled. `described` is the harness's answer about it, `module` the name it is imported by.
struct Bindings {
  std::vector<Binding> ways;
  std::string why;
};

Bindings bind_callable(const BindingSource& source,
                       const Callable& callable,
                       const std::string& module,
                       const wire::Value& described);

/// "app/queries.py" and "Repository.by_author" of "app/queries.py::Repository.by_author#2".
std::pair<std::string, std::string> path_and_name(const std::string& ref);

} // namespace assay::probe
