// SPDX-License-Identifier: MIT
#include "engine/checks/query_run_view.hpp"

#include "engine/checks/execution_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks {

namespace {

constexpr std::size_t k_small = 0;
constexpr std::size_t k_more_roots = 1;
constexpr std::size_t k_more_leaves = 2;
constexpr std::size_t k_large = 3;

bool delivers(const DrivenCallable& driven)
{
  return std::ranges::all_of(driven.runs, [](const DriveRun& run) {
    return run.roots_seen > 0 || run.roots_foreign > 0 || run.leaves_seen > 0;
  });
}

bool same_tables(const Subject& subject, const QueryView& view)
{
  const auto& seeded = subject.facts.query_runs.seeded;
  for (const EntityView* entity : {&view.root, &view.by}) {
    const auto found = seeded.find(entity->role);
    if (found == seeded.end()) {
      continue;
    }
    const bool known = std::ranges::any_of(
      entity->tables, [&](const Table* table) { return names_table(found->second, *table); });
    if (!entity->tables.empty() && !known) {
      return false;
    }
  }
  return true;
}

int count_of(const DriveRun& run, const Relationship& relationship)
{
  const std::string name = qualified_name(relationship);
  int count = 0;
  for (const LateLoad& load : run.loads) {
    const bool inherited =
      load.relation.ends_with("." + relationship.name) && !load.refresh && load.relation != name;
    if (!load.refresh && (load.relation == name || inherited)) {
      count += load.count;
    }
  }
  return count;
}

/// Objects with the relationship that are read again one at a time: what was loaded is lost.
int refreshed(const DriveRun& run, const Relationship& relationship)
{
  int count = 0;
  for (const LateLoad& load : run.loads) {
    count += load.refresh && load.relation == relationship.owner ? load.count : 0;
  }
  return count;
}

bool grows_with_size(const DrivenCallable& driven,
                     const Relationship& relationship,
                     int (*count)(const DriveRun&, const Relationship&))
{
  const int small = count(driven.runs[k_small], relationship);
  return count(driven.runs[k_more_roots], relationship) > small
         || count(driven.runs[k_more_leaves], relationship) > small;
}

int loads(const DriveRun& run)
{
  int count = 0;
  for (const LateLoad& load : run.loads) {
    count += load.count;
  }
  return count;
}

} // namespace

const DrivenCallable*
driven(const Subject& subject, const std::string& ref, const std::string& root)
{
  const auto& all = subject.facts.query_runs.callables;
  const auto found = std::ranges::find_if(all, [&](const DrivenCallable& each) {
    return each.ref == ref && (root.empty() || each.root == root);
  });
  if (!subject.facts.query_runs.ran || found == all.end()) {
    return nullptr;
  }
  const bool ran = found->outcome == DriveOutcome::ran && found->runs.size() > k_more_leaves
                   && !found->without_sql && delivers(*found);
  return ran || found->outcome == DriveOutcome::raised ? &*found : nullptr;
}

const DrivenCallable* driven(const Subject& subject, const QueryView& view)
{
  return view.callable == nullptr || !same_tables(subject, view)
           ? nullptr
           : driven(subject, view.callable->ref, view.root.role);
}

std::string describe_cost(const DrivenCallable& driven)
{
  const auto& runs = driven.runs;
  if (runs.size() <= k_more_leaves) {
    return {};
  }
  std::string text = fmt::format("{} statements for {} by {}, {} for {} by {}, {} for {} by {}",
                                 statements_of(runs[0]),
                                 runs[0].roots,
                                 runs[0].leaves,
                                 statements_of(runs[1]),
                                 runs[1].roots,
                                 runs[1].leaves,
                                 statements_of(runs[2]),
                                 runs[2].roots,
                                 runs[2].leaves);
  if (runs.size() > k_large) {
    text += fmt::format(", {} for {} by {}", statements_of(runs[3]), runs[3].roots, runs[3].leaves);
  }
  return text;
}

std::string growing_callee(const Subject& subject, const QueryView& view)
{
  for (const std::string& ref :
       view.callable == nullptr ? std::vector<std::string>() : view.callable->calls) {
    const DrivenCallable* calls = driven(subject, ref, view.root.role);
    if (calls != nullptr && calls->outcome == DriveOutcome::ran && cost_of(*calls).grows()) {
      const auto colons = ref.find("::");
      return fmt::format("{} calls {}, which needs {}",
                         label(*view.callable),
                         colons == std::string::npos ? ref : ref.substr(colons + 2),
                         describe_cost(*calls));
    }
  }
  return {};
}

bool loads_one_by_one(const DrivenCallable& driven, const Relationship& relationship)
{
  if (driven.runs.size() <= k_more_leaves) {
    return false;
  }
  return grows_with_size(driven, relationship, count_of);
}

bool keeps_promise(const DrivenCallable& driven, const Claim& claim)
{
  return loads_at_once(driven, claim) && !is_refreshed(driven, claim);
}

bool is_refreshed(const DrivenCallable& driven, const Claim& claim)
{
  return driven.runs.size() > k_more_leaves
         && grows_with_size(driven, *claim.relationship, refreshed);
}

bool loads_at_once(const DrivenCallable& driven, const Claim& claim)
{
  if (driven.runs.size() <= k_more_leaves || loads_one_by_one(driven, *claim.relationship)) {
    return false;
  }
  const std::string name = qualified_name(*claim.relationship);
  const DriveRun& small = driven.runs[k_small];
  const DriveRun& wide = driven.runs[k_more_roots];
  const bool unreachable = std::ranges::any_of(wide.relations, [&](const RelationState& state) {
    return state.relation == name && state.unreachable > 0;
  });
  if (unreachable) {
    return false;
  }
  // Statements that no relation accounts for: a query in a loop, or a process that hides its loads.
  const int in_claims = wide.in_claims - small.in_claims;
  const int growth = statements_of(wide) - statements_of(small) + in_claims;
  const bool unexplained = growth - (loads(wide) - loads(small)) >= 3;
  return claim.constant || !unexplained;
}

std::vector<Evidence> evidence_of_loads(const DrivenCallable& driven)
{
  std::vector<Evidence> evidence;
  if (driven.runs.size() <= k_more_leaves) {
    return evidence;
  }
  std::vector<LateLoad> worst = driven.runs[k_more_roots].loads;
  std::ranges::stable_sort(worst, std::greater(), &LateLoad::count);
  for (const LateLoad& load : worst) {
    if (load.count > 2 && !load.where.path.empty()) {
      add_evidence(evidence,
                   load.where,
                   load.refresh
                     ? "each object is read again"
                     : fmt::format("loads {} for each object", short_name(load.relation)));
    }
  }
  return evidence;
}

Finding seen(const Subject& subject, Finding finding)
{
  finding.basis = Basis::observed;
  if (finding.state == Finding::State::decided) {
    finding.confidence = models_run(subject).stand_ins ? 0.85 : 1.0;
  }
  return finding;
}

Finding also_ran(const Subject& subject, const std::vector<std::string>& queries, Finding finding)
{
  const bool all = std::ranges::all_of(queries, [&](const std::string& id) {
    const QueryView view = view_query(subject, id);
    return view.callable == nullptr || driven(subject, view) != nullptr;
  });
  if (all && finding.state == Finding::State::decided
      && std::ranges::any_of(queries, [&](const std::string& id) {
           return view_query(subject, id).callable != nullptr;
         })) {
    finding.basis = Basis::cross_checked;
  }
  return finding;
}

std::string describe_raised(const Callable& callable, const DrivenCallable& driven)
{
  const std::string what = driven.error.type.empty() ? driven.detail : describe(driven.error);
  return fmt::format("{} raised an error on rows: {}", label(callable), what);
}

const RelationState*
out_of_reach(const Subject& subject, const QueryView& view, const DrivenCallable& driven)
{
  const auto on_path = [&](const RelationState& state) {
    for (const std::vector<std::string>& path : view.spec->paths) {
      for (std::size_t i = 1; i < path.size(); ++i) {
        const auto all =
          relationships(subject, view_entity(subject, path[i - 1]), view_entity(subject, path[i]));
        if (std::ranges::any_of(all, [&](const Relationship* each) {
              return state.relation == qualified_name(*each);
            })) {
          return true;
        }
      }
    }
    return false;
  };
  for (const DriveRun& run : driven.runs) {
    for (const RelationState& state : run.relations) {
      if (state.unreachable > 0 && on_path(state)) {
        return &state;
      }
    }
  }
  return nullptr;
}

std::string why_nothing(const Subject& subject, const QueryView& view, const DrivenCallable& driven)
{
  if (driven.outcome == DriveOutcome::raised) {
    return describe_raised(*view.callable, driven);
  }
  const RelationState* state = out_of_reach(subject, view, driven);
  return state == nullptr || state->error != "sqlalchemy.exc.MissingGreenlet"
           ? std::string()
           : fmt::format("{} does not load {}, and reading it later raises MissingGreenlet",
                         label(*view.callable),
                         short_name(state->relation));
}

std::optional<Finding>
judge_calls(const Subject& subject,
            const QueryView& view,
            const std::function<std::optional<Finding>(const DrivenCallable&)>& judge)
{
  const DrivenCallable* calls = driven(subject, view);
  if (calls == nullptr) {
    return std::nullopt;
  }
  std::string why = why_nothing(subject, view, *calls);
  std::optional<Finding> shown =
    why.empty() ? judge(*calls) : failed(1, std::move(why), evidence_of(view));
  return shown ? std::optional(seen(subject, std::move(*shown))) : std::nullopt;
}

} // namespace assay::checks
