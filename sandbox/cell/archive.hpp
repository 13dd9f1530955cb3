// SPDX-License-Identifier: MIT
// A submission's files on their way into a box.
#pragma once

#include "sandbox/base/descriptor.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace assay::cell {

struct SubmittedFile {
  std::string path; ///< relative, '/' between parts
  std::string_view content;
};

struct ArchiveLimits {
  std::size_t files = 2'000;
  std::size_t bytes = 20ULL << 20;     ///< of all contents
  std::size_t file_bytes = 1ULL << 20; ///< of one file
  std::size_t name_bytes = 200;        ///< of one part of a path
  std::size_t depth = 20;
};

/// Files in a sealed memory file, in the form that abox_unpack reads; it can be used for any number
/// of boxes. A memory file is gone with the last process that holds it, however that ends.
struct Archive {
  Descriptor memory;
  std::size_t bytes = 0;
  std::size_t files = 0;
  std::vector<std::string> left_out; ///< paths beyond a limit or not plain, in the order given
};

Expected<Archive> pack(std::span<const SubmittedFile> files, const ArchiveLimits& limits = {});

} // namespace assay::cell
