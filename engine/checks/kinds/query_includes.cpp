// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"
#include "engine/checks/tally.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::checks::query_includes {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
  {.name = "paths",
   .type = ParamType::path_list,
   .required = true,
   .summary = "What must be in the result, as chains of entities."},
};

constexpr Level k_levels[] = {
  {"flat", 0.7, "The far ends come as one flat list."},
  {"inner_join", 0.7, "An inner join drops objects without any."},
  {"lazy", 0.8, "They come only when the attribute is read."},
  {"counts", 0.4, "Only their number is in the result."},
  {"wrong_path", 0.5, "Another public path to the same result returns wrong rows."},
};

constexpr ExampleFile k_without_reviews[] = {
  {"models.py", k_book_models},
  {"queries.py",
   "from sqlalchemy import select\nfrom models import Book\n\n"
   "def books_of_author(session, author_id):\n"
   "    rows = session.execute(select(Book.title).where(Book.author_id == author_id))\n"
   "    return [{\"title\": title} for (title,) in rows]\n"},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()",
   k_eager_books,
   "{query: books_of_author, paths: [book.review]}",
   "pass"},
  {"Titles only", k_without_reviews, "{query: books_of_author, paths: [book.review]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{query: books_of_author, paths: [book.review]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

struct Reached {
  Part part;
  const Hop* hop = nullptr;
};

bool names_subset(const Callable& callable)
{
  const std::string text = to_lower(callable.name + " " + callable.docstring);
  return text.find("having") != std::string::npos || text.find("that have") != std::string::npos
         || text.find("que tienen") != std::string::npos
         || text.find("que tem") != std::string::npos || text.find("que têm") != std::string::npos;
}

bool joins_inner(const QueryView& view, const EntityView& target)
{
  return std::ranges::any_of(view.statements, [&](const Statement* statement) {
    return std::ranges::any_of(statement->joins, [&](const Join& join) {
      return !join.outer
             && std::ranges::find(target.classes, join.class_name) != target.classes.end();
    });
  });
}

void at(Part& part, const Params& params, std::string level, std::string remark)
{
  part.value = params.credit(level);
  part.noted = std::move(level);
  part.remark = std::move(remark);
}

Part judge_path(const Subject& subject,
                const Params& params,
                const QueryView& view,
                const std::vector<std::string>& path)
{
  Part part;
  part.confidence = view.confidence;
  const EntityView target = view_entity(subject, path.back());
  const std::string what = label(target);
  const std::vector<Hop> hops = read_path(subject, view, path);
  const auto worst = std::ranges::max_element(
    hops, {}, [](const Hop& hop) { return static_cast<int>(hop.loading); });
  const Loading loading = worst == hops.end() ? Loading::missing : worst->loading;
  part.value = 1;
  part.known = view.understood();
  if (!part.known) {
    part.remark =
      fmt::format("whether {} brings {} could not be read completely", label(*view.callable), what);
    part.value = 0.8;
    return part;
  }
  if (worst != hops.end()) {
    add_evidence(part.evidence, worst->where, what);
  }
  if (view.callable->returns == "comments") {
    at(part,
       params,
       "flat",
       fmt::format("{} returns a flat list of {}", label(*view.callable), what));
  } else if (view.callable->counts_only && loading != Loading::eager) {
    at(part, params, "counts", fmt::format("{} only counts {}", label(*view.callable), what));
  } else if (joins_inner(view, target) && !names_subset(*view.callable)) {
    at(part,
       params,
       "inner_join",
       fmt::format("the inner join in {} drops what has no {}", label(*view.callable), what));
  } else if (loading == Loading::lazy) {
    const bool touched = std::ranges::any_of(
      hops, [](const Hop& hop) { return hop.loading == Loading::lazy && hop.touched; });
    const bool objects = view.callable->returns != "dicts" && view.callable->returns != "rows"
                         && view.callable->returns != "scalar";
    if (!touched && objects) {
      at(part,
         params,
         "lazy",
         fmt::format("{} are not part of what {} loads; they come when they are read",
                     what,
                     label(*view.callable)));
    } else if (!touched) {
      part.value = 0;
      part.remark = fmt::format("{} does not return {}", label(*view.callable), what);
    }
  } else if (loading == Loading::never || loading == Loading::raises) {
    part.value = 0;
    part.remark = fmt::format("{} switches the loading of {} off", label(*view.callable), what);
  } else if (loading == Loading::missing) {
    part.value = 0;
    part.known = absence_proves(subject);
    part.remark = fmt::format("{} does not reach {}", label(*view.callable), what);
  }
  return part;
}

/// The runs at the small sizes, which no page of the usual length cuts.
std::optional<Finding> judge_runs(const QueryView& view, const DrivenCallable& calls)
{
  const std::string what = label(*view.callable);
  bool whole = true;
  bool bare = true;
  bool flat = true;
  bool none = true;
  for (const DriveRun& run : calls.runs) {
    whole = whole && run.roots_seen > 0 && run.roots_whole == run.roots_seen;
    bare = bare && (run.bare_seen > 0 || run.roots_seen < run.roots);
    flat = flat && run.leaves_seen >= run.roots * run.leaves;
    none = none && run.leaves_seen == 0;
    if (run.roots_cut > 0 && run.leaves_foreign == 0 && !calls.printed) {
      return failed(
        1, fmt::format("{} returned only a part of some collections", what), evidence_of(view));
    }
    if (run.leaves_foreign > 0) {
      return failed(
        1, fmt::format("{} returned what belongs to another object", what), evidence_of(view));
    }
  }
  if (calls.printed && !(whole && bare)) {
    return std::nullopt; // what is printed is chosen: something else may have been loaded too
  }
  if (whole) {
    if (!bare && !names_subset(*view.callable)) {
      return at_level(
        "inner_join",
        1,
        fmt::format("what has nothing below it was missing from the result of {}", what),
        evidence_of(view));
    }
    const bool late = calls.runs[1].in_walk > calls.runs[0].in_walk + 2;
    return late ? at_level("lazy",
                           1,
                           fmt::format("{} leaves them to be loaded when they are read", what),
                           evidence_of(view))
                : passed(1,
                         fmt::format("{} brings everything that was asked for", what),
                         evidence_of(view));
  }
  if (flat) {
    return at_level(
      "flat", 1, fmt::format("{} returns them without their objects", what), evidence_of(view));
  }
  if (none && view.callable->counts_only) {
    return at_level(
      "counts", 1, fmt::format("{} returns only how many there are", what), evidence_of(view));
  }
  const bool unreachable = std::ranges::any_of(
    calls.runs[0].relations, [](const RelationState& state) { return state.unreachable > 0; });
  if (none && (unreachable || calls.runs[0].relations.empty())) {
    return failed(1,
                  unreachable ? fmt::format("what {} returns cannot be read any more: {}",
                                            what,
                                            calls.runs[0].relations.front().error)
                              : fmt::format("the result of {} has none of them", what),
                  evidence_of(view));
  }
  return std::nullopt;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  if (cut_by_limit(view) == nullptr) {
    const auto runs = [&](const DrivenCallable& calls) { return judge_runs(view, calls); };
    if (auto shown = judge_calls(subject, view, runs)) {
      return *shown;
    }
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises == Truth::yes) {
    return failed(view.confidence, raising.reason, {{raising.where, ""}});
  } else if (raising.raises == Truth::unknown) {
    return undetermined(raising.reason, 0.5, {{raising.where, ""}});
  }
  if (const Statement* cut = cut_by_limit(view)) {
    return failed(view.confidence,
                  fmt::format("LIMIT together with contains_eager cuts the collections in {}",
                              label(*view.callable)),
                  {{cut->where, ""}});
  }
  std::vector<Part> parts;
  for (const std::string& path : params.list("paths")) {
    std::vector<std::string> roles;
    for (const std::string_view role : split(path, '.')) {
      roles.emplace_back(role);
    }
    parts.push_back(judge_path(subject, params, view, roles));
  }
  return total(parts,
               fmt::format("{} brings everything that was asked for", label(*view.callable)));
}

} // namespace

extern constinit const Kind kind{
  .id = "query.includes",
  .since = "0.1",
  .summary = "Related objects are part of the result.",
  .why = "Whether they come by an option, by the mapper, by another statement or when they are "
         "read; a join that drops objects and a bare count earn less.",
  .blind_spots = "What the rows really hold.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_includes
