// SPDX-License-Identifier: MIT
// Each section of a rubric file, node to value. What refers to other sections is left to
// cross_check.hpp.
#pragma once

#include "engine/rubric/reader.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::rubric {

std::vector<EntitySpec> read_entities(const Node* node, Issues& issues);
std::vector<RelationSpec> read_relations(const Node* node, Issues& issues);
std::vector<QuerySpec> read_queries(const Node* node, Issues& issues);
std::vector<CategorySpec> read_categories(const Node* node, Issues& issues);

/// A check without `category` belongs to the one its id starts with. Its static cap is that of the
/// category, or 1 when it is decided by reading, unless given.
std::vector<CheckSpec>
read_checks(const Node* node, const std::vector<CategorySpec>& categories, Issues& issues);

/// Best first, whatever the order in the file.
std::vector<BandSpec> read_bands(const Node* node, Issues& issues);
std::vector<GateSpec> read_gates(const Node* node, Issues& issues);
std::vector<TopicSpec> read_topics(const Node* node, Issues& issues);
std::map<std::string, std::string> read_flags(const Node* node, Issues& issues);

} // namespace assay::rubric
