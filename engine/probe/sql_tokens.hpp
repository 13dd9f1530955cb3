// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// Words with their dots, and single signs, in lower case; a text between single quotes is one
/// token, double quotes around names are left out.
std::vector<std::string> sql_tokens(std::string_view sql);

} // namespace assay::probe
