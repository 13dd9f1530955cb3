// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/store.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

int flock_patiently(int descriptor, int operation)
{
  int done = -1;
  do {
    done = ::flock(descriptor, operation);
  } while (done != 0 && errno == EINTR);
  return done;
}

/// Deletes the folder unless somebody uses it.
void delete_unused(const fs::path& folder)
{
  const Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (opened && flock_patiently(opened.get(), LOCK_EX | LOCK_NB) == 0) {
    std::error_code code;
    fs::remove_all(folder, code);
  }
}

/// A name that no folder has, made by mkdtemp.
Expected<fs::path>
fresh_folder(const fs::path& store, std::string_view purpose, const std::string& name)
{
  std::string path = (store / fmt::format(".{}-{}-XXXXXX", purpose, name)).string();
  if (::mkdtemp(path.data()) == nullptr || ::chmod(path.c_str(), 0755) != 0) {
    return system_failure("create " + path);
  }
  return fs::path(path);
}

/// Out of sight first, so that nobody finds half a tree.
Expected<void> throw_away(const fs::path& store, const fs::path& folder, const std::string& name)
{
  const auto trash = fresh_folder(store, "trash", name);
  if (!trash) {
    return trash.failure();
  }
  if (::rename(folder.c_str(), trash->c_str()) != 0) {
    return system_failure("remove " + folder.string());
  }
  delete_unused(*trash);
  return {};
}

} // namespace

Expected<void> require_trusted(const fs::path& folder)
{
  struct stat status = {};
  if (::lstat(folder.c_str(), &status) != 0) {
    return system_failure(folder.string());
  }
  if (!S_ISDIR(status.st_mode)) {
    return Failure{folder.string(), 0, "is no folder"};
  }
  if (status.st_uid != 0 && status.st_uid != ::geteuid()) {
    return Failure{folder.string(), 0, "belongs to another user"};
  }
  if ((status.st_mode & 0022U) != 0) {
    return Failure{folder.string(), 0, "is writable by other users"};
  }
  return {};
}

Expected<void> open_store(const fs::path& store)
{
  std::error_code code;
  if (fs::create_directories(store, code)) {
    fs::permissions(store, fs::perms(0755), code);
  }
  if (code) {
    return Failure{"create " + store.string(), code.value(), {}};
  }
  return require_trusted(store);
}

Expected<Descriptor>
lock_name(const fs::path& store, const std::string& name, const std::function<void()>& waiting)
{
  const fs::path file = store / fmt::format(".lock-{}", name);
  Descriptor lock(::open(file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!lock) {
    return system_failure("open " + file.string());
  }
  if (flock_patiently(lock.get(), LOCK_EX | LOCK_NB) == 0) {
    return lock;
  }
  if (errno != EWOULDBLOCK) {
    return system_failure("lock " + file.string());
  }
  waiting();
  if (flock_patiently(lock.get(), LOCK_EX) != 0) {
    return system_failure("lock " + file.string());
  }
  return lock;
}

Expected<Descriptor> hold(const fs::path& store, const std::string& name)
{
  const fs::path folder = store / name;
  for (int attempt = 0; attempt < 10; ++attempt) {
    Descriptor opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!opened) {
      return system_failure("open " + folder.string());
    }
    struct stat held = {};
    struct stat named = {};
    if (flock_patiently(opened.get(), LOCK_SH | LOCK_NB) == 0 && ::fstat(opened.get(), &held) == 0
        && ::lstat(folder.c_str(), &named) == 0 && held.st_ino == named.st_ino
        && held.st_dev == named.st_dev) {
      return opened;
    }
  }
  return Failure{"open " + folder.string(), 0, "is being replaced"};
}

Expected<fs::path> begin_build(const fs::path& store, const std::string& name)
{
  return fresh_folder(store, "build", name);
}

Expected<void> publish(const fs::path& store, const fs::path& build, const std::string& name)
{
  const fs::path final = store / name;
  if (::renameat2(AT_FDCWD, build.c_str(), AT_FDCWD, final.c_str(), RENAME_NOREPLACE) == 0) {
    return {};
  }
  if (errno != EEXIST
      || ::renameat2(AT_FDCWD, build.c_str(), AT_FDCWD, final.c_str(), RENAME_EXCHANGE) != 0) {
    return system_failure("rename to " + final.string());
  }
  return throw_away(store, build, name);
}

Expected<void> discard(const fs::path& store, const std::string& name)
{
  return throw_away(store, store / name, name);
}

void sweep(const fs::path& store, const std::string& name)
{
  constexpr std::size_t k_random = 6;
  std::error_code code;
  for (fs::directory_iterator next(store, code), end; !code && next != end; next.increment(code)) {
    const std::string found = next->path().filename().string();
    for (const std::string& prefix :
         {fmt::format(".build-{}-", name), fmt::format(".trash-{}-", name)}) {
      if (found.starts_with(prefix) && found.size() == prefix.size() + k_random) {
        delete_unused(next->path());
      }
    }
  }
}

} // namespace assay::runtimes
