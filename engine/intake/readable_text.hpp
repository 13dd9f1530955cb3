// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

namespace assay::intake {

/// A later stage may read a file of this name and size: Python, configuration, documentation,
/// templates, SQL, and small files without a suffix. Decided by name alone; the content may still
/// be anything.
bool is_readable_text(std::string_view path, std::uint64_t size_bytes);

/// `content` stands for a file kept elsewhere.
/// Source: Git LFS specification, "The Pointer".
bool is_lfs_pointer(std::string_view content);

/// No LFS pointer is larger. Source: Git LFS specification.
inline constexpr std::uint64_t k_max_lfs_pointer_bytes = 1024;

} // namespace assay::intake
