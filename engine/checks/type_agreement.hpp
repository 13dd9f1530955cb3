// SPDX-License-Identifier: MIT
// Whether foreign keys have the types of the keys they point to: shared by entity.sane_types and
// schema.creates.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <vector>

namespace assay::checks {

/// Whether each column of `key` in `table` has the type of the column of `target` it points to.
/// Integers of all sizes agree, and text with strings; a column without a type copies that of its
/// target; unknown if a type or a column was not understood.
Truth types_agree(const Table& table, const ForeignKey& key, const Table& target);

} // namespace assay::checks
