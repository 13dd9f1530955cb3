// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace assay::facts {

/// True for the top-level modules of Python's standard library. Source: sys.stdlib_module_names
/// of 3.13, and the modules that 3.8 to 3.12 still had.
bool is_standard_library(std::string_view module);

} // namespace assay::facts
