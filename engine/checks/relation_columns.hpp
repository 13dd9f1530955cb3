// SPDX-License-Identifier: MIT
// The columns that carry a relation, with or without a foreign key: shared by the kinds about
// nullability, indexes and deletion.
#pragma once

#include "engine/checks/lookup.hpp"

#include <string>
#include <vector>

namespace assay::checks {

struct RelationColumns {
  const Table* table = nullptr;     ///< nullptr: nothing carries the relation
  std::vector<std::string> columns; ///< database names
  const ForeignKey* key = nullptr;  ///< nullptr: columns without a constraint

  [[nodiscard]] bool found() const { return table != nullptr; }
};

/// The candidates for a many-to-one relation, best first: foreign keys of the models, else columns
/// without a constraint that carry the relation's names and could hold a key.
std::vector<RelationColumns> relation_columns(const Subject& subject, const RelationSpec& relation);

/// Columns of `from` that carry a name of the relation but are not part of a foreign key.
std::vector<ColumnRef> named_columns(const EntityView& from, const RelationSpec& relation);

/// True if every one of them is known to be NOT NULL; unknown if that of any could not be read.
Truth all_not_null(const RelationColumns& columns);

} // namespace assay::checks
