// SPDX-License-Identifier: MIT
#include "engine/checks/consumers.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_consumers {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "Entities whose consumers count."},
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
  {.name = "chosen_cap",
   .type = ParamType::number,
   .fallback = "0.5",
   .unit = "0..1",
   .summary = "At most this when the consumer of a chosen query grows."},
};

constexpr ExampleFile k_constant_route[] = {
  {"models.py", k_book_models},
  {"queries.py", k_eager_query},
  {"main.py",
   "from fastapi import Depends, FastAPI\nfrom sqlalchemy.orm import Session\nfrom queries import "
   "books_of_author\n\n"
   "app = FastAPI()\n\ndef get_session():\n    yield None\n\n"
   "@app.get(\"/authors/{author_id}/books\")\n"
   "def read_books(author_id: int, session: Session = Depends(get_session)):\n"
   "    return [{\"title\": book.title, \"reviews\": [review.text for review in book.reviews]}\n"
   "            for book in books_of_author(session, author_id)]\n"},
};

constexpr ExampleFile k_growing_route[] = {
  {"models.py", k_book_models},
  {"main.py",
   "from fastapi import Depends, FastAPI\nfrom sqlalchemy import select\nfrom sqlalchemy.orm "
   "import Session\nfrom models import Book\n\n"
   "app = FastAPI()\n\ndef get_session():\n    yield None\n\n"
   "@app.get(\"/authors/{author_id}/books\")\n"
   "def read_books(author_id: int, session: Session = Depends(get_session)):\n"
   "    books = session.scalars(select(Book).where(Book.author_id == author_id)).all()\n"
   "    return [{\"title\": book.title, \"reviews\": [review.text for review in book.reviews]} for "
   "book in books]\n"},
};

constexpr Example k_examples[] = {
  {"A route over an eager query",
   k_constant_route,
   "{entities: [book], queries: [books_of_author]}",
   "pass"},
  {"A route that loads reviews one by one",
   k_growing_route,
   "{entities: [book], queries: [books_of_author]}",
   "fail"},
  {"No routes, serialisers or templates",
   k_eager_books,
   "{entities: [book], queries: [books_of_author]}",
   "not_applicable"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// A query that was called brought objects without a relation that this one reads.
bool reads_what_was_not_loaded(const Subject& subject, const Callable& callable)
{
  const auto reads = [&](const RelationState& state) {
    return state.loaded < state.objects
           && std::ranges::any_of(callable.accesses, [&](const RelationAccess& access) {
                return state.relation == access.class_name + "." + access.attribute;
              });
  };
  return std::ranges::any_of(subject.facts.query_runs.callables, [&](const DrivenCallable& driven) {
    return std::ranges::any_of(
      driven.runs, [&](const DriveRun& run) { return std::ranges::any_of(run.relations, reads); });
  });
}

/// A function that shows objects which something else has loaded: whether their relations came with
/// them is not to be read in it.
bool is_given_objects(const Subject& subject, const Callable& callable)
{
  const bool function =
    callable.kind == CallableKind::function || callable.kind == CallableKind::method;
  return function && find_class(subject.facts.schema, callable.owner) == nullptr
         && std::ranges::all_of(callable.statements,
                                [](const Statement& statement) {
                                  return statement.style == StatementStyle::relationship;
                                })
         && !reads_what_was_not_loaded(subject, callable);
}

/// Growth of a callable, or of what it calls.
Growth growth_of(const Subject& subject, const Callable& callable, int depth, Truth& understood)
{
  Growth growth = read_growth(subject, callable);
  understood = both(understood, callable.complete);
  constexpr int k_max_depth = 4;
  for (const std::string& ref : callable.calls) {
    const auto& all = subject.facts.queries.callables;
    const auto found =
      std::ranges::find_if(all, [&](const Callable& each) { return each.ref == ref; });
    if (found != all.end() && depth < k_max_depth && !growth.any()) {
      growth = growth_of(subject, *found, depth + 1, understood);
      growth.certain = is_given_objects(subject, *found) ? Truth::unknown : growth.certain;
    }
  }
  return growth;
}

/// Called by other code: it gets what that code has loaded, not the bare object of a trial.
bool is_handed_objects(const Subject& subject, const Callable& callable)
{
  return std::ranges::any_of(subject.facts.queries.callables, [&](const Callable& other) {
    return other.ref != callable.ref && other.live != Truth::no
           && std::ranges::find(other.calls, callable.ref) != other.calls.end();
  });
}

bool serves_chosen(const Subject& subject, const Callable& callable)
{
  return std::ranges::any_of(subject.roles.queries, [&](const auto& entry) {
    return entry.second == callable.ref
           || std::ranges::find(callable.calls, entry.second) != callable.calls.end();
  });
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const std::vector<const Callable*> consumers =
    outermost_consumers(subject.facts.queries, subject.roles);
  if (consumers.empty()) {
    if (subject.facts.queries.complete != Truth::yes) {
      return undetermined(
        "Whether routes, serialisers, templates or commands exist could not be read completely", 1);
    }
    return not_applicable(
      "There are no routes, serialisers, templates or commands that show the data");
  }
  std::vector<Part> parts;
  bool chosen_bad = false;
  std::size_t observed = 0;
  for (const Callable* consumer : consumers) {
    Part part;
    part.confidence = std::max(subject.facts.queries.confidence, 0.5);
    Truth understood = Truth::yes;
    const DrivenCallable* calls = driven(subject, consumer->ref);
    const bool raised = calls != nullptr && calls->outcome == DriveOutcome::raised;
    // Only a route is sure to have been given what it is made for.
    if (calls != nullptr && !is_handed_objects(subject, *consumer)
        && (!raised || consumer->kind == CallableKind::route)) {
      const bool grows = !raised && cost_of(*calls).grows();
      const bool bad = raised || grows;
      part.confidence = 1;
      part.value = bad ? 0 : 1;
      part.remark = raised  ? describe_raised(*consumer, *calls)
                    : grows ? fmt::format("{}: {}", label(*consumer), describe_cost(*calls))
                            : "";
      part.evidence = evidence_of_loads(*calls);
      chosen_bad = chosen_bad || (bad && serves_chosen(subject, *consumer));
      observed += 1;
      parts.push_back(std::move(part));
      continue;
    }
    const Growth growth = growth_of(subject, *consumer, 0, understood);
    part.known = growth.any()
                   ? growth.certain == Truth::yes && !is_given_objects(subject, *consumer)
                   : understood == Truth::yes;
    part.value = !part.known ? 0.8 : growth.any() ? 0 : 1;
    part.remark = growth.any() ? growth.reason
                  : part.known ? ""
                               : fmt::format("{} could not be read completely", label(*consumer));
    part.evidence = growth.evidence;
    chosen_bad = chosen_bad || (part.known && growth.any() && serves_chosen(subject, *consumer));
    parts.push_back(std::move(part));
  }
  Finding finding =
    total(parts,
          consumers.size() == 1 ? "The consumer stays constant"
                                : fmt::format("All {} consumers stay constant", consumers.size()));
  if (chosen_bad) {
    finding.share = std::min(finding.share, params.number("chosen_cap"));
  }
  if (observed > 0) {
    finding.basis = observed == consumers.size() ? Basis::observed : Basis::cross_checked;
  }
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "query.consumers",
  .since = "0.1",
  .summary = "Routes, serialisers, templates and commands bring no query in a loop back.",
  .why = "A serialiser that reads a relationship for each object undoes an eager query. A chain of "
         "route, service and `to_dict` counts once, by the outermost.",
  .blind_spots = "Templates and serialisers of unknown libraries.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_consumers
