// SPDX-License-Identifier: MIT
// A seed row in the making, and what passes from one to another by a foreign key.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "engine/probe/seed_values.hpp"
#include "sandbox/wire/value.hpp"

#include <map>
#include <string>

namespace assay::probe {

struct Draft {
  const Table* table = nullptr;
  std::map<std::string, wire::Value> cells;
  Draft* base = nullptr; ///< the row of the same object in the table of the class it extends
  std::string role;
  std::string token;
  int owner = -1; ///< as in SeedRow
  Draft* parent = nullptr;
};

/// Whether the key of `child` holds what it points at in `parent`.
bool agrees(const Draft& child, const ForeignKey& key, const Draft& parent);

/// Makes the key of `child` point at `parent`.
void copy(Draft& child, const ForeignKey& key, const Draft& parent);

/// Fills the parts of the primary key that no foreign key fills.
void fill_keys(Draft& draft, const RowSource& source);

} // namespace assay::probe
