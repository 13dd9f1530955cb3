// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"
#include "engine/checks/bind.hpp"

#include <string>

namespace assay::cli {

/// The built-in rubric unless --rubric says otherwise.
inline constexpr const char* k_default_rubric = "sqlalchemy-blog";

/// Finds, reads and binds a rubric by id or path.
/// Errors: not_found, io, limit_exceeded, invalid_input (one line per issue).
Result<checks::BoundRubric> open_rubric(const std::string& name);

} // namespace assay::cli
