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

/// Whether types that SQLite treats alike are the same (checks.md 6.5).
enum class Affinity { told_apart, alike };

/// The same of two databases that were read completely: what the models create and what the
/// migration leaves.
std::vector<SchemaDifference> compare_databases(const std::vector<Table>& created,
                                                const std::vector<Table>& migrated,
                                                const std::vector<std::string>& aspects,
                                                Affinity affinity);

} // namespace assay::checks
