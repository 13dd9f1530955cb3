// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"
#include "engine/intake/file_descriptor.hpp"
#include "engine/intake/session.hpp"

#include <filesystem>
#include <utility>

namespace assay::intake {

/// An advisory lock on a file that is made for it and stays; it ends with the object or the
/// process.
///
/// Source: flock(2); the lock belongs to the open file, so threads of one process exclude each
/// other too.
class FileLock {
public:
  /// Waits for the exclusive lock as long as the session lasts.
  /// Errors: io, conflict (still held by another process at the deadline), unavailable
  /// (interrupted).
  static Result<FileLock> exclusive(const std::filesystem::path& path, Session& session);

  /// From now on other readers are let in.
  void share();

private:
  explicit FileLock(FileDescriptor file)
    : file_(std::move(file))
  {
  }

  FileDescriptor file_;
};

} // namespace assay::intake
