// SPDX-License-Identifier: MIT
// Which names from a stranger's tree are fit to be used as paths, on any file system.
#pragma once

#include "engine/model/submission.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::intake {

/// Why one component of a path is not acceptable; nothing if it is. Refuses empty names, ".", "..",
/// '/', '\\', control characters, ill-formed UTF-8, and every spelling that some file system takes
/// for ".git": other case, trailing dots, spaces and streams, the short name git~1 (NTFS),
/// ignorable code points (HFS+).
std::optional<SkipReason> name_problem(std::string_view name);

/// Equal for paths that a file system without case takes for one: ASCII, Latin, Greek and Cyrillic
/// letters are folded, other characters stay as they are.
std::string case_folded(std::string_view path);

} // namespace assay::intake
