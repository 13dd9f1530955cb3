// SPDX-License-Identifier: MIT
#include "engine/intake/file_descriptor.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <system_error>

#include <unistd.h>

namespace assay::intake {

FileDescriptor::~FileDescriptor()
{
  if (fd_ >= 0) {
    close(fd_);
  }
}

Result<std::string>
read_all(const FileDescriptor& file, std::size_t max_bytes, std::string_view name)
{
  std::string content;
  std::array<char, 65536> buffer{};
  for (;;) {
    const ssize_t count = read(file.get(), buffer.data(), buffer.size());
    if (count < 0) {
      const int reason = errno;
      if (reason == EINTR) {
        continue;
      }
      return Error{ErrorCode::io,
                   fmt::format("reading {}: {}", name, std::generic_category().message(reason))};
    }
    if (count == 0) {
      return content;
    }
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > max_bytes) {
      return Error{ErrorCode::limit_exceeded,
                   fmt::format("{} has more than {} bytes", name, max_bytes)};
    }
  }
}

} // namespace assay::intake
