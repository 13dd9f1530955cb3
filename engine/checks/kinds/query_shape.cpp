// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_shape {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
};

constexpr Level k_levels[] = {
  {"wrong_path", 0.5, "Another public path to the same result returns wrong rows."},
};

constexpr ExampleFile k_joined_books[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import select\nfrom sqlalchemy.orm import joinedload\nfrom models import "
   "Book\n\n"
   "def books_of_author(session, author_id):\n"
   "    stmt = select(Book).where(Book.author_id == author_id).options(joinedload(Book.reviews))\n"
   "    return session.scalars(stmt).all()\n"},
};

constexpr Example k_examples[] = {
  {"Eager loading by another statement", k_eager_books, "{queries: [books_of_author]}", "pass"},
  {"A joined collection without .unique()", k_joined_books, "{queries: [books_of_author]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{queries: [books_of_author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// A join along a collection repeats the parent in select() style.
const Statement* repeats_parents(const Subject& subject, const QueryView& view)
{
  for (const Statement* statement : view.statements) {
    const bool entities = statement->style == StatementStyle::select && statement->columns.empty()
                          && statement->roots.size() == 1;
    if (!entities || statement->distinct || statement->grouped
        || statement->unique_called != Truth::no) {
      continue;
    }
    for (const Join& join : statement->joins) {
      const auto dot = join.through.rfind('.');
      const auto& all = subject.facts.schema.relationships;
      const auto relationship = std::ranges::find_if(all, [&](const Relationship& each) {
        return dot != std::string::npos && each.owner == join.through.substr(0, dot)
               && each.name == join.through.substr(dot + 1);
      });
      const bool filtered_there =
        std::ranges::any_of(statement->filters, [&](const Filter& filter) {
          return filter.class_name == join.class_name;
        });
      const bool from_root =
        relationship != all.end() && relationship->owner == statement->roots.front();
      if (from_root && is_to_many(*relationship) && !filtered_there) {
        return statement;
      }
    }
  }
  return nullptr;
}

Finding judge_one(const Subject& subject, const QueryView& view)
{
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  if (const DrivenCallable* calls = driven(subject, view);
      calls != nullptr && !calls->printed && cut_by_limit(view) == nullptr) {
    if (calls->outcome == DriveOutcome::raised) {
      return seen(subject, failed(1, describe_raised(*view.callable, *calls), evidence_of(view)));
    }
    const bool repeated =
      std::ranges::any_of(calls->runs, [](const DriveRun& run) { return run.roots_repeated > 0; });
    const bool cut =
      std::ranges::any_of(calls->runs, [](const DriveRun& run) { return run.roots_cut > 0; });
    return seen(
      subject,
      repeated ? failed(1,
                        fmt::format("{} returned objects more than once", label(*view.callable)),
                        evidence_of(view))
      : cut
        ? failed(1,
                 fmt::format("{} returned only a part of some collections", label(*view.callable)),
                 evidence_of(view))
        : passed(1,
                 fmt::format("{} returns each object once and whole", label(*view.callable)),
                 evidence_of(view)));
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises == Truth::yes) {
    return failed(view.confidence, raising.reason, {{raising.where, ""}});
  } else if (raising.raises == Truth::unknown) {
    return undetermined(raising.reason, 0.5, {{raising.where, ""}});
  }
  if (const Statement* cut = cut_by_limit(view)) {
    return failed(
      view.confidence,
      fmt::format("LIMIT together with contains_eager cuts objects and collections in {}",
                  label(*view.callable)),
      {{cut->where, ""}});
  }
  if (const Statement* repeated = repeats_parents(subject, view)) {
    return failed(
      view.confidence,
      fmt::format("The join in {} returns an object once for each row of the collection",
                  label(*view.callable)),
      {{repeated->where, ""}});
  }
  if (!view.understood()) {
    return undetermined(fmt::format("The shape of what {} returns could not be read completely",
                                    label(*view.callable)),
                        0.9,
                        evidence_of(view));
  }
  return passed(view.confidence,
                fmt::format("{} returns each object once and whole", label(*view.callable)),
                evidence_of(view));
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
  .id = "query.shape",
  .since = "0.1",
  .summary = "Each object is in the result once, with its collections whole.",
  .why = "A joined collection without `.unique()`, a join that repeats its parent, and LIMIT "
         "together with `contains_eager` spoil the result. `joinedload` with LIMIT does not: "
         "SQLAlchemy wraps it.",
  .blind_spots = "What the rows really hold.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_shape
