// SPDX-License-Identifier: MIT
// SQL put together from values instead of bound parameters.
#pragma once

#include "engine/facts/queries/reader.hpp"

#include <optional>
#include <string>

namespace assay::facts::queries {

/// The string that a call sends or wraps as SQL: of text(), literal_column(), execute("..."); null
/// if it is none.
ValueRef sql_argument(Reader& reader, const Value& call);

/// How values get into the SQL ("f-string", "%", "format", "concatenation"); empty if none do.
/// Names from constants, from whitelists (`if name not in ALLOWED`, ALLOWED[name]) and from the
/// mapping itself are fine.
std::string sql_built_how(Reader& reader, ValueRef sql, const FunctionInfo* function);

} // namespace assay::facts::queries
