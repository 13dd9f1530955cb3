// SPDX-License-Identifier: MIT
#include "sandbox/cell/cgroup.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include <sys/stat.h>
#include <unistd.h>

namespace assay::cell {

namespace fs = std::filesystem;

namespace {

/// Folders of ours are "assay-<pid>-<name>": the owner is in the name.
constexpr std::string_view k_prefix = "assay-";

std::string read_text(const fs::path& path)
{
  std::ifstream file(path);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

std::uint64_t number_in(std::string_view text)
{
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The value behind `key` in a file of "key value" lines.
std::uint64_t number_after(const std::string& text, std::string_view key)
{
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(key) && line.size() > key.size() && line[key.size()] == ' ') {
      return number_in(std::string_view(line).substr(key.size() + 1));
    }
  }
  return 0;
}

bool can_make_groups(const fs::path& folder, std::string_view must_have)
{
  const fs::path probe = folder / fmt::format("{}{}-probe", k_prefix, ::getpid());
  if (::mkdir(probe.c_str(), 0755) != 0) {
    return false;
  }
  const bool useful = ::access((probe / must_have).c_str(), W_OK) == 0;
  ::rmdir(probe.c_str());
  return useful;
}

/// The group this process is in, from /proc/self/cgroup: the line "0::/path".
fs::path own_group(const fs::path& root)
{
  std::ifstream file("/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("0::/")) {
      return root / line.substr(4);
    }
  }
  return root;
}

} // namespace

CgroupHost find_cgroups(const fs::path& root)
{
  CgroupHost host;
  if (fs::exists(root / "cgroup.controllers")) {
    const fs::path own = own_group(root);
    if (can_make_groups(own, "memory.max")) {
      host.kind = CgroupKind::version2;
      host.memory = own;
      host.pids = own;
      return host;
    }
    host.missing = "control groups are not delegated: run assay under systemd-run --user --scope "
                   "-p Delegate=yes";
    return host;
  }
  if (can_make_groups(root / "memory", "memory.limit_in_bytes")) {
    host.kind = CgroupKind::version1;
    host.memory = root / "memory";
    host.pids = can_make_groups(root / "pids", "pids.max") ? root / "pids" : fs::path();
    return host;
  }
  host.missing = fs::exists(root)
                   ? "control groups cannot be written: run assay as root, or delegate one to it"
                   : "this host mounts no control groups";
  return host;
}

Cgroup::Cgroup(CgroupKind kind, fs::path memory, fs::path pids)
  : kind_(kind),
    memory_(std::move(memory)),
    pids_(std::move(pids))
{
}

Expected<void> Cgroup::hire_remover()
{
  return remover_.hire([memory = memory_, pids = pids_] {
    const bool left = ::rmdir(memory.c_str()) != 0 && errno == EBUSY;
    return (pids.empty() || pids == memory || ::rmdir(pids.c_str()) == 0 || errno != EBUSY)
           && !left;
  });
}

Expected<std::unique_ptr<Cgroup>> Cgroup::make(const CgroupHost& host, std::string_view name)
{
  const std::string folder = fmt::format("{}{}-{}", k_prefix, ::getpid(), name);
  const fs::path memory = host.memory / folder;
  const fs::path pids = host.pids.empty() ? fs::path() : host.pids / folder;
  for (const fs::path& path : {memory, pids}) {
    if (!path.empty() && ::mkdir(path.c_str(), 0755) != 0 && errno != EEXIST) {
      return system_failure("control group");
    }
  }
  std::unique_ptr<Cgroup> group(new Cgroup(host.kind, memory, pids)); // NOLINT: private constructor
  if (auto hired = group->hire_remover(); !hired) {
    return hired.failure();
  }
  return group;
}

Expected<void> Cgroup::bound(std::uint64_t memory_bytes, std::uint64_t tasks)
{
  if (memory_bytes == bound_bytes_ && tasks == bound_tasks_) {
    return {};
  }
  const std::string bytes = std::to_string(zygote_bytes_ + memory_bytes);
  bool bounded = false;
  if (kind_ == CgroupKind::version2) {
    bounded = write_text(memory_ / "memory.max", bytes);
    write_text(memory_ / "memory.swap.max", "0"); // absent where the kernel has no swap accounting
  } else {
    // The kernel refuses a limit above that of memory and swap together; so that one goes first.
    write_text(memory_ / "memory.memsw.limit_in_bytes", "-1");
    bounded = write_text(memory_ / "memory.limit_in_bytes", bytes);
    write_text(memory_ / "memory.memsw.limit_in_bytes", bytes);
  }
  if (!bounded) {
    return system_failure("memory limit of the control group");
  }
  if (!pids_.empty() && !write_text(pids_ / "pids.max", std::to_string(tasks + 1))) {
    return system_failure("task limit of the control group");
  }
  bound_bytes_ = memory_bytes;
  bound_tasks_ = tasks;
  return {};
}

Expected<void> Cgroup::add(std::int32_t pid)
{
  const std::string text = std::to_string(pid);
  if (!write_text(memory_ / "cgroup.procs", text)) {
    return system_failure("control group of the cell");
  }
  if (!pids_.empty() && pids_ != memory_ && !write_text(pids_ / "cgroup.procs", text)) {
    return system_failure("control group of the cell's tasks");
  }
  return {};
}

void Cgroup::settle()
{
  zygote_bytes_ = number_in(read_text(
    memory_ / (kind_ == CgroupKind::version2 ? "memory.current" : "memory.usage_in_bytes")));
}

Expected<void> Cgroup::reset(std::int32_t candidate)
{
  if (!write_text(fmt::format("/proc/{}/oom_score_adj", candidate), "1000")) {
    return system_failure("order in which memory is taken back");
  }
  if (kind_ == CgroupKind::version2) {
    write_text(memory_ / "memory.peak", "0"); // resettable from Linux 6.12 on
    kills_before_ = number_after(read_text(memory_ / "memory.events"), "oom_kill");
  } else {
    write_text(memory_ / "memory.max_usage_in_bytes", "0");
    kills_before_ = number_after(read_text(memory_ / "memory.oom_control"), "oom_kill");
  }
  return {};
}

CgroupReading Cgroup::read() const
{
  CgroupReading reading;
  const bool second = kind_ == CgroupKind::version2;
  reading.peak_bytes =
    number_in(read_text(memory_ / (second ? "memory.peak" : "memory.max_usage_in_bytes")));
  reading.out_of_memory =
    number_after(read_text(memory_ / (second ? "memory.events" : "memory.oom_control")), "oom_kill")
    > kills_before_;
  return reading;
}

} // namespace assay::cell
