// SPDX-License-Identifier: MIT
// Private to this module: the schema as boxes and lines, and what is wrong with it.
#pragma once

#include "engine/report/figures.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assay::report::html {

/// A column as the diagram shows it.
struct DrawnColumn {
  std::string name;
  std::string type;
  bool key = false;
  bool foreign = false;
  bool unique = false;
  bool required = false;
  std::vector<std::string_view> faults; ///< titles of the checks that lost points on it
};

struct DrawnTable {
  std::string name;
  std::string class_name; ///< simple; empty for a link table or a Core table
  std::string role;       ///< title of the entity it plays; empty if none
  bool missing = false;   ///< an entity that was not found
  std::vector<DrawnColumn> columns;
  std::size_t more_columns = 0;
};

struct DrawnLink {
  std::size_t from = 0; ///< table that has the foreign key
  std::size_t to = 0;
  std::string label; ///< "author_id"
  std::string rule;  ///< ON DELETE; empty if none
  bool required = false;
  bool one_to_one = false;
  bool missing = false;
};

struct Diagram {
  std::vector<DrawnTable> tables;
  std::vector<DrawnLink> links;
  std::size_t more_tables = 0;
  bool from_migration = false; ///< the models have no tables, the migration has
};

/// The tables of the models (of the migration where there are none), those with a role first, at
/// most 24 with at most 16 columns each.
///
/// A column is at fault when a check of models or relationships lost points and its reason names
/// the column: "Post.title" or "posts.title". An entity is missing when no class or table plays its
/// role, a relation when the check of its foreign key or link failed.
Diagram diagram_of(const RunRecord& record, const std::vector<CheckFigures>& checks);

} // namespace assay::report::html
