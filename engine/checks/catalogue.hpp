// SPDX-License-Identifier: MIT
#pragma once

#include "engine/checks/kind.hpp"

#include <span>
#include <string_view>

namespace assay::checks {

/// Every kind, sorted by id. The folder kinds/ is the catalogue.
std::span<const Kind* const> catalogue();

/// nullptr if there is none.
const Kind* find_kind(std::string_view id);

} // namespace assay::checks
