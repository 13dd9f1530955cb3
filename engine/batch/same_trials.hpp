// SPDX-License-Identifier: MIT
// Private to this module.
#pragma once

#include "engine/model/rubric.hpp"

namespace assay::batch {

/// Two rubrics that have the same things tried while a submission runs: their facts are the same.
bool same_trials(const Rubric& a, const Rubric& b);

} // namespace assay::batch
