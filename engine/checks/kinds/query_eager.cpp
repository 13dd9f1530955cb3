// SPDX-License-Identifier: MIT
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_eager {

namespace {

constexpr std::string_view k_strategies[] = {
  "selectinload", "joinedload", "subqueryload", "contains_eager"};

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
  {.name = "paths",
   .type = ParamType::path_list,
   .fallback = "[]",
   .summary = "Chains of entities it must be for; any collection unless given."},
  {.name = "strategies",
   .type = ParamType::text_list,
   .fallback = "[selectinload, joinedload, subqueryload, contains_eager]",
   .summary = "Loading options that count.",
   .choices = k_strategies},
  {.name = "mapper_level",
   .type = ParamType::flag,
   .fallback = "true",
   .summary = "Whether `lazy=` on the relationship counts."},
};

constexpr Level k_levels[] = {
  {"raise_guard", 0.3, "Lazy loading is only forbidden."},
  {"many_to_one_only", 0.5, "Only single objects are loaded eagerly."},
  {"data_dependent", 0.5, "Eager only for little data."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{query: eager}", "pass"},
  {"A query in a loop", k_lazy_books, "{query: eager}", "fail"},
  {"A query behind an unknown package", k_opaque_books, "{query: eager}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

struct Seen {
  bool to_many = false;
  bool to_one = false;
  bool guarded = false;
  Location where;
};

void look_at(const Subject& subject,
             const Statement& statement,
             const std::vector<std::string>& strategies,
             Seen& seen)
{
  for (const LoadPath& path : statement.options) {
    if (path.live == Truth::no) {
      continue;
    }
    for (const LoadStep& step : path.steps) {
      const Relationship* relationship = relationship_of(subject, step);
      seen.guarded = seen.guarded || step.strategy.starts_with("raise");
      if (std::ranges::find(strategies, step.strategy) == strategies.end()
          || (relationship != nullptr && is_query_collection(*relationship))) {
        continue;
      }
      const bool many = relationship == nullptr ? step.attribute == "*" : is_to_many(*relationship);
      (many ? seen.to_many : seen.to_one) = true;
      seen.where = many || seen.where.path.empty() ? path.where : seen.where;
    }
  }
}

void look_at_mappers(const Subject& subject, const QueryView& view, Seen& seen)
{
  for (const Relationship& relationship : subject.facts.schema.relationships) {
    const bool of_root =
      std::ranges::find(view.root.classes, relationship.owner) != view.root.classes.end()
      || std::ranges::find(view.by.classes, relationship.owner) != view.by.classes.end();
    if (!of_root) {
      continue;
    }
    seen.guarded = seen.guarded || relationship.lazy.starts_with("raise");
    if (is_eager_mapping(relationship)) {
      (is_to_many(relationship) ? seen.to_many : seen.to_one) = true;
      if (is_to_many(relationship)) {
        seen.where = relationship.where;
      }
    }
  }
}

/// Whether a collection was there, or stayed constant, when its objects came back.
bool brings_collection(const Subject& subject, const QueryView& view, const DrivenCallable& calls)
{
  const std::vector<Claim> claims = read_claims(subject, view);
  const bool promised = std::ranges::any_of(claims, [&](const Claim& claim) {
    return is_to_many(*claim.relationship) && loads_at_once(calls, claim);
  });
  if (promised) {
    return true;
  }
  const auto& relationships = subject.facts.schema.relationships;
  return std::ranges::any_of(calls.runs[1].relations, [&](const RelationState& state) {
    const auto relationship = std::ranges::find_if(relationships, [&](const Relationship& each) {
      return qualified_name(each) == state.relation;
    });
    return relationship != relationships.end() && is_to_many(*relationship) && state.objects > 0
           && state.loaded == state.objects && !loads_one_by_one(calls, *relationship)
           && !cost_of(calls).grows();
  });
}

Finding judge(const Subject& subject, const Params& params, const QueryView& view);

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  Finding read = judge(subject, params, view);
  const DrivenCallable* calls = driven(subject, view);
  if (calls == nullptr || calls->runs.size() < 3) {
    return calls == nullptr ? read : seen(subject, std::move(read)); // R4: what was read, it ran
  }
  const bool brings = brings_collection(subject, view, *calls);
  const bool said = read.state == Finding::State::decided && read.share > 0 && read.levels.empty();
  if (brings && (calls->stale == Truth::yes || cost_of(*calls).for_little_data)) {
    return seen(subject,
                at_level("data_dependent",
                         1,
                         fmt::format("{}: {}", label(*view.callable), describe_cost(*calls)),
                         std::move(read.evidence)));
  }
  if (brings) {
    return seen(subject,
                said ? std::move(read)
                     : passed(1,
                              fmt::format("{} loads a collection eagerly", label(*view.callable)),
                              std::move(read.evidence)));
  }
  if (calls->printed && calls->runs[1].relations.empty() && !cost_of(*calls).grows()) {
    return read; // the objects themselves were not looked at
  }
  const bool undone =
    said && std::ranges::any_of(read_claims(subject, view), [&](const Claim& claim) {
      return is_refreshed(*calls, claim);
    });
  if (!undone && (said || read.state == Finding::State::undetermined)) {
    return seen(subject,
                failed(1,
                       fmt::format("no loading option of {} takes effect on a collection",
                                   label(*view.callable)),
                       std::move(read.evidence)));
  }
  return seen(subject, std::move(read));
}

Finding judge(const Subject& subject, const Params& params, const QueryView& view)
{
  Seen seen;
  for (const Statement& statement : view.callable->statements) {
    look_at(subject, statement, params.list("strategies"), seen);
  }
  if (params.flag("mapper_level") && !view.statements.empty()) {
    look_at_mappers(subject, view, seen);
  }
  std::vector<Evidence> evidence = evidence_of(view);
  add_evidence(evidence, seen.where, "loading strategy");
  if (seen.to_many) {
    return passed(view.confidence,
                  fmt::format("{} loads a collection eagerly", label(*view.callable)),
                  evidence);
  }
  if (!view.understood()) {
    return undetermined(fmt::format("Which loading options {} uses could not be read completely",
                                    label(*view.callable)),
                        0.4,
                        evidence);
  }
  if (seen.to_one) {
    return at_level(
      "many_to_one_only",
      view.confidence,
      fmt::format("{} loads only single objects eagerly, no collection", label(*view.callable)),
      evidence);
  }
  if (seen.guarded) {
    return at_level("raise_guard",
                    view.confidence,
                    fmt::format("{} only forbids lazy loading", label(*view.callable)),
                    evidence);
  }
  return failed(view.confidence,
                fmt::format("{} uses no eager loading that takes effect", label(*view.callable)),
                evidence);
}

} // namespace

extern constinit const Kind kind{
  .id = "query.eager",
  .since = "0.1",
  .summary = "A loading strategy that fits collections is used where it takes effect.",
  .why = "Options count on a live statement, `lazy=` on the mapper; imports, comments, docstrings "
         "and dead code do not.",
  .blind_spots = "Options that are put together while the program runs.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_eager
