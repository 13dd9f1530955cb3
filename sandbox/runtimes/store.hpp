// SPDX-License-Identifier: MIT
// The folder of built trees: <store>/<name>/{root/, files, manifest}. A tree appears and is
// replaced as a whole; one that is in use stays until nobody holds it.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/base/expected.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace assay::runtimes {

/// Creates the store if need be. Failures: not a folder of ours or root's, writable by others.
Expected<void> open_store(const std::filesystem::path& store);

/// Whether nobody but root and us can change what lies in the folder.
Expected<void> require_trusted(const std::filesystem::path& folder);

/// Held by who builds or removes `name`. Waits for another holder, after calling `waiting`.
Expected<Descriptor> lock_name(const std::filesystem::path& store,
                               const std::string& name,
                               const std::function<void()>& waiting);

/// Held by who uses <store>/<name>: it is not deleted meanwhile. Failures: ENOENT, not a folder.
Expected<Descriptor> hold(const std::filesystem::path& store, const std::string& name);

/// A new empty folder <store>/.build-<name>-…, mode 0755.
Expected<std::filesystem::path> begin_build(const std::filesystem::path& store,
                                            const std::string& name);

/// Makes the build <store>/<name>; what was there is discarded. Needs the name's lock.
Expected<void> publish(const std::filesystem::path& store,
                       const std::filesystem::path& build,
                       const std::string& name);

/// Takes <store>/<name> away. Needs the name's lock. Failures: ENOENT, the disk.
Expected<void> discard(const std::filesystem::path& store, const std::string& name);

/// Deletes what broken-off builds of `name` and replaced trees nobody uses any more have left.
/// Needs the name's lock.
void sweep(const std::filesystem::path& store, const std::string& name);

} // namespace assay::runtimes
