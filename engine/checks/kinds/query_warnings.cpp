// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_warnings {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
};

constexpr ExampleFile k_cartesian[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import select\nfrom models import Author, Book\n\n"
   "def books_of_author(session, email):\n"
   "    return session.scalars(select(Book).where(Author.email == email)).all()\n"},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{queries: [books_of_author]}", "pass"},
  {"A filter on an entity that is not joined", k_cartesian, "{queries: [books_of_author]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{queries: [books_of_author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

Finding judge_one(const Subject& subject, const QueryView& view)
{
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  const DrivenCallable* calls = driven(subject, view);
  if (calls != nullptr) {
    const auto warning = std::ranges::find_if(
      calls->warnings, [](const std::string& text) { return text.starts_with("SAWarning"); });
    if (warning != calls->warnings.end()) {
      return seen(subject,
                  failed(1,
                         fmt::format("{} ran with a warning: {}",
                                     label(*view.callable),
                                     warning->substr(0, warning->find('\n')).substr(0, 200)),
                         evidence_of(view)));
    }
  }
  for (const Statement& statement : view.callable->statements) {
    const auto loose =
      std::ranges::find_if(statement.filters, [](const Filter& filter) { return !filter.joined; });
    if (loose != statement.filters.end() || !statement.unjoined.empty()) {
      const std::string what =
        loose != statement.filters.end() ? loose->class_name : statement.unjoined.front();
      return failed(view.confidence,
                    fmt::format("{} names {} without joining it: a cartesian product",
                                label(*view.callable),
                                short_name(what)),
                    {{statement.where, ""}});
    }
  }
  if (calls != nullptr && calls->outcome == DriveOutcome::ran) {
    return seen(
      subject,
      passed(1, fmt::format("{} ran without warnings", label(*view.callable)), evidence_of(view)));
  }
  if (!view.understood()) {
    return undetermined(
      fmt::format("Whether {} warns could not be read completely", label(*view.callable)),
      0.95,
      evidence_of(view));
  }
  return passed(view.confidence, "Every entity in FROM is joined", evidence_of(view));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto none = without_queries(subject)) {
    return *none;
  }
  return lower_of(subject, params.list("queries"), judge_one);
}

} // namespace

extern constinit const Kind kind{
  .id = "query.warnings",
  .since = "0.1",
  .summary = "The queries run without warnings of SQLAlchemy.",
  .why = "A second entity in FROM without a condition that joins it returns the product of both.",
  .blind_spots = "Warnings that only appear while the program runs.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_warnings
