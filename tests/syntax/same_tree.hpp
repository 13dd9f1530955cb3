// SPDX-License-Identifier: MIT
// Compares two parsed modules node by node, spans and comments included.
#pragma once

#include "engine/syntax/ast.hpp"

#include <string>

namespace assay::tests {

/// What differs first, with its line; empty if nothing does.
std::string first_difference(const syntax::Module& left, const syntax::Module& right);

} // namespace assay::tests
