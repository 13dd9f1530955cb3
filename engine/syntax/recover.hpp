// SPDX-License-Identifier: MIT
// Private to engine/syntax: reads what can be read of a file with syntax errors.
//
// The file is cut into statements by its line structure (lines.hpp) and each is parsed alone; one that does not parse is
// cut again: a class or function into its header and the statements of its body, and so on, so that an error costs the
// statement it is in and nothing else. Rejected: tree-sitter's own recovery, which closes classes at the wrong place and
// drops whole definitions after an unclosed bracket.
#pragma once

#include "engine/syntax/converter.hpp"

namespace assay::syntax {

/// Fills the body, comments and errors of a module whose source does not parse as a whole.
void recover(Module& module, Converter& converter, const ParseLimits& limits);

} // namespace assay::syntax
