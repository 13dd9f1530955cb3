// SPDX-License-Identifier: MIT
// Turns a tar stream into the tree of a runtime, whatever the stream says.
#pragma once

#include "sandbox/base/expected.hpp"
#include "sandbox/runtimes/tar.hpp"

#include <cstdint>
#include <filesystem>

namespace assay::runtimes {

struct UnpackLimits {
  std::uint64_t entries = 400'000;
  std::uint64_t bytes = std::uint64_t{6} << 30;
  std::uint64_t file_bytes = std::uint64_t{1} << 30;
};

struct Unpacked {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t devices = 0; ///< left out
};

/// Unpacks into an existing empty folder. Kept are usr/, what lies in bin, sbin, lib* (moved below
/// usr/), the dpkg database, etc/ld.so.cache and the certificates; everything else of the archive
/// is never shown in a box and left out, as are devices. Files belong to the caller, have mode 0755
/// or 0644 and no special bits or attributes. Links are made last, so nothing is ever written
/// through one.
///
/// Failures: an absolute name or one with "..", control characters in a name, a link that leaves
/// the tree, a hard link to nothing, an entry in a non-directory, a limit exceeded, a damaged or
/// cut archive, the disk.
Expected<Unpacked>
unpack(TarReader& archive, const std::filesystem::path& folder, const UnpackLimits& limits = {});

} // namespace assay::runtimes
