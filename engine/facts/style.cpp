// SPDX-License-Identifier: MIT
// Which query API is used, and whether query functions are typed and documented.
#include "engine/facts/extract.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

bool is_query_function(const Callable& callable)
{
  switch (callable.kind) {
  case CallableKind::function:
  case CallableKind::method:
  case CallableKind::coroutine:
  case CallableKind::route:
    break;
  case CallableKind::script:
  case CallableKind::statement:
  case CallableKind::template_:
  case CallableKind::property:
    return false;
  }
  return callable.live != Truth::no && !callable.statements.empty() && !callable.consumer;
}

bool is_typed(const Callable& callable)
{
  const bool parameters =
    std::ranges::all_of(callable.parameters, [](const CallableParameter& parameter) {
      return !parameter.annotation.empty();
    });
  return parameters && (!callable.return_annotation.empty() || !callable.parameters.empty());
}

} // namespace

StyleFacts read_style(Program& program, const QueryFacts& queries)
{
  static_cast<void>(program);
  StyleFacts style;
  for (const Callable& callable : queries.callables) {
    for (const Statement& statement : callable.statements) {
      const bool live = callable.live != Truth::no;
      const bool selects =
        statement.style == StatementStyle::select || statement.style == StatementStyle::core;
      style.uses_legacy_query =
        style.uses_legacy_query || (live && statement.style == StatementStyle::query);
      style.uses_select = style.uses_select || (live && selects);
    }
    if (is_query_function(callable)) {
      ++style.query_functions;
      style.typed_query_functions += is_typed(callable) ? 1 : 0;
      style.documented_query_functions +=
        !callable.docstring.empty() || !callable.comments.empty() ? 1 : 0;
    }
  }
  return style;
}

} // namespace assay::facts
