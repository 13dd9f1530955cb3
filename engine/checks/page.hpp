// SPDX-License-Identifier: MIT
// What people and editors read about kinds, generated from their declarations.
#pragma once

#include "engine/checks/kind.hpp"

#include <span>
#include <string>

namespace assay::checks {

/// Markdown page of one kind: What it measures, Parameters, Examples, What it cannot see,
/// References.
std::string render_page(const Kind& kind);

/// Markdown table of all kinds with links to their pages.
std::string render_index(std::span<const Kind* const> kinds);

/// JSON Schema (draft 7, what editors understand) of a rubric file whose checks use these kinds.
std::string render_schema(std::span<const Kind* const> kinds);

} // namespace assay::checks
