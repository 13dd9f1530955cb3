// SPDX-License-Identifier: MIT
// Which of the submission's callables are worth driving for the queries of a rubric.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/probe/query_plan.hpp"

#include <vector>

namespace assay::pipeline {

/// One plan for each shape of rows that the rubric's queries need. A callable that is a candidate
/// for several queries of a shape is in its plan once, with the promises it makes for any of them.
/// Consumers of the data come after the candidates, and where no candidate can be read, those of
/// which nothing could be read come last.
std::vector<probe::QueryPlan>
plan_queries(const Facts& facts, const Rubric& rubric, const Resolution& resolution);

/// Those that brought rows when they were called become callables like any other.
void reveal_hidden(Facts& facts);

} // namespace assay::pipeline
