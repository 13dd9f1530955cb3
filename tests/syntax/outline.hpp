// SPDX-License-Identifier: MIT
// A parsed module as text: one line per statement, blocks indented by two spaces, expressions as
// S-expressions.
#pragma once

#include "engine/syntax/ast.hpp"

#include <string>

namespace assay::tests {

std::string outline(const syntax::Expr* expression);
std::string outline(const syntax::Module& module);

} // namespace assay::tests
