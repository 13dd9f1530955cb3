// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/query_claims.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace assay::checks::query_constant_statements {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
  {.name = "paths",
   .type = ParamType::path_list,
   .required = true,
   .summary = "What is walked, as chains of entities."},
  {.name = "relief",
   .type = ParamType::query,
   .summary = "Another query that, if it brings what it promises at once, relieves a lazy one."},
};

constexpr Level k_levels[] = {
  {"relieved", 0.5, "Lazy, but the query named by `relief` does it right."},
  {"constant_per_root", 0.25, "Constant for the roots, growing for what hangs below them."},
  {"data_dependent", 0, "Constant only for little data."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()",
   k_eager_books,
   "{query: books_of_author, paths: [book.review]}",
   "pass"},
  {"A query in a loop", k_lazy_books, "{query: books_of_author, paths: [book.review]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{query: books_of_author, paths: [book.review]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// Whether all that the other query promises came at once, a collection at least.
bool keeps_promises(const std::vector<Claim>& claims, const DrivenCallable& calls)
{
  return calls.outcome == DriveOutcome::ran && calls.stale != Truth::yes
         && !cost_of(calls).for_little_data
         && std::ranges::any_of(claims,
                                [](const Claim& claim) { return is_to_many(*claim.relationship); })
         && std::ranges::all_of(claims,
                                [&](const Claim& claim) { return keeps_promise(calls, claim); });
}

bool relieved(const Subject& subject, const Params& params)
{
  if (!params.has("relief")) {
    return false;
  }
  const QueryView other = view_query(subject, params.text("relief"));
  if (const DrivenCallable* calls = driven(subject, other); calls != nullptr) {
    return cut_by_limit(other) == nullptr && keeps_promises(read_claims(subject, other), *calls);
  }
  if (other.callable == nullptr || !other.understood() || cut_by_limit(other) != nullptr
      || read_raising(subject, other).raises != Truth::no || read_growth(subject, other).any()) {
    return false;
  }
  const auto covers = [&](const std::string& path) {
    std::vector<std::string> roles;
    for (const std::string_view role : split(path, '.')) {
      roles.emplace_back(role);
    }
    const std::vector<Hop> hops = read_path(subject, other, roles);
    return !hops.empty()
           && std::ranges::all_of(hops, [](const Hop& hop) { return is_constant(hop.loading); });
  };
  return std::ranges::all_of(params.list("paths"), covers);
}

Finding grows(const Subject& subject,
              const Params& params,
              const QueryView& view,
              std::string reason,
              std::vector<Evidence> evidence)
{
  if (!view.understood()) {
    return undetermined(reason + ", as far as it could be read", 0.2, std::move(evidence));
  }
  if (relieved(subject, params)) {
    return at_level("relieved",
                    view.confidence,
                    reason + "; another query of the submission does it right",
                    std::move(evidence));
  }
  return failed(view.confidence, std::move(reason), std::move(evidence));
}

Finding judge_runs(const Subject& subject,
                   const Params& params,
                   const QueryView& view,
                   const DrivenCallable& calls)
{
  if (const RelationState* state = out_of_reach(subject, view, calls)) {
    return failed(1,
                  fmt::format("{} cannot be read from what {} returns: {}",
                              short_name(state->relation),
                              label(*view.callable),
                              state->error),
                  evidence_of(view));
  }
  std::vector<Evidence> evidence = evidence_of(view);
  for (const Evidence& load : evidence_of_loads(calls)) {
    add_evidence(evidence, load.where, load.note);
  }
  const std::string what = fmt::format("{}: {}", label(*view.callable), describe_cost(calls));
  const QueryCost cost = cost_of(calls);
  if (calls.stale == Truth::yes) {
    return at_level(
      "data_dependent",
      1,
      fmt::format("{} gives an old answer after something new was written", label(*view.callable)),
      evidence);
  }
  if (!cost.grows()) {
    return passed(1, what, evidence_of(view));
  }
  if (cost.for_little_data) {
    return at_level("data_dependent", 1, what, evidence);
  }
  if (cost.per_root < 0.5) {
    return at_level("constant_per_root", 1, what, evidence);
  }
  return relieved(subject, params) ? at_level("relieved", 1, what, evidence)
                                   : failed(1, what, evidence);
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  const auto runs = [&](const DrivenCallable& calls) {
    return judge_runs(subject, params, view, calls);
  };
  if (auto shown = judge_calls(subject, view, runs)) {
    return *shown;
  }
  if (const std::string what = growing_callee(subject, view); !what.empty()) {
    return seen(subject,
                relieved(subject, params) ? at_level("relieved", 1, what, evidence_of(view))
                                          : failed(1, what, evidence_of(view)));
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises == Truth::yes) {
    return failed(view.confidence, raising.reason, {{raising.where, ""}});
  } else if (raising.raises == Truth::unknown) {
    return undetermined(raising.reason, 0.5, {{raising.where, ""}});
  }
  const Growth growth = read_growth(subject, view);
  if (growth.any() && growth.certain == Truth::unknown) {
    return undetermined(
      growth.reason + ", if the attribute is what its name says", 0.3, growth.evidence);
  }
  if (growth.per_leaf && view.understood()) {
    return at_level("constant_per_root", view.confidence, growth.reason, growth.evidence);
  }
  if (growth.any()) {
    return grows(subject, params, view, growth.reason, growth.evidence);
  }
  for (const std::string& path : params.list("paths")) {
    std::vector<std::string> roles;
    for (const std::string_view role : split(path, '.')) {
      roles.emplace_back(role);
    }
    for (const Hop& hop : read_path(subject, view, roles)) {
      if (is_constant(hop.loading)) {
        continue;
      }
      const std::string what = hop.relationship == nullptr ? path
                                                           : short_name(hop.relationship->owner)
                                                               + "." + hop.relationship->name;
      std::vector<Evidence> evidence = evidence_of(view);
      add_evidence(evidence, hop.where, what);
      return grows(subject,
                   params,
                   view,
                   fmt::format("{} leaves {} to be loaded one by one", label(*view.callable), what),
                   std::move(evidence));
    }
  }
  if (!view.understood()) {
    return undetermined(fmt::format("Whether {} needs the same number of statements for any amount "
                                    "of data could not be read completely",
                                    label(*view.callable)),
                        0.8,
                        evidence_of(view));
  }
  return passed(view.confidence,
                fmt::format("{} needs the same number of statements for any amount of data",
                            label(*view.callable)),
                evidence_of(view));
}

} // namespace

extern constinit const Kind kind{
  .id = "query.constant_statements",
  .since = "0.1",
  .summary = "The number of statements does not grow with the data.",
  .why = "A statement in a loop, or a relationship read for each element without having been "
         "loaded, costs one statement for each element.",
  .blind_spots = "Whatever a running program alone shows: expiry after a commit, events, "
                 "properties of unknown classes.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_constant_statements
