// SPDX-License-Identifier: MIT
// What must hold between the sections of a rubric: sums, references, unique ids.
#pragma once

#include "engine/rubric/reader.hpp"

namespace assay::rubric {

void cross_check(const Rubric& rubric, Issues& issues);

} // namespace assay::rubric
