// SPDX-License-Identifier: MIT
// Control groups: a bound on memory and tasks of all that runs in one box.
#pragma once

#include "sandbox/cell/process.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::cell {

/// What this host offers us; found by looking, not by configuration.
enum class CgroupKind { none, version1, version2 };

struct CgroupHost {
  CgroupKind kind = CgroupKind::none;
  std::filesystem::path memory; ///< folder below which ours are made (version 2: the only one)
  std::filesystem::path pids;
  std::string missing; ///< for `kind == none`: why not, and the command that would help
};

/// Tries to make and remove a group below the one this process is in (version 2), or below the
/// controllers' roots (version 1). `root` is /sys/fs/cgroup, for tests another folder.
CgroupHost find_cgroups(const std::filesystem::path& root = "/sys/fs/cgroup");

struct CgroupReading {
  std::uint64_t peak_bytes = 0;
  bool out_of_memory = false; ///< the kernel killed something in it
};

/// One group for one slot; used for one candidate after the other. A small process of its own
/// removes it when this object goes, or when our process ends in whatever way.
class Cgroup {
public:
  static Expected<std::unique_ptr<Cgroup>> make(const CgroupHost& host, std::string_view name);
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;
  ~Cgroup() = default;

  /// Bounds memory (no swap on top) and tasks of whoever is in it.
  Expected<void> bound(std::uint64_t memory_bytes, std::uint64_t tasks);

  /// Moves a process in. It must not have run anything of the candidate's yet.
  Expected<void> add(std::int32_t pid);

  /// Starts counting anew, for the next candidate.
  void reset();

  [[nodiscard]] CgroupReading read() const;

private:
  Cgroup(CgroupKind kind, std::filesystem::path memory, std::filesystem::path pids);
  Expected<void> hire_remover();

  CgroupKind kind_;
  std::filesystem::path memory_;
  std::filesystem::path pids_;
  std::uint64_t kills_before_ = 0;
  Remover remover_;
};

} // namespace assay::cell
