// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/tree_walk.hpp"

#include <filesystem>
#include <memory>

namespace assay::intake {

/// A folder on disk, read relative to its descriptor: no symlink below `path` is followed, and
/// nothing but regular files is opened. Errors: not_found, io.
Result<std::unique_ptr<Folder>> disk_folder(const std::filesystem::path& path);

} // namespace assay::intake
