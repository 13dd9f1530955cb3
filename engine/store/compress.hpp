// SPDX-License-Identifier: MIT
// Private to this module.
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace assay::store {

/// zlib format.
/// Errors: limit_exceeded (not enough memory).
Result<std::string> compress(std::string_view bytes);

/// The `size` bytes that were compressed.
/// Errors: invalid_input (damaged, or not of that size), limit_exceeded (`size` above 1 GiB).
Result<std::string> decompress(std::string_view compressed, std::size_t size);

} // namespace assay::store
