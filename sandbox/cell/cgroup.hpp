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

/// One group for one slot: the zygote and one candidate after the other, which are born into it.
/// Moving each candidate instead would wait for all processors of the host (10 ms), and version 1
/// cannot clone into a group. A small process of its own removes it when this object goes, or when
/// our process ends in whatever way.
class Cgroup {
public:
  static Expected<std::unique_ptr<Cgroup>> make(const CgroupHost& host, std::string_view name);
  Cgroup(const Cgroup&) = delete;
  Cgroup& operator=(const Cgroup&) = delete;
  ~Cgroup() = default;

  /// Moves the zygote in, before it has started.
  Expected<void> add(std::int32_t pid);

  /// What is in use now belongs to the zygote and counts for no candidate.
  void settle();

  /// Bounds memory (no swap on top) and tasks of the next candidate.
  Expected<void> bound(std::uint64_t memory_bytes, std::uint64_t tasks);

  /// Starts counting anew, for the next candidate: it is the one to be killed when memory runs out.
  Expected<void> reset(std::int32_t candidate);

  [[nodiscard]] CgroupReading read() const;

private:
  Cgroup(CgroupKind kind, std::filesystem::path memory, std::filesystem::path pids);
  Expected<void> hire_remover();

  CgroupKind kind_;
  std::filesystem::path memory_;
  std::filesystem::path pids_;
  std::uint64_t kills_before_ = 0;
  std::uint64_t zygote_bytes_ = 0;
  std::uint64_t bound_bytes_ = 0;
  std::uint64_t bound_tasks_ = 0;
  Remover remover_;
};

} // namespace assay::cell
