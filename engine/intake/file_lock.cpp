// SPDX-License-Identifier: MIT
#include "engine/intake/file_lock.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <chrono>
#include <system_error>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>

namespace assay::intake {

namespace {

Error lock_error(const std::filesystem::path& path, int reason)
{
  return Error{
    ErrorCode::io,
    fmt::format("locking {}: {}", path.string(), std::generic_category().message(reason))};
}

} // namespace

Result<FileLock> FileLock::exclusive(const std::filesystem::path& path, Session& session)
{
  FileDescriptor file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file) {
    return lock_error(path, errno);
  }
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    const int reason = errno;
    if (reason != EWOULDBLOCK && reason != EINTR) {
      return lock_error(path, reason);
    }
    session.report({.stage = IntakeStage::waiting});
    if (session.cancelled()) {
      return Error{ErrorCode::unavailable, "interrupted while waiting for another process"};
    }
    if (session.expired()) {
      return Error{ErrorCode::conflict,
                   fmt::format("{} is held by another process (waited {:g} s)",
                               path.string(),
                               std::chrono::duration<double>(session.limits().max_wall).count())};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
  }
  return FileLock(std::move(file));
}

void FileLock::share()
{
  flock(file_.get(), LOCK_SH);
}

} // namespace assay::intake
