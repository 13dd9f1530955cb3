// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/git_library.hpp"
#include "engine/intake/tree_walk.hpp"

#include <memory>

namespace assay::intake {

/// The tree object `id` as a folder; sizes are read from object headers, so a large blob is never
/// loaded. `objects` must outlive it. An object that is missing or damaged is an Error: a
/// repository with holes is not graded in part. Errors: invalid_input (missing or damaged object),
/// limit_exceeded (a tree object of more than 32 MiB).
std::unique_ptr<Folder> git_folder(git_odb& objects, const ObjectId& id);

} // namespace assay::intake
