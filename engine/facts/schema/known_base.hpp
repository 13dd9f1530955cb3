// SPDX-License-Identifier: MIT
// Bases of well-known packages that bring columns of their own.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct KnownBase {
  bool is_root = false;        ///< a declarative base, not just a mixin
  std::string table_name;      ///< the table it gives to the class that extends it
  bool names_by_class = false; ///< the table is called like the class, in snake case
  std::vector<Column> columns;
};

/// Null if `dotted` is no such base.
const KnownBase* known_base(std::string_view dotted);

} // namespace assay::facts
