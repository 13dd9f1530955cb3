// SPDX-License-Identifier: MIT
// What a submission's own queries ask of rows besides whose they are: not deleted, published. Its
// names may be in any language; its conditions say what a row must hold to be shown.
#pragma once

#include "engine/model/query_facts.hpp"
#include "engine/model/schema_facts.hpp"
#include "sandbox/wire/value.hpp"

#include <map>
#include <string>
#include <utility>

namespace assay::probe {

/// Table and column.
using ColumnName = std::pair<std::string, std::string>;

/// Values that rows need in order to be shown; null: none must be given. Where queries ask for
/// different things, the one that most of them ask for; columns on which they are even have none.
std::map<ColumnName, wire::Value> values_asked_for(const QueryFacts& queries,
                                                   const SchemaFacts& schema);

} // namespace assay::probe
