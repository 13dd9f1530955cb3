// SPDX-License-Identifier: MIT
// What the SELECTs that reached the database say where the code that made them could not be read.
#pragma once

#include "engine/model/query_run_facts.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <vector>

namespace assay::probe {

/// `selects` as sent; `root` is a table of `schema`. Only statements that read the root's table
/// first are looked at; of several, all must agree.
SentSelects describe_selects(const std::vector<std::string>& selects,
                             const SchemaFacts& schema,
                             const std::string& root);

} // namespace assay::probe
