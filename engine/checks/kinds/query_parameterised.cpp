// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_parameterised {

namespace {

constexpr ExampleFile k_built[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import text\n\n"
   "def books_of_author(session, name):\n"
   "    return session.execute(text(f\"SELECT * FROM books WHERE title = '{name}'\")).all()\n"},
};

constexpr ExampleFile k_reflected[] = {
  {"models.py",
   "from sqlalchemy.ext.automap import automap_base\nBase = automap_base()\nBase.prepare()\n"},
};

constexpr Example k_examples[] = {
  {"Bound values", k_eager_books, "{}", "pass"},
  {"An f-string in text()", k_built, "{}", "fail"},
  {"Nothing that can be read", k_reflected, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

Finding evaluate(const Subject& subject, const Params&)
{
  const QueryFacts& queries = subject.facts.queries;
  bool any = false;
  for (const Callable& callable : queries.callables) {
    if (callable.live == Truth::no) {
      continue;
    }
    any = any || !callable.statements.empty();
    if (!callable.built_sql.empty()) {
      const SqlBuild& built = callable.built_sql.front();
      return failed(std::max(queries.confidence, 0.6),
                    fmt::format("{} builds SQL from values by {}", label(callable), built.how),
                    {{built.where, built.how}});
    }
  }
  if (!any) {
    return without_queries(subject).value_or(undetermined("No query was found", 0.5));
  }
  return passed(std::max(queries.confidence, 0.6), "No SQL is put together from values");
}

} // namespace

extern constinit const Kind kind{
  .id = "query.parameterised",
  .since = "0.1",
  .summary = "No SQL is put together from values.",
  .why = "An f-string, `%`, `format` or concatenation inside `text()` or `execute()` lets input "
         "become SQL. Bound parameters and names from a fixed list are fine.",
  .blind_spots = "SQL that a package outside the repository builds.",
  .params = {},
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_parameterised
