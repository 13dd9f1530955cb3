// SPDX-License-Identifier: MIT
// Rows that the engine makes for tables of any shape, so that what a query returns can be told from
// what it should return: every row carries a text and keys that no other row has.
#pragma once

#include "engine/model/resolution.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/schema_facts.hpp"
#include "engine/probe/seed_conditions.hpp"
#include "sandbox/wire/value.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// Which roles a query is about: the leaves of each root, the roots of one object that it is asked
/// for by.
struct SeedShape {
  std::string by;
  std::string root;
  std::string leaf; ///< empty: the query's paths name nothing below the root
  bool operator==(const SeedShape&) const = default;
};

/// The shape of a query of the rubric; `by` is what another query of the same root is asked for by
/// where this one names nothing.
SeedShape shape_of(const Rubric& rubric, const QuerySpec& query);

/// Roots with leaves for each of the two objects asked for, and leaves of each. One more root has
/// none.
struct SeedSize {
  int roots = 3;
  int leaves = 2;
  bool operator==(const SeedSize&) const = default;
};

/// What tells rows of one class in a hierarchy from those of another.
struct Discriminator {
  std::string column; ///< of the table of the topmost class
  std::string identity;
  bool operator==(const Discriminator&) const = default;
};

/// What only a running mapper says, and what the submission's queries ask for.
struct SeedHints {
  std::map<std::string, Discriminator> discriminators; ///< by qualified class
  std::map<ColumnName, wire::Value> values;            ///< as values_asked_for() has them
};

/// Whose roots: 0 is the object asked for, 1 the decoy.
constexpr int k_target = 0;
constexpr int k_decoy = 1;

struct SeedRow {
  std::string table; ///< as in the database
  std::vector<std::pair<std::string, wire::Value>> cells;
  std::string role;  ///< of the rubric; empty for rows that others only need
  std::string token; ///< in every text of the row that has room for it
  int owner = -1;    ///< of a root: k_target or k_decoy; of a leaf: its root's
  int parent = -1;   ///< of a leaf: index of its root
  bool operator==(const SeedRow&) const = default;
};

struct Seeds {
  std::vector<SeedRow> rows; ///< those that others point at come first
  int leaves = 0;            ///< of each root that has any: one where roots point at their leaf
  std::vector<int> asked;    ///< rows of the object asked for and of the decoy: indexes
  /// Rows from here on are to be inserted later: one more root with one leaf for the object asked
  /// for, younger than all others.
  std::size_t later = 0;
  std::vector<std::string> gaps; ///< why rows are missing, one sentence each
  bool operator==(const Seeds&) const = default;
};

/// Rows for the roles of `shape` and all that they need. The same `secret` makes the same rows. A
/// role without a table, or one that nothing joins to the next, is a gap.
Seeds make_seeds(const SchemaFacts& schema,
                 const Resolution& roles,
                 const Rubric& rubric,
                 const SeedShape& shape,
                 SeedSize size,
                 const SeedHints& hints,
                 std::string_view secret);

/// The cell of a row, null if it has none.
const wire::Value* cell_of(const SeedRow& row, std::string_view column);

} // namespace assay::probe
