// SPDX-License-Identifier: MIT
// Names that code uses, and which functions are worth following because of them.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/facts/queries/schema_index.hpp"

#include <set>
#include <string_view>

namespace assay::facts::queries {

using Names = std::set<std::string_view>;

/// Names, attributes and strings in the statements; the bodies of functions defined there are left
/// out.
Names names_used(const syntax::Block& block);

/// Functions of graded modules that name something of the database (an entity, a relationship, a
/// session, select() ...) or use a function that does. The others need not be followed.
std::set<const FunctionInfo*> relevant_functions(const Program& program, const SchemaFacts& schema);

} // namespace assay::facts::queries
