// SPDX-License-Identifier: MIT
// The phase that tries what the models promise: on rows of the engine's own, through SQL and
// through the ORM.
#pragma once

#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/probe/submission_run.hpp"

#include <string_view>

namespace assay::probe {

/// Fills `facts.execution.trials` for the tables of the rubric's roles and their links: a second
/// row with the same values, a missing value, a foreign key that leads nowhere, a parent deleted by
/// `session.delete()`, an object put into a collection and looked at from the other side. What
/// cannot be tried leaves no trial. `secret`: of the rows.
void observe_trials(SubmissionRun& submission,
                    const Rubric& rubric,
                    const Resolution& roles,
                    std::string_view secret);

} // namespace assay::probe
