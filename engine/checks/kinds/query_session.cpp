// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_session {

namespace {

constexpr Param k_params[] = {
  {.name = "queries",
   .type = ParamType::query_list,
   .required = true,
   .summary = "The queries of the rubric; the lower counts."},
};

constexpr Level k_levels[] = {
  {"global_session", 0.5, "One session for everything, or one that is never closed."},
  {"commit_in_read", 0.5, "It commits while it reads."},
  {"one_of_two", 0.5, "One of the queries is wrong."},
};

constexpr ExampleFile k_unawaited[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import select\nfrom sqlalchemy.ext.asyncio import AsyncSession\nfrom models "
   "import Book\n\n"
   "async def books_of_author(session: AsyncSession, author_id: int):\n"
   "    result = session.scalars(select(Book).where(Book.author_id == author_id))\n"
   "    return result.all()\n"},
};

constexpr ExampleFile k_odd_session[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import select\nfrom company_tools import current\nfrom models import Book\n\n"
   "def books_of_author(author_id):\n"
   "    return current().scalars(select(Book).where(Book.author_id == author_id)).all()\n"},
};

constexpr Example k_examples[] = {
  {"A session that is passed in", k_eager_books, "{queries: [books_of_author]}", "pass"},
  {"An asynchronous session that is not awaited",
   k_unawaited,
   "{queries: [books_of_author]}",
   "fail"},
  {"A session from an unknown package",
   k_odd_session,
   "{queries: [books_of_author]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

enum class Discipline { good, global, commits, unawaited, unknown };

Discipline discipline_of(const Callable& callable)
{
  if (callable.missing_await) {
    return Discipline::unawaited;
  }
  if (callable.commits_while_reading) {
    return Discipline::commits;
  }
  switch (callable.session) {
  case SessionSource::module_global:
  case SessionSource::local_unclosed:
    return Discipline::global;
  case SessionSource::unknown:
    return Discipline::unknown;
  case SessionSource::parameter:
  case SessionSource::context_manager:
  case SessionSource::scoped:
  case SessionSource::framework:
  case SessionSource::dependency:
  case SessionSource::attribute:
  case SessionSource::local_closed:
  case SessionSource::none:
    return Discipline::good;
  }
  return Discipline::unknown;
}

Finding read_one(const Subject& subject, const QueryView& view)
{
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  switch (discipline_of(*view.callable)) {
  case Discipline::global:
    return at_level("global_session",
                    view.confidence,
                    fmt::format("{} uses a session that is shared by everything or never closed",
                                label(*view.callable)),
                    evidence_of(view));
  case Discipline::commits:
    return at_level(
      "commit_in_read",
      view.confidence,
      fmt::format("{} commits while it reads, which expires every object", label(*view.callable)),
      evidence_of(view));
  case Discipline::unawaited:
    return failed(view.confidence,
                  fmt::format("{} does not await the session", label(*view.callable)),
                  evidence_of(view));
  case Discipline::unknown:
    return undetermined(
      fmt::format("Where {} takes its session from could not be read", label(*view.callable)),
      0.9,
      evidence_of(view));
  case Discipline::good:
    break;
  }
  return passed(view.confidence,
                fmt::format("{} is given its session, or closes it", label(*view.callable)),
                evidence_of(view));
}

/// Whether a session was passed when it was called: "db: session", "uow(factory: sessionmaker)".
bool is_given_session(const DrivenCallable& calls)
{
  return std::ranges::any_of(calls.bound, [](const std::string& bound) {
    return bound.ends_with("session") || bound.find(": session") != std::string::npos
           || bound.find(": async_session") != std::string::npos;
  });
}

/// Reading says where the session comes from; calling, whether the result can be used.
Finding judge_one(const Subject& subject, const QueryView& view)
{
  Finding finding = read_one(subject, view);
  const DrivenCallable* calls = driven(subject, view);
  if (calls == nullptr) {
    return finding;
  }
  const bool unusable = calls->error.type == "sqlalchemy.exc.MissingGreenlet"
                        || calls->error.type == "sqlalchemy.orm.exc.DetachedInstanceError";
  if (calls->outcome == DriveOutcome::raised && unusable) {
    return seen(subject, failed(1, describe_raised(*view.callable, *calls), evidence_of(view)));
  }
  if (calls->outcome != DriveOutcome::ran) {
    return finding;
  }
  if (finding.state == Finding::State::undetermined && is_given_session(*calls)) {
    finding = seen(
      subject,
      passed(1, fmt::format("{} is given its session", label(*view.callable)), evidence_of(view)));
  }
  const std::vector<Claim> claims = read_claims(subject, view);
  const auto promised = [&](const RelationState& state) {
    return std::ranges::any_of(claims, [&](const Claim& claim) {
      return state.relation == qualified_name(*claim.relationship);
    });
  };
  for (const RelationState& state : calls->runs.front().relations) {
    if (state.unreachable > 0 && state.error.find("InvalidRequestError") == std::string::npos
        && (!view.spec->eager || promised(state))) {
      return seen(subject,
                  failed(1,
                         fmt::format("{} cannot be read after {} returned: {}",
                                     short_name(state.relation),
                                     label(*view.callable),
                                     state.error),
                         evidence_of(view)));
    }
  }
  if (finding.state == Finding::State::decided) {
    finding.basis = Basis::cross_checked;
  }
  return finding;
}

bool is_bad(const Finding& finding)
{
  return finding.state == Finding::State::decided && (finding.share < 1 || !finding.levels.empty());
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto none = without_queries(subject)) {
    return *none;
  }
  std::vector<Finding> findings;
  for (const std::string& id : params.list("queries")) {
    findings.push_back(judge_one(subject, view_query(subject, id)));
  }
  const auto bad = std::ranges::count_if(findings, is_bad);
  if (bad == 1 && findings.size() > 1 && std::ranges::all_of(findings, [](const Finding& finding) {
        return finding.state == Finding::State::decided;
      })) {
    Finding finding = *std::ranges::find_if(findings, is_bad);
    finding.share = 1;
    finding.levels = {"one_of_two"};
    return finding;
  }
  return lower_of(subject, params.list("queries"), judge_one);
}

} // namespace

extern constinit const Kind kind{
  .id = "query.session",
  .since = "0.1",
  .summary = "Sessions are injected or closed, awaited where they are asynchronous, and not "
             "committed while reading.",
  .why = "A session shared by the whole program keeps its objects and its errors; a commit in a "
         "read expires every object.",
  .blind_spots = "How a framework ends the session.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_session
