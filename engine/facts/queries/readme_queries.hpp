// SPDX-License-Identifier: MIT
// Queries that stand in a README, and functions that one mentions.
#pragma once

#include "engine/facts/queries/schema_index.hpp"
#include "engine/model/submission.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::facts::queries {

/// Code blocks of Markdown and text files that select or query entities, at most 500 characters
/// each.
std::vector<std::string> readme_queries(const Snapshot& snapshot, const SchemaFacts& schema);

/// The text of all README files, one after the other.
std::string readme_text(const Snapshot& snapshot);

/// True if the text has `name` as a whole word.
bool mentions_word(std::string_view text, std::string_view name);

} // namespace assay::facts::queries
