// SPDX-License-Identifier: MIT
// Repository paths as Alembic's settings write them: '/' separated, relative to the root; "" is the
// root.
#pragma once

#include "engine/model/submission.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace assay::facts {

/// The folder of a path; "" for a file at the root.
std::string folder_of(std::string_view path);

/// The part after the last '/'.
std::string_view file_name_of(std::string_view path);

/// `folder` and `path` joined, "." and ".." resolved; nothing if it leaves the repository or is
/// absolute.
std::optional<std::string> resolve_path(std::string_view folder, std::string_view path);

/// True if some file of the snapshot lies below `folder`.
bool has_folder(const Snapshot& snapshot, std::string_view folder);

/// True if `path` lies in `folder` or below it.
bool lies_below(std::string_view path, std::string_view folder);

/// The decoded text of a file; nothing if it is missing, was not loaded, or is binary.
std::optional<std::string> text_of_file(const Snapshot& snapshot, const std::string& path);

} // namespace assay::facts
