// SPDX-License-Identifier: MIT
// Column types by the names that SQLAlchemy, its dialects and its well-known extensions give them.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <optional>
#include <string_view>

namespace assay::facts {

/// The family of the type that a library calls `name` (last part of the dotted name, case as
/// written).
std::optional<TypeFamily> family_named(std::string_view name);

} // namespace assay::facts
