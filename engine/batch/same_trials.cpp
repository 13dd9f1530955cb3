// SPDX-License-Identifier: MIT
#include "engine/batch/same_trials.hpp"

namespace assay::batch {

bool same_trials(const Rubric& a, const Rubric& b)
{
  const auto unplaced = [](Rubric rubric) {
    for (auto& each : rubric.entities) {
      each.position = {};
      for (ColumnRole& column : each.columns) {
        column.position = {};
      }
    }
    for (auto& each : rubric.relations) {
      each.position = {};
    }
    for (auto& each : rubric.queries) {
      each.position = {};
    }
    return rubric;
  };
  const Rubric left = unplaced(a);
  const Rubric right = unplaced(b);
  return left.entities == right.entities && left.relations == right.relations
         && left.queries == right.queries;
}

} // namespace assay::batch
