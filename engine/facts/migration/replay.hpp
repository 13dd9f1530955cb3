// SPDX-License-Identifier: MIT
// Upgrades replayed in graph order, then downgrades from the heads: the schema that is left, and
// what cannot run.
#pragma once

#include "engine/facts/migration/revision_graph.hpp"
#include "engine/facts/migration/step.hpp"
#include "engine/model/migration_facts.hpp"

#include <vector>

namespace assay::facts {

/// A revision file with what it does.
struct ReadRevision {
  RevisionFile file;
  StepList upgrade;
  StepList downgrade;
};

/// `revisions` in application order. Fills tables, tables_complete, left_after_downgrade,
/// types_left, downgrade_complete of `facts`, and the problems of each revision. `convention`: the
/// project's metadata may name constraints.
void replay(std::vector<ReadRevision>& revisions, bool convention, MigrationFacts& facts);

} // namespace assay::facts
