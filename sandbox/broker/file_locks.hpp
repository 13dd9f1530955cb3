// SPDX-License-Identifier: MIT
// Locks between the connections of one process, as SQLite has them between processes.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace assay::broker {

/// One open handle's share in the locks of its file: SQLITE_LOCK_NONE .. SQLITE_LOCK_EXCLUSIVE.
struct LockHolder {
  int level = 0;
};

/// NONE, SHARED, RESERVED, PENDING, EXCLUSIVE of a file. Source: https://sqlite.org/lockingv3.html
class FileLocks {
public:
  /// Raises `holder` to `wanted`; false when another handle stands against it (it may be left
  /// PENDING).
  bool lock(LockHolder& holder, int wanted);

  /// Lowers `holder` to `wanted`, SHARED or NONE.
  void unlock(LockHolder& holder, int wanted);

  /// Whether any handle is at RESERVED or above.
  [[nodiscard]] bool reserved() const { return writer_ != nullptr; }

private:
  int readers_ = 0; ///< handles at SHARED or above
  const LockHolder* writer_ = nullptr;
};

/// The index of a write-ahead log, in memory that all its connections see, with its eight locks.
class SharedMemory {
public:
  struct Holder {
    std::uint8_t read = 0;  ///< bit per lock held shared
    std::uint8_t write = 0; ///< bit per lock held exclusively
    bool joined = false;
  };

  /// Address of `region` of `size` bytes; null when it does not exist and `extend` is false.
  void* map(Holder& holder, std::size_t region, std::size_t size, bool extend);

  [[nodiscard]] std::size_t regions() const { return regions_.size(); }

  bool lock(Holder& holder, int offset, int count, bool exclusive);
  void unlock(Holder& holder, int offset, int count);

  /// Gives back everything `holder` has; the last one out takes the memory away.
  void leave(Holder& holder);

  void forget();

private:
  static constexpr int k_locks = 8;

  std::vector<std::unique_ptr<std::vector<std::byte>>> regions_;
  std::array<int, k_locks> readers_{};
  std::array<bool, k_locks> writers_{};
  int joined_ = 0;
};

} // namespace assay::broker
