// SPDX-License-Identifier: MIT
// A JSON record of plain members, as people and their scripts write one a line.
#pragma once

#include "engine/base/result.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace assay::codec {

/// Members in the order written.
using FlatRecord = std::vector<std::pair<std::string, std::string>>;

/// Text as it is, numbers as they are written by JSON, true and false as these words, null as
/// nothing, a list of such values with semicolons between them. Errors: invalid_input (not JSON, no
/// record, a member that is a record or a list of lists), limit_exceeded (1 MiB).
Result<FlatRecord> read_flat_record(std::string_view text);

} // namespace assay::codec
