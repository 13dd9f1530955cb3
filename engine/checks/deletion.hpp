// SPDX-License-Identifier: MIT
// What happens to the children when a parent is deleted, as far as the models say. Source:
// checks.md section 1b, measured on SQLAlchemy 1.4 and 2.0.
#pragma once

#include "engine/checks/lookup.hpp"
#include "engine/checks/relation_columns.hpp"

#include <string>
#include <vector>

namespace assay::checks {

enum class DeletionState {
  not_applicable, ///< there is no such relation
  defined,        ///< the children are removed, released or protect the parent
  undefined,      ///< an error or an orphan by omission
  upward,         ///< deleting a child would delete its parent
  unknown,
};

/// What declares it.
enum class DeletionMeans { none, cascade, set_null, restrict, soft_delete, service, readme };

struct Deletion {
  DeletionState state = DeletionState::unknown;
  DeletionMeans means = DeletionMeans::none;
  bool lacks_ondelete = false;        ///< by the ORM alone
  bool lacks_passive_deletes = false; ///< ON DELETE that the ORM gets in the way of
  std::string remark;
  std::vector<Evidence> evidence;
};

/// Deleting a row of `relation.to` while rows of `relation.from` point to it.
Deletion judge_deletion(const Subject& subject, const RelationSpec& relation);

/// A relationship of the many-to-many `relation` that deletes what others share; nullptr if there
/// is none.
const Relationship* deletes_shared(const Subject& subject, const RelationSpec& relation);

} // namespace assay::checks
