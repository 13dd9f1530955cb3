// SPDX-License-Identifier: MIT
#include "engine/checks/query_claims.hpp"
#include "engine/checks/query_examples.hpp"
#include "engine/checks/query_run_view.hpp"
#include "engine/checks/query_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::query_eager_effective {

namespace {

constexpr Param k_params[] = {
  {.name = "query",
   .type = ParamType::query,
   .required = true,
   .summary = "The query of the rubric."},
  {.name = "paths",
   .type = ParamType::path_list,
   .required = true,
   .summary = "What can be promised, as chains of entities."},
};

constexpr Level k_levels[] = {
  {"missing_unique",
   0.3,
   "The options are right, but the result raises for the missing .unique()."},
  {"cut_by_limit", 0.4, "LIMIT together with contains_eager cuts collections."},
  {"data_dependent", 0.25, "Eager only for little data."},
};

constexpr Example k_examples[] = {
  {"Eager loading in select()", k_eager_books, "{query: eager, paths: [book.review]}", "pass"},
  {"A query in a loop", k_lazy_books, "{query: eager, paths: [book.review]}", "fail"},
  {"A query behind an unknown package",
   k_opaque_books,
   "{query: eager, paths: [book.review]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::queries, FactFamily::schema};

/// The share of the promises that cost no statement for each object.
Finding share_of(const QueryView& view, const std::vector<Claim>& claims)
{
  std::vector<Evidence> evidence = evidence_of(view);
  double constant = 0;
  bool collection = false;
  std::vector<std::string> lazy;
  // R33: of the collections that the name or docstring speaks of, if it does, one must come.
  const bool any_named = std::ranges::any_of(
    claims, [](const Claim& claim) { return claim.named && is_to_many(*claim.relationship); });
  for (const Claim& claim : claims) {
    constant += claim.constant ? 1 : 0;
    collection =
      collection
      || (claim.constant && is_to_many(*claim.relationship) && (claim.named || !any_named));
    if (!claim.constant) {
      lazy.push_back(short_name(claim.relationship->owner) + "." + claim.relationship->name);
      add_evidence(evidence, claim.relationship->where, "loaded one by one");
    }
  }
  if (claims.empty() || !collection) {
    return failed(view.confidence,
                  any_named && !lazy.empty()
                    ? fmt::format("{} promises {}, but loads it one by one",
                                  label(*view.callable),
                                  fmt::join(lazy, ", "))
                    : fmt::format("{} loads no collection eagerly", label(*view.callable)),
                  evidence);
  }
  const std::string reason =
    lazy.empty()
      ? fmt::format("{} brings what it promises without further statements", label(*view.callable))
      : fmt::format(
        "{} promises {}, but loads it one by one", label(*view.callable), fmt::join(lazy, ", "));
  return shared(constant / static_cast<double>(claims.size()), view.confidence, reason, evidence);
}

bool any_collection(const std::vector<Claim>& claims)
{
  return std::ranges::any_of(claims,
                             [](const Claim& claim) { return is_to_many(*claim.relationship); });
}

/// Where the query names no collection, those that the mapper brings with each object.
Finding judge_claims(const Subject& subject, const QueryView& view, std::vector<Claim> claims)
{
  if (!any_collection(claims)) {
    for (const Relationship& relationship : subject.facts.schema.relationships) {
      if (is_eager_mapping(relationship) && is_to_many(relationship)
          && stands_for(view.root, relationship.owner)) {
        claims.push_back({&relationship, true});
      }
    }
  }
  Finding finding = share_of(view, claims);
  return view.understood() ? finding
                           : undetermined(fmt::format("What {} loads could not be read completely",
                                                      label(*view.callable)),
                                          0.4,
                                          finding.evidence);
}

/// Collections of the wanted paths that are left lazy although the query starts further up (R3).
bool stops_short(const Subject& subject, const Params& params, const QueryView& view)
{
  return std::ranges::any_of(view.spec->paths, [&](const std::vector<std::string>& path) {
    const std::vector<Hop> hops = read_path(subject, view, path);
    const bool from_by =
      view.by.found() && std::ranges::all_of(view.statements, [&](const Statement* statement) {
        return std::ranges::none_of(statement->roots, [&](const std::string& name) {
          return std::ranges::find(view.root.classes, name) != view.root.classes.end();
        });
      });
    (void)params;
    return from_by && !hops.empty() && hops.back().loading == Loading::lazy;
  });
}

/// Collections that were there when the objects came: by options that could not be read, or because
/// the mapper loads them.
void add_what_came(const Subject& subject,
                   const QueryView& view,
                   const DrivenCallable& calls,
                   std::vector<Claim>& claims)
{
  for (const Relationship& relationship : subject.facts.schema.relationships) {
    const bool came = std::ranges::any_of(calls.runs[1].relations, [&](const RelationState& state) {
      return state.relation == qualified_name(relationship) && state.objects > 0
             && state.loaded == state.objects;
    });
    const bool known =
      std::ranges::find(claims, &relationship, &Claim::relationship) != claims.end();
    const bool explained = !view.understood() || is_eager_mapping(relationship);
    if (came && explained && !known && is_to_many(relationship)) {
      claims.push_back({&relationship});
    }
  }
}

Finding judge_calls(const Subject& subject,
                    const Params& params,
                    const QueryView& view,
                    const DrivenCallable& calls,
                    std::vector<Claim> claims)
{
  if (calls.outcome == DriveOutcome::raised) {
    Finding finding = share_of(view, claims);
    if (finding.share > 0) {
      finding.levels.emplace_back("missing_unique"); // R4: for whatever was raised
    }
    finding.reason = describe_raised(*view.callable, calls);
    return finding;
  }
  const bool any_collection =
    std::ranges::any_of(claims, [](const Claim& claim) { return is_to_many(*claim.relationship); });
  if (!any_collection) {
    add_what_came(subject, view, calls, claims);
  }
  for (Claim& claim : claims) {
    claim.constant = keeps_promise(calls, claim);
  }
  Finding finding = share_of(view, claims);
  for (const Evidence& load : evidence_of_loads(calls)) {
    add_evidence(finding.evidence, load.where, load.note);
  }
  if (finding.share <= 0) {
    return finding;
  }
  if (calls.stale == Truth::yes || cost_of(calls).for_little_data) {
    finding.levels.emplace_back("data_dependent");
    finding.reason = fmt::format("{}: {}", label(*view.callable), describe_cost(calls));
  } else if (const Statement* cut = cut_by_limit(view)) {
    finding.levels.emplace_back("cut_by_limit");
    finding.reason = fmt::format("LIMIT together with contains_eager cuts the collections in {}",
                                 label(*view.callable));
    add_evidence(finding.evidence, cut->where, "");
  } else if (stops_short(subject, params, view) && cost_of(calls).grows()) {
    finding.share = std::min(finding.share, 0.5);
  }
  return finding;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const QueryView view = view_query(subject, params.text("query"));
  if (view.callable == nullptr) {
    return no_callable(subject, view);
  }
  const std::vector<Claim> promised = read_claims(subject, view);
  const DrivenCallable* calls = driven(subject, view);
  if (calls != nullptr) {
    return seen(subject, judge_calls(subject, params, view, *calls, promised));
  }
  if (std::string inner = growing_callee(subject, view); !inner.empty()) {
    return seen(subject, failed(1, std::move(inner), evidence_of(view)));
  }
  Finding finding = judge_claims(subject, view, promised);
  if (finding.state != Finding::State::decided || finding.share <= 0) {
    return finding;
  }
  if (const RaisesOnRows raising = read_raising(subject, view); raising.raises != Truth::no) {
    if (raising.raises == Truth::unknown) {
      return undetermined(raising.reason, 0.6, {{raising.where, ""}});
    }
    finding.levels.emplace_back("missing_unique");
    finding.reason = raising.reason;
    add_evidence(finding.evidence, raising.where, "");
  } else if (const Statement* cut = cut_by_limit(view)) {
    finding.levels.emplace_back("cut_by_limit");
    finding.reason = fmt::format("LIMIT together with contains_eager cuts the collections in {}",
                                 label(*view.callable));
    add_evidence(finding.evidence, cut->where, "");
  } else if (stops_short(subject, params, view)) {
    finding.share = std::min(finding.share, 0.5);
    finding.reason =
      fmt::format("{} loads one level eagerly and leaves the next one lazy", label(*view.callable));
  } else if (const Growth growth = read_growth(subject, view);
             growth.any() && growth.certain == Truth::unknown) {
    return undetermined(growth.reason + ", if the attribute is what its name says",
                        finding.share / 2,
                        growth.evidence);
  }
  return finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "query.eager_effective",
  .since = "0.1",
  .summary = "What the query promises comes without a statement for each object.",
  .why = "The promise is what its options, its name, its docstring and its own body name; the "
         "credit is the share of it that is loaded with a constant number of statements.",
  .blind_spots = "What a running program alone shows.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_queries<evaluate>,
};

} // namespace assay::checks::query_eager_effective
