// SPDX-License-Identifier: MIT
// Models against migrations, fact by fact. Source: checks.md 6.3, 6.5 and rulings R28, R39.
#pragma once

#include "engine/checks/kind.hpp"

#include <string>
#include <vector>

namespace assay::checks {

enum class DifferenceAspect { column, foreign_key, unique, index };

/// One fact of the union of both schemas.
struct SchemaDifference {
  DifferenceAspect aspect = DifferenceAspect::column;
  Truth same = Truth::unknown; ///< unknown: a side could not be read completely
  std::string text;            ///< "posts.slug: NOT NULL in the model, nullable in the migration"
  Location model;
  Location revision;
};

/// Facts of the given aspects: columns (with nullable, types), foreign_keys (with ondelete),
/// uniques, indexes.
std::vector<SchemaDifference> compare_schemas(const Subject& subject,
                                              const std::vector<std::string>& aspects);

} // namespace assay::checks
