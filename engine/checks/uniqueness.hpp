// SPDX-License-Identifier: MIT
// Whether a column is unique: shared by the kinds about unique and required columns.
#pragma once

#include "engine/checks/lookup.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::checks {

using UniqueFilter = std::function<bool(const UniqueSet&)>;

enum class UniqueIn {
  none,
  wider_set, ///< only together with a column that is not in scope
  alone,     ///< by itself, or with columns in scope only
};

/// `scope`: identifier words of columns that may be in the set as well.
UniqueIn unique_in(const Table& table,
                   std::string_view column,
                   const std::vector<std::string>& scope,
                   const UniqueFilter& accept = {});

/// True if some live callable whose name speaks of the entity filters by the column and writes.
bool looked_up_before_writing(const Subject& subject,
                              const EntityView& view,
                              const ColumnRef& column);

/// Columns of the role's tables without a column role, leaving out keys and foreign keys: a role
/// that was not found may hide here.
std::vector<ColumnRef> unassigned_columns(const EntityView& view);

} // namespace assay::checks
