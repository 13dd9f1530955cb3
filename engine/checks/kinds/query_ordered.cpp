// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace assay::checks::query_ordered {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
};

constexpr Level k_levels[] = {
  {"no_unique_tail", 0.7, "A page ordered by a column in which rows may tie."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{queries: [books_of_author]}", "pass"},
  {"A query in a loop", k_lazy_books, "{queries: [books_of_author]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{queries: [books_of_author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// An ORDER BY in SQL that is written as text; a page's order is judged by what is sent.
bool orders_in_text(const Statement& statement)
{
  const std::string sql = to_lower(statement.sql);
  return statement.order.empty() && sql.find("order by") != std::string::npos
         && sql.find("limit") == std::string::npos;
}

bool ordered_by_relationship(const Subject& subject, const QueryView& view)
{
  return std::ranges::any_of(
    relationships(subject, view.by, view.root),
    [](const Relationship* relationship) { return relationship->ordered; });
}

Finding judge_one(const Subject& subject, const QueryView& view)
{
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  bool single = !view.statements.empty();
  for (const Statement* statement : view.statements) {
    single = single && returns_one(*statement);
    if (orders_in_text(*statement)) {
      return passed(view.confidence,
                    fmt::format("{} has a fixed order", label(*view.callable)),
                    {{statement->where, ""}});
    }
    if (statement->order.empty()
        && !(statement->style == StatementStyle::relationship
             && ordered_by_relationship(subject, view))) {
      continue;
    }
    const bool unique_tail = std::ranges::any_of(
      statement->order, [](const Ordering& ordering) { return ordering.unique; });
    if (statement->limited == Truth::yes && !unique_tail) {
      return at_level(
        "no_unique_tail",
        view.confidence,
        fmt::format("{} pages by an order in which rows may tie", label(*view.callable)),
        {{statement->where, ""}});
    }
    return passed(view.confidence,
                  fmt::format("{} has a fixed order", label(*view.callable)),
                  {{statement->where, ""}});
  }
  if (single) {
    return not_applicable(fmt::format("{} returns one object", label(*view.callable)));
  }
  // An order that a mapper or a helper adds shows in the SQL.
  const DrivenCallable* calls = driven(subject, view);
  if (calls != nullptr && calls->selects.ordered == Truth::yes) {
    if (calls->selects.paged == Truth::yes && calls->selects.unique_order == Truth::no) {
      return seen(
        subject,
        at_level("no_unique_tail",
                 1,
                 fmt::format("{} pages by an order in which rows may tie", label(*view.callable)),
                 evidence_of(view)));
    }
    return seen(
      subject,
      passed(1, fmt::format("{} has a fixed order", label(*view.callable)), evidence_of(view)));
  }
  if (!view.understood()) {
    return undetermined(
      fmt::format("The order of {} could not be read completely", label(*view.callable)),
      0.5,
      evidence_of(view));
  }
  return failed(
    view.confidence, fmt::format("{} has no ORDER BY", label(*view.callable)), evidence_of(view));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto none = without_queries(subject)) {
    return *none;
  }
  return also_ran(
    subject, params.list("queries"), lower_of(subject, params.list("queries"), judge_one));
}

} // namespace

extern constinit const Kind kind{
  .id = "query.ordered",
  .since = "0.1",
  .summary = "Results have a fixed order, with a unique tail where they are paged.",
  .why = "Without ORDER BY the database may return rows in any order; with LIMIT and ties a page "
         "may repeat or skip rows.",
  .blind_spots = "Orders that are computed.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_ordered
