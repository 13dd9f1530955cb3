// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_joins.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

namespace assay::checks::query_no_explosion {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
  {.name = "max_joined",
   .type = ParamType::number,
   .fallback = "1",
   .unit = "collections",
   .summary = "Sibling collections that one statement may join."},
  {.name = "max_depth",
   .type = ParamType::number,
   .fallback = "2",
   .unit = "levels",
   .summary = "Collections below one another that one statement may join."},
};

constexpr ExampleFile k_exploding[] = {
  {"models.py", R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    reviews: Mapped[list["Review"]] = relationship()
    loans: Mapped[list["Loan"]] = relationship()

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))

class Loan(Base):
    __tablename__ = "loans"
    id: Mapped[int] = mapped_column(primary_key=True)
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
)"},
  {"queries.py",
   "from sqlalchemy import select\nfrom sqlalchemy.orm import joinedload\nfrom models import "
   "Book\n\n"
   "def books_of_author(session, author_id):\n"
   "    stmt = select(Book).where(Book.author_id == author_id).options(joinedload(Book.reviews), "
   "joinedload(Book.loans))\n"
   "    return session.scalars(stmt).unique().all()\n"},
};

constexpr Example k_examples[] = {
  {"Eager loading by another statement", k_eager_books, "{queries: [books_of_author]}", "pass"},
  {"Two collections joined at once", k_exploding, "{queries: [books_of_author]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{queries: [books_of_author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

Finding read_statements(const Subject& subject, const Params& params)
{
  if (auto none = without_queries(subject)) {
    return *none;
  }
  Finding result = not_applicable("");
  for (const std::string& id : params.list("queries")) {
    const QueryView view = view_query(subject, id);
    if (view.callable == nullptr) {
      result = result.state == Finding::State::not_applicable ? no_callable(subject, view) : result;
      continue;
    }
    for (const Statement& statement : view.callable->statements) {
      const JoinedCollections joined = joined_collections(subject, statement);
      if (joined.siblings > static_cast<int>(params.number("max_joined"))) {
        return failed(
          view.confidence,
          fmt::format("{} joins several collections in one statement: their rows multiply",
                      label(*view.callable)),
          {{statement.where, ""}});
      }
      if (joined.depth > static_cast<int>(params.number("max_depth"))) {
        return failed(
          view.confidence,
          fmt::format("{} joins collections over too many levels", label(*view.callable)),
          {{statement.where, ""}});
      }
    }
    const DrivenCallable* calls = view.understood() ? nullptr : driven(subject, view);
    const Truth multiplies = calls == nullptr ? Truth::unknown : calls->selects.multiplies;
    if (multiplies == Truth::yes && params.number("max_joined") < 2) {
      return seen(
        subject,
        failed(1,
               fmt::format("{} joins several collections in one statement: their rows multiply",
                           label(*view.callable)),
               evidence_of(view)));
    }
    if (!view.understood() && multiplies != Truth::no) {
      return undetermined(fmt::format("Which collections {} joins could not be read completely",
                                      label(*view.callable)),
                          0.9,
                          evidence_of(view));
    }
    result = passed(view.confidence, "No statement multiplies rows", evidence_of(view));
  }
  return result;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  return also_ran(subject, params.list("queries"), read_statements(subject, params));
}

} // namespace

extern constinit const Kind kind{
  .id = "query.no_explosion",
  .since = "0.1",
  .summary = "No statement joins collections whose rows multiply.",
  .why = "Two sibling collections joined in one statement return the product of their rows.",
  .blind_spots = "How many rows there really are.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_no_explosion
