// SPDX-License-Identifier: MIT
// What calling a query showed, in the form that kinds ask for. It wins over reading; where a
// callable could not be called, or nothing came back, reading stands with its caps.
#pragma once

#include "engine/checks/query_claims.hpp"
#include "engine/checks/query_view.hpp"
#include "engine/model/query_cost.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::checks {

/// The calls of the view's callable, nullptr unless it was called on rows of the same entities that
/// the view means and either brought some of them or raised the candidate's own error.
const DrivenCallable* driven(const Subject& subject, const QueryView& view);

/// The same for any callable; with an empty `root` whatever it was called for.
const DrivenCallable*
driven(const Subject& subject, const std::string& ref, const std::string& root = {});

/// "3 statements for 3 posts, 9 for 9".
std::string describe_cost(const DrivenCallable& driven);

/// Where the view's callable was not called itself: says which one that it calls has a cost that
/// was seen to grow. What is around it cannot be better. Empty if there is none.
std::string growing_callee(const Subject& subject, const QueryView& view);

/// Whether loading this relation took a statement for each object.
bool loads_one_by_one(const DrivenCallable& driven, const Relationship& relationship);

/// What a run showed about one promise of the query: no statement for each object brought it.
bool loads_at_once(const DrivenCallable& driven, const Claim& claim);

/// Whether each object was read again after it was loaded, so that what came with it is lost.
bool is_refreshed(const DrivenCallable& driven, const Claim& claim);

/// Loaded at once and not lost again.
bool keeps_promise(const DrivenCallable& driven, const Claim& claim);

/// The lines that made relations load one by one, the worst first.
std::vector<Evidence> evidence_of_loads(const DrivenCallable& driven);

/// `finding` as one that the calls established. Source: checks.md section 7.
Finding seen(const Subject& subject, Finding finding);

/// A finding of reading about `queries`, all of which ran as they were read.
Finding also_ran(const Subject& subject, const std::vector<std::string>& queries, Finding finding);

/// A relation on the paths of the query that cannot be read from what the call gave back; nullptr
/// if there is none.
const RelationState*
out_of_reach(const Subject& subject, const QueryView& view, const DrivenCallable& driven);

/// Why the call delivers nothing (R4): it raised, or what it gave back cannot be read in async code
/// along the paths of the query. Empty if it delivers.
std::string
why_nothing(const Subject& subject, const QueryView& view, const DrivenCallable& driven);

/// What calling the view's callable established: nothing if it was not called, failed if it
/// delivers nothing, else what `judge` says of the calls.
std::optional<Finding>
judge_calls(const Subject& subject,
            const QueryView& view,
            const std::function<std::optional<Finding>(const DrivenCallable&)>& judge);

/// For a callable that raised the candidate's own error.
std::string describe_raised(const Callable& callable, const DrivenCallable& driven);

} // namespace assay::checks
