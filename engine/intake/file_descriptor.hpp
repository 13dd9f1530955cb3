// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace assay::intake {

/// An open file that closes itself.
class FileDescriptor {
public:
  FileDescriptor() = default;

  explicit FileDescriptor(int fd)
    : fd_(fd)
  {
  }

  FileDescriptor(FileDescriptor&& other) noexcept
    : fd_(std::exchange(other.fd_, -1))
  {
  }

  FileDescriptor& operator=(FileDescriptor&& other) noexcept
  {
    std::swap(fd_, other.fd_);
    return *this;
  }

  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor();

  [[nodiscard]] int get() const { return fd_; }

  explicit operator bool() const { return fd_ >= 0; }

private:
  int fd_ = -1;
};

/// The rest of `file`, at most `max_bytes`; `name` is for messages.
/// Errors: limit_exceeded, io.
Result<std::string>
read_all(const FileDescriptor& file, std::size_t max_bytes, std::string_view name);

} // namespace assay::intake
