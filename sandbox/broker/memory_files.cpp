// SPDX-License-Identifier: MIT
// Source: https://sqlite.org/lockingv3.html for the lock states,
// https://sqlite.org/c3ref/io_methods.html for the rest.
#include "sandbox/broker/memory_files.hpp"

#include "sandbox/broker/file_locks.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <ctime>
#include <map>
#include <new>
#include <stdexcept>
#include <vector>

#include <sys/random.h>

namespace assay::broker {

namespace {

constexpr std::size_t k_block_bytes = 16384;
constexpr int k_max_name = 1024;
constexpr const char* k_name = "assay";

using Block = std::array<char, k_block_bytes>;

struct Budget {
  std::size_t used = 0;
  std::size_t most = 0;
};

} // namespace

/// Content and locks of one file; lives as long as a name or an open handle refers to it.
struct MemoryFile {
  explicit MemoryFile(std::shared_ptr<Budget> shared_budget)
    : budget(std::move(shared_budget))
  {
  }

  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  ~MemoryFile() { resize(0); }

  /// False when the budget does not allow it. What is new reads as zero.
  bool resize(std::size_t wanted)
  {
    const std::size_t count = (wanted + k_block_bytes - 1) / k_block_bytes;
    while (blocks.size() < count) {
      if (budget->used + k_block_bytes > budget->most) {
        return false;
      }
      blocks.push_back(std::make_unique<Block>());
      budget->used += k_block_bytes;
    }
    while (blocks.size() > count) {
      blocks.pop_back();
      budget->used -= k_block_bytes;
    }
    if (wanted < size && wanted % k_block_bytes != 0) {
      Block& last = *blocks.back();
      std::fill(
        last.begin() + static_cast<std::ptrdiff_t>(wanted % k_block_bytes), last.end(), '\0');
    }
    size = wanted;
    return true;
  }

  /// Calls `move(block address, bytes done, bytes here)` for each stretch of [offset, offset +
  /// amount).
  template<class Move>
  void stretches(std::size_t offset, std::size_t amount, Move move)
  {
    for (std::size_t done = 0; done < amount;) {
      const std::size_t at = offset + done;
      const std::size_t here = std::min(amount - done, k_block_bytes - at % k_block_bytes);
      move(blocks[at / k_block_bytes]->data() + at % k_block_bytes, done, here);
      done += here;
    }
  }

  std::shared_ptr<Budget> budget;
  std::vector<std::unique_ptr<Block>> blocks;
  std::size_t size = 0;
  FileLocks locks;
  SharedMemory shared;
};

struct MemoryFiles::State {
  std::shared_ptr<Budget> budget = std::make_shared<Budget>();
  std::map<std::string, std::shared_ptr<MemoryFile>> names;
  sqlite3_vfs vfs{};
  bool registered = false;
};

namespace {

struct Handle {
  sqlite3_file base;
  std::shared_ptr<MemoryFile> file;
  LockHolder lock;
  SharedMemory::Holder shared;
};

Handle& handle_of(sqlite3_file* file)
{
  return *reinterpret_cast<Handle*>(file); // NOLINT: SQLite hands back what xOpen filled in
}

int close_handle(sqlite3_file* file)
{
  Handle& handle = handle_of(file);
  handle.file->locks.unlock(handle.lock, SQLITE_LOCK_NONE);
  handle.file->shared.leave(handle.shared);
  handle.~Handle();
  return SQLITE_OK;
}

int read_file(sqlite3_file* file, void* out, int amount, sqlite3_int64 offset)
{
  MemoryFile& content = *handle_of(file).file;
  const auto at = static_cast<std::size_t>(offset);
  const auto wanted = static_cast<std::size_t>(amount);
  char* const target = static_cast<char*>(out);
  const std::size_t present = at < content.size ? std::min(wanted, content.size - at) : 0;
  content.stretches(at, present, [&](const char* block, std::size_t done, std::size_t here) {
    std::memcpy(target + done, block, here);
  });
  if (present == wanted) {
    return SQLITE_OK;
  }
  std::memset(target + present, 0, wanted - present);
  return SQLITE_IOERR_SHORT_READ;
}

int write_file(sqlite3_file* file, const void* in, int amount, sqlite3_int64 offset)
{
  MemoryFile& content = *handle_of(file).file;
  const auto at = static_cast<std::size_t>(offset);
  const auto wanted = static_cast<std::size_t>(amount);
  if (at + wanted > content.size && !content.resize(at + wanted)) {
    return SQLITE_FULL;
  }
  const char* const source = static_cast<const char*>(in);
  content.stretches(at, wanted, [&](char* block, std::size_t done, std::size_t here) {
    std::memcpy(block, source + done, here);
  });
  return SQLITE_OK;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size)
{
  return handle_of(file).file->resize(static_cast<std::size_t>(size)) ? SQLITE_OK : SQLITE_FULL;
}

int sync_file(sqlite3_file*, int)
{
  return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size)
{
  *size = static_cast<sqlite3_int64>(handle_of(file).file->size);
  return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int wanted)
{
  Handle& handle = handle_of(file);
  return handle.file->locks.lock(handle.lock, wanted) ? SQLITE_OK : SQLITE_BUSY;
}

int unlock_file(sqlite3_file* file, int wanted)
{
  Handle& handle = handle_of(file);
  handle.file->locks.unlock(handle.lock, wanted);
  return SQLITE_OK;
}

int check_reserved(sqlite3_file* file, int* out)
{
  *out = handle_of(file).file->locks.reserved() ? 1 : 0;
  return SQLITE_OK;
}

int file_control(sqlite3_file*, int, void*)
{
  return SQLITE_NOTFOUND;
}

int sector_size(sqlite3_file*)
{
  return 4096;
}

int characteristics(sqlite3_file*)
{
  return SQLITE_IOCAP_POWERSAFE_OVERWRITE | SQLITE_IOCAP_SAFE_APPEND | SQLITE_IOCAP_SEQUENTIAL;
}

int map_shared(sqlite3_file* file, int region, int size, int extend, volatile void** out)
{
  Handle& handle = handle_of(file);
  MemoryFile& content = *handle.file;
  const auto wanted = static_cast<std::size_t>(size);
  const bool grows = content.shared.regions() <= static_cast<std::size_t>(region);
  if (grows && extend != 0 && content.budget->used + wanted > content.budget->most) {
    return SQLITE_FULL;
  }
  *out = content.shared.map(handle.shared, static_cast<std::size_t>(region), wanted, extend != 0);
  return SQLITE_OK;
}

int lock_shared(sqlite3_file* file, int offset, int count, int flags)
{
  Handle& handle = handle_of(file);
  SharedMemory& shared = handle.file->shared;
  const bool exclusive = (flags & SQLITE_SHM_EXCLUSIVE) != 0;
  if ((flags & SQLITE_SHM_UNLOCK) != 0) {
    shared.unlock(handle.shared, offset, count);
    return SQLITE_OK;
  }
  return shared.lock(handle.shared, offset, count, exclusive) ? SQLITE_OK : SQLITE_BUSY;
}

void barrier(sqlite3_file*) {}

int unmap_shared(sqlite3_file* file, int forget)
{
  Handle& handle = handle_of(file);
  handle.file->shared.leave(handle.shared);
  if (forget != 0) {
    handle.file->shared.forget();
  }
  return SQLITE_OK;
}

constexpr sqlite3_io_methods k_methods{
  2,
  close_handle,
  read_file,
  write_file,
  truncate_file,
  sync_file,
  file_size,
  lock_file,
  unlock_file,
  check_reserved,
  file_control,
  sector_size,
  characteristics,
  map_shared,
  lock_shared,
  barrier,
  unmap_shared,
  nullptr,
  nullptr,
};

void* no_library(sqlite3_vfs*, const char*)
{
  return nullptr;
}

void no_library_error(sqlite3_vfs*, int size, char* out)
{
  sqlite3_snprintf(size, out, "there are no libraries here");
}

void (*no_symbol(sqlite3_vfs*, void*, const char*))()
{
  return nullptr;
}

void no_close(sqlite3_vfs*, void*) {}

int randomness(sqlite3_vfs*, int size, char* out)
{
  const ssize_t got = ::getrandom(out, static_cast<std::size_t>(size), 0);
  return got < 0 ? 0 : static_cast<int>(got);
}

int no_sleep(sqlite3_vfs*, int microseconds)
{
  return microseconds;
}

int current_time_milliseconds(sqlite3_vfs*, sqlite3_int64* out)
{
  constexpr sqlite3_int64 k_unix_epoch = 210866760000000; // Julian day 2440587.5 in ms
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  *out = k_unix_epoch + sqlite3_int64{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  return SQLITE_OK;
}

int current_time(sqlite3_vfs* vfs, double* out)
{
  sqlite3_int64 milliseconds = 0;
  current_time_milliseconds(vfs, &milliseconds);
  *out = static_cast<double>(milliseconds) / 86'400'000.0;
  return SQLITE_OK;
}

int last_error(sqlite3_vfs*, int, char*)
{
  return 0;
}

int full_path(sqlite3_vfs*, const char* name, int size, char* out)
{
  sqlite3_snprintf(size, out, "%s", name);
  return SQLITE_OK;
}

} // namespace

struct VfsMethods {
  static MemoryFiles::State& state(sqlite3_vfs* vfs)
  {
    return *static_cast<MemoryFiles::State*>(vfs->pAppData);
  }

  static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags)
  {
    file->pMethods = nullptr;
    MemoryFiles::State& self = state(vfs);
    std::shared_ptr<MemoryFile> content;
    if (name == nullptr) {
      content = std::make_shared<MemoryFile>(self.budget);
    } else if (const auto found = self.names.find(name); found != self.names.end()) {
      content = found->second;
    } else if ((flags & SQLITE_OPEN_CREATE) != 0) {
      content = std::make_shared<MemoryFile>(self.budget);
      self.names.emplace(name, content);
    } else {
      return SQLITE_CANTOPEN;
    }
    auto* const handle = new (file) Handle{{&k_methods}, std::move(content), {}, {}};
    handle->base.pMethods = &k_methods;
    if (out_flags != nullptr) {
      *out_flags = flags;
    }
    return SQLITE_OK;
  }

  static int remove(sqlite3_vfs* vfs, const char* name, int)
  {
    return state(vfs).names.erase(name) != 0 ? SQLITE_OK : SQLITE_IOERR_DELETE_NOENT;
  }

  static int access(sqlite3_vfs* vfs, const char* name, int flags, int* out)
  {
    const auto& names = state(vfs).names;
    const auto found = names.find(name);
    *out =
      found != names.end() && (flags != SQLITE_ACCESS_EXISTS || found->second->size > 0) ? 1 : 0;
    return SQLITE_OK;
  }
};

MemoryFiles::MemoryFiles(std::size_t max_bytes)
  : state_(std::make_unique<State>())
{
  state_->budget->most = max_bytes;
  sqlite3_vfs& vfs = state_->vfs;
  vfs.iVersion = 2;
  vfs.szOsFile = sizeof(Handle);
  vfs.mxPathname = k_max_name;
  vfs.zName = k_name;
  vfs.pAppData = state_.get();
  vfs.xOpen = VfsMethods::open;
  vfs.xDelete = VfsMethods::remove;
  vfs.xAccess = VfsMethods::access;
  vfs.xFullPathname = full_path;
  vfs.xDlOpen = no_library;
  vfs.xDlError = no_library_error;
  vfs.xDlSym = no_symbol;
  vfs.xDlClose = no_close;
  vfs.xRandomness = randomness;
  vfs.xSleep = no_sleep;
  vfs.xCurrentTime = current_time;
  vfs.xGetLastError = last_error;
  vfs.xCurrentTimeInt64 = current_time_milliseconds;
  if (sqlite3_vfs_register(&vfs, 1) != SQLITE_OK) {
    throw std::logic_error("sqlite refuses the memory file system");
  }
  state_->registered = true;
  for (const char* other : {"unix", "unix-none", "unix-dotfile", "unix-excl"}) {
    if (sqlite3_vfs* const found = sqlite3_vfs_find(other)) {
      sqlite3_vfs_unregister(found);
    }
  }
  if (sqlite3_vfs_find(nullptr) != &vfs) {
    throw std::logic_error("sqlite keeps another file system");
  }
}

MemoryFiles::~MemoryFiles()
{
  sqlite3_vfs_unregister(&state_->vfs);
}

void MemoryFiles::set_max_bytes(std::size_t max_bytes)
{
  state_->budget->most = max_bytes;
}

std::size_t MemoryFiles::bytes() const
{
  return state_->budget->used;
}

std::vector<std::string> MemoryFiles::names() const
{
  std::vector<std::string> found;
  for (const auto& [name, file] : state_->names) {
    if (!name.ends_with("-journal") && !name.ends_with("-wal")) {
      found.push_back(name);
    }
  }
  return found;
}

bool MemoryFiles::exists(const std::string& name) const
{
  return state_->names.contains(name);
}

void MemoryFiles::remove(const std::string& name)
{
  for (const char* suffix : {"", "-journal", "-wal"}) {
    state_->names.erase(name + suffix);
  }
}

void MemoryFiles::clear()
{
  state_->names.clear();
}

} // namespace assay::broker
