// SPDX-License-Identifier: MIT
#include "sandbox/cell/work_folder.hpp"

#include <dirent.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::cell {

namespace fs = std::filesystem;

namespace {

constexpr int k_deepest = 64;
constexpr int k_folder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

/// What getdents64(2) writes.
struct Entry {
  std::uint64_t inode;
  std::int64_t offset;
  unsigned short length;
  unsigned char type;
  char name[1]; // NOLINT: the kernel's layout
};

/// Calls `use(name)` for each entry of a folder; stops when that says false. No allocation.
template<class Use>
bool each_entry(int folder, Use use)
{
  alignas(Entry) std::array<char, 8192> buffer;
  if (::lseek(folder, 0, SEEK_SET) < 0) {
    return false;
  }
  for (;;) {
    const long got = ::syscall(SYS_getdents64, folder, buffer.data(), buffer.size());
    if (got <= 0) {
      return got == 0;
    }
    for (long at = 0; at < got;) {
      const auto* const entry = reinterpret_cast<const Entry*>(buffer.data() + at); // NOLINT
      at += entry->length;
      if (std::strcmp(entry->name, ".") != 0 && std::strcmp(entry->name, "..") != 0
          && !use(entry->name)) {
        return false;
      }
    }
  }
}

/// Opens a folder of the candidate's, which may have taken our right to.
int open_folder(int above, const char* name)
{
  const int number = ::openat(above, name, k_folder);
  if (number >= 0 || errno != EACCES) {
    return number;
  }
  ::fchmodat(above, name, 0700, 0);
  return ::openat(above, name, k_folder);
}

/// Takes the files out of the folder `name` of `top` and moves its folders up to `top`, then
/// removes it. So no depth needs more than two descriptors.
void flatten(int top, const char* name, unsigned& moved)
{
  const int folder = open_folder(top, name);
  if (folder < 0) {
    return;
  }
  ::fchmod(folder, 0700);
  each_entry(folder, [&](const char* inside) {
    if (::unlinkat(folder, inside, 0) != 0 && errno == EISDIR
        && ::unlinkat(folder, inside, AT_REMOVEDIR) != 0) {
      std::array<char, 32> target{};
      std::snprintf(target.data(), target.size(), ".moved-%u", moved++); // no allocation, no lock
      if (::renameat(folder, inside, top, target.data()) != 0 && errno == EACCES) {
        ::fchmodat(folder, inside, 0700, 0); // ".." of what moves is written
        ::renameat(folder, inside, top, target.data());
      }
    }
    return true;
  });
  ::close(folder);
  ::unlinkat(top, name, AT_REMOVEDIR);
}

class Meter {
public:
  Meter(std::uint64_t bytes, std::uint64_t entries)
    : bytes_(bytes),
      entries_(entries)
  {
  }

  /// False once a bound is passed. What vanishes meanwhile is no matter.
  bool add(int folder, int depth)
  {
    return each_entry(folder, [&](const char* name) {
      struct stat about {};

      if (::fstatat(folder, name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        return true;
      }
      const auto size = static_cast<std::uint64_t>(about.st_blocks) * 512;
      if (entries_ == 0 || size > bytes_) {
        return false;
      }
      --entries_;
      bytes_ -= size;
      if (!S_ISDIR(about.st_mode)) {
        return true;
      }
      if (depth == k_deepest) {
        return false;
      }
      const Descriptor below(::openat(folder, name, k_folder));
      return !below || add(below.get(), depth + 1);
    });
  }

private:
  std::uint64_t bytes_;
  std::uint64_t entries_;
};

} // namespace

bool remove_tree(const char* path)
{
  const int top = ::open(path, k_folder);
  if (top < 0) {
    return errno == ENOENT;
  }
  unsigned moved = 0;
  // What is moved up while the folder is read may be missed by that reading.
  for (unsigned before = ~0U; before != moved;) {
    before = moved;
    each_entry(top, [&](const char* name) {
      if (::unlinkat(top, name, 0) != 0 && errno == EISDIR) {
        flatten(top, name, moved);
      }
      return true;
    });
  }
  ::close(top);
  return ::rmdir(path) == 0;
}

WorkFolder::WorkFolder(fs::path path, std::uint32_t owner)
  : path_(std::move(path)),
    owner_(owner)
{
}

Expected<std::unique_ptr<WorkFolder>> WorkFolder::make(std::uint32_t owner)
{
  std::error_code failed;
  const fs::path above = fs::canonical(fs::temp_directory_path(failed), failed);
  if (failed) {
    return Failure{"folder for temporary files", failed.value(), {}};
  }
  std::string path = above / "assay-XXXXXX";
  // Nobody else gets in: what is below may have been made executable with its owner's rights.
  if (::mkdtemp(path.data()) == nullptr
      || (owner != ::geteuid()
          && (::chown(path.c_str(), ::geteuid(), owner) != 0
              || ::chmod(path.c_str(), 0710) != 0))) {
    return system_failure("folder of the candidate");
  }
  std::unique_ptr<WorkFolder> folder(new WorkFolder(path, owner)); // NOLINT: private constructor
  if (auto hired = folder->remover_.hire([path] { return remove_tree(path.c_str()); }); !hired) {
    return hired.failure();
  }
  if (auto renewed = folder->renew(); !renewed) {
    return renewed.failure();
  }
  return folder;
}

Expected<void> WorkFolder::renew()
{
  for (const char* name : {"repo", "scratch"}) {
    const fs::path path = path_ / name;
    if (!remove_tree(path.c_str()) || ::mkdir(path.c_str(), 0755) != 0
        || (owner_ != ::geteuid() && ::chown(path.c_str(), owner_, owner_) != 0)) {
      return system_failure("folder of the candidate");
    }
  }
  return {};
}

bool WorkFolder::exceeds(std::uint64_t bytes, std::uint64_t entries) const
{
  const Descriptor top(::open(path_.c_str(), k_folder));
  return !top || !Meter(bytes, entries).add(top.get(), 0);
}

} // namespace assay::cell
