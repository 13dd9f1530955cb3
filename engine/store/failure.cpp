// SPDX-License-Identifier: MIT
#include "engine/store/failure.hpp"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include <unistd.h>

namespace assay::store {

namespace {

std::string named(const std::filesystem::path& path)
{
  return fmt::format("results database \"{}\"", path.string());
}

/// Folders of the path, the innermost first: the one that matters for space and permission.
std::filesystem::path folder(const std::filesystem::path& path)
{
  const auto parent = path.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

/// SQLite reports some failures of a full disk as plain I/O errors.
bool disk_is_full(const std::filesystem::path& path)
{
  std::error_code failure;
  const auto space = std::filesystem::space(folder(path), failure);
  return !failure
         && space.available < 64 * 1024; // less than SQLite needs for one page and its index
}

Error full(const Circumstances& at)
{
  if (at.max_bytes > 0 && !disk_is_full(at.path)) {
    return {ErrorCode::limit_exceeded,
            fmt::format("{} would grow beyond {} bytes", named(at.path), at.max_bytes)};
  }
  return {ErrorCode::io,
          fmt::format("{}: no space left on the disk that holds \"{}\"",
                      named(at.path),
                      folder(at.path).string())};
}

Error read_only(const Circumstances& at)
{
  return {ErrorCode::io,
          fmt::format("{} cannot be written: the file or its folder is read-only", named(at.path))};
}

Error cannot_open(const Circumstances& at)
{
  std::error_code failure;
  if (!std::filesystem::is_directory(folder(at.path), failure)) {
    return {ErrorCode::io,
            fmt::format("{}: there is no folder \"{}\"", named(at.path), folder(at.path).string())};
  }
  if (::access(folder(at.path).c_str(), W_OK) != 0 && errno == EROFS) {
    return read_only(at);
  }
  return {ErrorCode::io, fmt::format("{} cannot be opened: permission denied", named(at.path))};
}

} // namespace

Error to_error(const SQLite::Exception& exception, const Circumstances& at)
{
  switch (exception.getErrorCode()) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return {ErrorCode::conflict,
            fmt::format("{} is locked by another process (waited {:.1f} s)",
                        named(at.path),
                        std::chrono::duration<double>(at.waited).count())};
  case SQLITE_NOTADB:
    return {ErrorCode::invalid_input, fmt::format("{} is not an SQLite database", named(at.path))};
  case SQLITE_CORRUPT:
    return {ErrorCode::invalid_input,
            fmt::format(
              "{} is damaged ({}); restore a copy, or rescue what is left with sqlite3's .recover",
              named(at.path),
              exception.what())};
  case SQLITE_FULL:
    return full(at);
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return read_only(at);
  case SQLITE_CANTOPEN:
    return disk_is_full(at.path) ? full(at) : cannot_open(at);
  case SQLITE_IOERR:
    if (disk_is_full(at.path)) {
      return full(at);
    }
    return {
      ErrorCode::io,
      fmt::format("{}: reading or writing went wrong ({})", named(at.path), exception.what())};
  case SQLITE_TOOBIG:
    return {ErrorCode::limit_exceeded,
            fmt::format("{}: a value of this run is larger than SQLite can hold", named(at.path))};
  default:
    return {ErrorCode::io, fmt::format("{}: {}", named(at.path), exception.what())};
  }
}

} // namespace assay::store
