// SPDX-License-Identifier: MIT
// The only file system that SQLite knows in the broker: files that live in this process's memory.
//
// Databases behave as they do on disk (rollback journals, write-ahead logs, the five lock states
// between connections, temporary files), so that a candidate's program meets the SQLite it was
// written for. SQLite's own memdb was the alternative; there a reader is locked out as soon as
// another connection has begun to write.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

struct sqlite3_vfs;

namespace assay::broker {

struct MemoryFile;

/// A flat namespace of files, registered with SQLite as its default and only file system.
///
/// One per process and for one thread. Bytes of all files together are bounded; SQLite sees a full
/// disk above that.
class MemoryFiles {
public:
  /// Registers this file system and removes the operating system's. Throws std::logic_error when
  /// SQLite refuses.
  explicit MemoryFiles(std::size_t max_bytes);
  MemoryFiles(const MemoryFiles&) = delete;
  MemoryFiles& operator=(const MemoryFiles&) = delete;
  ~MemoryFiles();

  void set_max_bytes(std::size_t max_bytes);

  /// Bytes held by all files now, in whole blocks.
  [[nodiscard]] std::size_t bytes() const;

  /// Names of the databases, in order; journals left out.
  [[nodiscard]] std::vector<std::string> names() const;

  [[nodiscard]] bool exists(const std::string& name) const;

  /// Forgets `name` and its journals; connections that have it open keep what they see.
  void remove(const std::string& name);

  /// Forgets every name.
  void clear();

private:
  friend struct VfsMethods;

  struct State;
  std::unique_ptr<State> state_;
};

} // namespace assay::broker
