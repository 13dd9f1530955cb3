// SPDX-License-Identifier: MIT
// Private to this module: SQLite's exceptions as errors that say what to do.
#pragma once

#include "engine/base/error.hpp"

#include <SQLiteCpp/Exception.h>

#include <chrono>
#include <cstdint>
#include <filesystem>

namespace assay::store {

/// What a message about a failure may need.
struct Circumstances {
  std::filesystem::path path;
  std::chrono::milliseconds waited{0};
  std::uint64_t max_bytes = 0;
};

/// Errors: conflict (locked), invalid_input (not a database, damaged), limit_exceeded
/// (`max_bytes`), io (the rest). Source: sqlite.org/rescode.html
Error to_error(const SQLite::Exception& exception, const Circumstances& circumstances);

} // namespace assay::store
