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

} // namespace

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
    for (const Callable* consumer : checks::consumers_of(facts.queries)) {
      if (consumer->kind != CallableKind::template_) {
        static_cast<void>(task_for(plan, consumer->ref));
      }
    }
    plan.tasks.resize(std::min(plan.tasks.size(), k_most_tasks));
  }
  return plans;
}

} // namespace assay::pipeline
