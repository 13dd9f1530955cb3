// SPDX-License-Identifier: MIT
#include "sandbox/cell/cgroup.hpp"

#include <fmt/format.h>

#include <charconv>
#include <csignal>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::cell {

namespace fs = std::filesystem;

namespace {

/// Folders of ours are "assay-<pid>-<name>": the owner is in the name.
constexpr std::string_view k_prefix = "assay-";

bool write_text(const fs::path& path, std::string_view text)
{
  const int number = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (number < 0) {
    return false;
  }
  const bool written =
    ::write(number, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int kept = errno;
  ::close(number);
  errno = kept;
  return written;
}

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

Cgroup::~Cgroup()
{
  alive_.reset();
  if (remover_ > 0) {
    ::waitpid(remover_, nullptr, 0);
  }
}

Expected<void> Cgroup::hire_remover()
{
  auto pipe = make_pipe();
  if (!pipe) {
    return pipe.failure();
  }
  const int end = (*pipe)[0].get();
  remover_ = ::fork();
  if (remover_ < 0) {
    return system_failure("process that removes the control group");
  }
  if (remover_ == 0) {
    // Other threads may have held locks: system calls only from here on.
    ::setsid();
    ::dup2(end, 0);
    ::syscall(SYS_close_range, 1, ~0U, 0);
    char ignored = 0;
    while (::read(0, &ignored, 1) > 0 || errno == EINTR) {
      errno = 0;
    }
    // The last process may still be on its way out.
    bool left = true;
    for (int tries = 0; left && tries < 200; ++tries) {
      left = ::rmdir(memory_.c_str()) != 0 && errno == EBUSY;
      left = (!pids_.empty() && pids_ != memory_ && ::rmdir(pids_.c_str()) != 0 && errno == EBUSY)
             || left;
      if (left) {
        ::usleep(5000);
      }
    }
    ::_exit(0);
  }
  alive_ = std::move((*pipe)[1]);
  return {};
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
  const std::string bytes = std::to_string(memory_bytes);
  bool bounded = false;
  if (kind_ == CgroupKind::version2) {
    bounded = write_text(memory_ / "memory.max", bytes);
    write_text(memory_ / "memory.swap.max", "0"); // absent where the kernel has no swap accounting
    write_text(memory_ / "memory.oom.group", "1");
  } else {
    // The kernel refuses a limit above that of memory and swap together; so that one goes first.
    write_text(memory_ / "memory.memsw.limit_in_bytes", "-1");
    bounded = write_text(memory_ / "memory.limit_in_bytes", bytes);
    write_text(memory_ / "memory.memsw.limit_in_bytes", bytes);
  }
  if (!bounded) {
    return system_failure("memory limit of the control group");
  }
  if (!pids_.empty() && !write_text(pids_ / "pids.max", std::to_string(tasks))) {
    return system_failure("task limit of the control group");
  }
  return {};
}

Expected<void> Cgroup::add(std::int32_t pid)
{
  const std::string text = std::to_string(pid);
  if (!write_text(memory_ / "cgroup.procs", text)) {
    return system_failure("control group of the candidate");
  }
  if (!pids_.empty() && pids_ != memory_ && !write_text(pids_ / "cgroup.procs", text)) {
    return system_failure("control group of the candidate's tasks");
  }
  return {};
}

void Cgroup::reset()
{
  if (kind_ == CgroupKind::version2) {
    write_text(memory_ / "memory.peak", "0"); // resettable from Linux 6.12 on
    kills_before_ = number_after(read_text(memory_ / "memory.events"), "oom_kill");
  } else {
    write_text(memory_ / "memory.max_usage_in_bytes", "0");
    kills_before_ = number_after(read_text(memory_ / "memory.oom_control"), "oom_kill");
  }
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

int sweep_cgroups(const CgroupHost& host)
{
  int removed = 0;
  for (const fs::path& parent : {host.memory, host.pids}) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(parent, ignored)) {
      const std::string name = entry.path().filename();
      if (!name.starts_with(k_prefix)) {
        continue;
      }
      const auto owner =
        static_cast<pid_t>(number_in(std::string_view(name).substr(k_prefix.size())));
      if (owner > 0 && ::kill(owner, 0) != 0 && errno == ESRCH
          && ::rmdir(entry.path().c_str()) == 0) {
        ++removed;
      }
    }
  }
  return removed;
}

} // namespace assay::cell
