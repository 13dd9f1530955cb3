// SPDX-License-Identifier: MIT
#include "engine/pipeline/query_tasks.hpp"

#include "engine/checks/candidates.hpp"
#include "engine/checks/consumers.hpp"
#include "engine/checks/query_claims.hpp"

#include <algorithm>

namespace assay::pipeline {

namespace {

constexpr std::size_t k_most_tasks = 16;

probe::QueryTask& task_for(probe::QueryPlan& plan, const std::string& ref)
{
  const auto known = std::ranges::find(plan.tasks, ref, &probe::QueryTask::ref);
  if (known != plan.tasks.end()) {
    return *known;
  }
  plan.tasks.push_back({ref, {}});
  return plan.tasks.back();
}

probe::QueryPlan& plan_for(std::vector<probe::QueryPlan>& plans, const probe::SeedShape& shape)
{
  const auto known = std::ranges::find(plans, shape, &probe::QueryPlan::shape);
  if (known != plans.end()) {
    return *known;
  }
  plans.push_back({shape, {}});
  return plans.back();
}

/// A query that was understood and only reads.
bool is_readable_query(const QueryFacts& queries, const std::string& ref)
{
  const auto found = std::ranges::find(queries.callables, ref, &Callable::ref);
  return found != queries.callables.end() && !found->writes && !found->statements.empty()
         && found->complete != Truth::no;
}

bool delivers(const QueryRunFacts& runs, const std::string& ref)
{
  return std::ranges::any_of(runs.callables, [&](const DrivenCallable& driven) {
    return driven.ref == ref && driven.outcome == DriveOutcome::ran && !driven.runs.empty()
           && std::ranges::all_of(driven.runs, [](const DriveRun& run) {
                return run.roots_seen > 0 || run.leaves_seen > 0;
              });
  });
}

} // namespace

void reveal_hidden(Facts& facts)
{
  QueryFacts& queries = facts.queries;
  const auto moved = std::ranges::stable_partition(queries.hidden, [&](const Callable& callable) {
    return !delivers(facts.query_runs, callable.ref);
  });
  for (Callable& callable : moved) {
    queries.callables.push_back(std::move(callable));
  }
  queries.hidden.erase(moved.begin(), moved.end());
  std::ranges::stable_sort(queries.callables, {}, [](const Callable& each) {
    return std::pair(each.where.path, each.where.line);
  });
}

std::vector<probe::QueryPlan>
plan_queries(const Facts& facts, const Rubric& rubric, const Resolution& resolution)
{
  std::vector<probe::QueryPlan> plans;
  for (const QuerySpec& query : rubric.queries) {
    probe::QueryPlan& plan = plan_for(plans, probe::shape_of(rubric, query));
    for (const std::string& ref : checks::rank_candidates(facts, resolution, rubric, query)) {
      probe::QueryTask& task = task_for(plan, ref);
      Resolution chosen = resolution;
      chosen.queries = {{query.id, ref}};
      const checks::Subject subject{facts, chosen, rubric};
      for (const checks::Claim& claim :
           checks::read_claims(subject, checks::view_query(subject, query.id))) {
        const std::pair<std::string, std::string> named{claim.relationship->owner,
                                                        claim.relationship->name};
        if (std::ranges::find(task.claims, named) == task.claims.end()) {
          task.claims.push_back(named);
        }
      }
    }
  }
  for (probe::QueryPlan& plan : plans) {
    const bool any_readable = std::ranges::any_of(plan.tasks, [&](const probe::QueryTask& task) {
      return is_readable_query(facts.queries, task.ref);
    });
    for (const Callable* consumer : checks::consumers_of(facts.queries, resolution)) {
      if (consumer->kind != CallableKind::template_) {
        static_cast<void>(task_for(plan, consumer->ref));
      }
    }
    if (!any_readable) {
      for (const Callable& callable : facts.queries.callables) {
        if (checks::says_nothing(callable) && callable.kind != CallableKind::template_) {
          static_cast<void>(task_for(plan, callable.ref));
        }
      }
      for (const Callable& callable : facts.queries.hidden) {
        static_cast<void>(task_for(plan, callable.ref));
      }
    }
    plan.tasks.resize(std::min(plan.tasks.size(), k_most_tasks));
  }
  return plans;
}

} // namespace assay::pipeline
