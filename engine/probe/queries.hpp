// SPDX-License-Identifier: MIT
// The phase that calls the submission's query code: on rows made after everything was imported, at
// several sizes, in a fresh box each, so that what a query costs can be told by how it grows.
#pragma once

#include "engine/probe/query_plan.hpp"
#include "engine/probe/submission_run.hpp"

#include <string_view>

namespace assay::probe {

/// Adds to `facts.query_runs`. `secret` is not told to the process before the rows are there; two
/// runs with different secrets see different rows and lead to the same facts. Whatever the
/// candidate's code does, this returns.
void observe_queries(SubmissionRun& submission,
                     const Rubric& rubric,
                     const Resolution& roles,
                     const QueryPlan& plan,
                     std::string_view secret);

} // namespace assay::probe
