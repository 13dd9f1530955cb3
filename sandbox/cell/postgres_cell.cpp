// SPDX-License-Identifier: MIT
#include "sandbox/cell/postgres_cell.hpp"

#include "sandbox/box/abox.h"
#include "sandbox/box/policy.hpp"
#include "sandbox/cell/id_map.hpp"
#include "sandbox/cell/process.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <fstream>

#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::cell {

namespace fs = std::filesystem;

namespace {

/// PostgreSQL refuses to run as user 0, so that is nobody in its cell.
constexpr std::uint32_t k_server_uid = 1;

std::string last_line(std::string text)
{
  while (!text.empty() && text.back() == '\n') {
    text.pop_back();
  }
  const std::size_t end = text.find_last_of('\n');
  return end == std::string::npos ? text : text.substr(end + 1);
}

/// One id, the server's, mapped to one of the host's that no candidate has.
std::optional<std::string> server_map(int slot)
{
  // Two numbers belong to each slot: of these cells from the far end, where no slot reaches.
  constexpr int k_slots_of_servers = 10'000;
  std::ifstream own("/proc/self/uid_map");
  const std::string text(std::istreambuf_iterator<char>(own), {});
  const auto id = choose_id(text, ::geteuid(), k_slots_of_servers + slot);
  return id ? std::optional(fmt::format("{} {} 1\n", k_server_uid, *id)) : std::nullopt;
}

} // namespace

bool has_postgres(const fs::path& runtime)
{
  std::error_code ignored;
  for (const auto& version : fs::directory_iterator(runtime / "usr/lib/postgresql", ignored)) {
    if (fs::exists(version.path() / "bin/postgres", ignored)
        && fs::exists(version.path() / "bin/initdb", ignored)) {
      return true;
    }
  }
  return false;
}

struct PostgresCell::Ends {
  Descriptor null;
  Descriptor control;
  Descriptor log;
  Descriptor cluster;
  Descriptor connections;
  Descriptor gate;
  Descriptor opener;
  std::vector<std::byte> filter;
};

PostgresCell::PostgresCell(PostgresPlan plan)
  : plan_(std::move(plan))
{
}

PostgresCell::~PostgresCell()
{
  if (pidfd_) {
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    ::waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd_.get()), &ignored, WEXITED);
  }
}

std::string PostgresCell::socket_folder() const
{
  return fmt::format("/proc/{}/root/scratch/sockets", pid_);
}

bool PostgresCell::serves() const
{
  pollfd waiting{pidfd_.get(), POLLIN, 0};
  return pidfd_ && ::poll(&waiting, 1, 0) == 0;
}

Expected<std::unique_ptr<PostgresCell>> PostgresCell::open(PostgresPlan plan)
{
  if (plan.cell.level <= Level::filtered) {
    return Failure{"PostgreSQL", 0, "this host has no namespaces to hold it"};
  }
  if (!has_postgres(plan.cell.runtime)) {
    return Failure{"PostgreSQL", 0, "the runtime has no server"};
  }
  std::unique_ptr<PostgresCell> cell(new PostgresCell(std::move(plan))); // NOLINT: private
  if (auto booted = cell->boot(); !booted) {
    return booted.failure();
  }
  return cell;
}

Expected<void> PostgresCell::boot()
{
  auto filter = box::compile_filter(box::Role::database_server);
  if (!filter) {
    return filter.failure();
  }
  auto control = socket_pair(SOCK_SEQPACKET);
  auto connections = socket_pair(SOCK_SEQPACKET);
  auto log = make_pipe();
  auto gate = make_pipe();
  if (!control || !connections || !log || !gate) {
    return system_failure("descriptors of PostgreSQL's cell");
  }
  control_ = std::move((*control)[0]);
  connections_ = std::move((*connections)[0]);
  log_ = std::move((*log)[0]);
  Ends ends;
  ends.null = Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC));
  ends.control = std::move((*control)[1]);
  ends.log = std::move((*log)[1]);
  ends.connections = std::move((*connections)[1]);
  ends.gate = std::move((*gate)[0]);
  ends.opener = std::move((*gate)[1]);
  ends.filter = std::move(*filter);
  if (!plan_.cluster.empty()) {
    ends.cluster = Descriptor(::open(plan_.cluster.c_str(), O_RDONLY | O_CLOEXEC));
  }
  if (!ends.cluster) {
    ends.cluster = Descriptor(::memfd_create("no cluster yet", MFD_CLOEXEC));
  }
  if (auto cloned = clone_server(ends); !cloned) {
    return cloned;
  }
  const auto map = server_map(plan_.cell.slot);
  const std::string folder = fmt::format("/proc/{}/", pid_);
  const bool own = ::geteuid() != 0;
  const std::string groups =
    own ? fmt::format("{} {} 1\n", k_server_uid, ::getegid()) : map.value_or(std::string());
  if (!map || (own && !write_text(folder + "setgroups", "deny"))
      || !write_text(folder + "uid_map", *map) || !write_text(folder + "gid_map", groups)) {
    return system_failure("map ids into PostgreSQL's cell");
  }
  pin(pid_, plan_.cell.cpu);
  if (plan_.cell.level == Level::complete) {
    auto group = Cgroup::make(plan_.cell.cgroups, fmt::format("{}-postgres", plan_.cell.slot));
    if (!group) {
      return group.failure();
    }
    cgroup_ = std::move(*group);
    if (auto added = cgroup_->add(pid_); !added) {
      return added;
    }
    if (auto bounded = cgroup_->bound(plan_.limits.memory_bytes, plan_.limits.tasks); !bounded) {
      return bounded;
    }
  }
  if (::write(ends.opener.get(), "g", 1) != 1) {
    return system_failure("open the gate of PostgreSQL's cell");
  }
  ends = {};
  return await_server();
}

Expected<void> PostgresCell::clone_server(const Ends& ends)
{
  // Everything the child needs is made before it exists: it may not allocate.
  const std::string runtime = plan_.cell.runtime;
  const std::string harness = plan_.cell.harness;
  abox_cell parts{};
  parts.runtime = runtime.c_str();
  parts.harness = harness.c_str();
  parts.uid = k_server_uid;
  parts.data_megabytes = plan_.limits.data_megabytes;
  abox_candidate limits{};
  limits.uid = k_server_uid;
  limits.cpu_seconds = RLIM_INFINITY; // it serves many runs; each statement has its own deadline
  limits.address_space = plan_.limits.address_space;
  limits.file_size = plan_.limits.file_bytes;
  limits.open_files = 512;
  limits.tasks = plan_.limits.tasks;
  limits.stack = 8ULL << 20;
  limits.filter = ends.filter.data();
  limits.filter_length = static_cast<std::uint32_t>(ends.filter.size() / sizeof(sock_filter));
  const std::array<std::int32_t, 6> keep{ends.null.get(),
                                         ends.log.get(),
                                         ends.log.get(),
                                         ends.control.get(),
                                         ends.cluster.get(),
                                         ends.connections.get()};
  constexpr std::array<const char*, 6> k_arguments{
    "/usr/bin/python3", "-s", "-S", "-B", "/opt/assay/postgres.py", nullptr};
  constexpr std::array<const char*, 6> k_environment{
    "PATH=/usr/bin:/bin", "HOME=/scratch", "TMPDIR=/scratch", "LANG=C.UTF-8", "TZ=UTC", nullptr};
  abox_child child{};
  abox_error error{};
  if (abox_clone_cell(&child, &error) != 0) {
    return Failure{error.stage, error.error_number, {}};
  }
  if (child.pid == 0) {
    ::close(ends.opener.get());
    char go = 0;
    if (::read(ends.gate.get(), &go, 1) == 1
        && abox_enter_cell(&parts, keep.data(), keep.size(), &error) == 0
        && abox_lock(&limits, &error) == 0) {
      ::execve(plan_.cell.python.c_str(),
               const_cast<char* const*>(k_arguments.data()),    // NOLINT
               const_cast<char* const*>(k_environment.data())); // NOLINT
      error.stage = "start the runtime's Python";
      error.error_number = errno;
    }
    const int where = ::fcntl(ends.log.get(), F_GETFD) >= 0 ? ends.log.get() : 2;
    ::dprintf(
      where, "%s: error %d\n", error.stage == nullptr ? "gate" : error.stage, error.error_number);
    ::_exit(120);
  }
  pid_ = child.pid;
  pidfd_ = Descriptor(child.pidfd);
  return {};
}

Expected<void> PostgresCell::await_server()
{
  auto ready =
    receive_message(control_.get(), 64, static_cast<int>(plan_.limits.start_limit.count() * 1000));
  if (!ready || ready->closed) {
    ::fcntl(log_.get(), F_SETFL, O_NONBLOCK);
    std::string text(16'384, '\0');
    const ssize_t got = ::read(log_.get(), text.data(), text.size());
    text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
    return Failure{"start of PostgreSQL",
                   ready ? 0 : ready.failure().error_number,
                   text.empty() ? "it said nothing" : last_line(std::move(text))};
  }
  if (!ready->descriptors.empty()) {
    keep_cluster(ready->descriptors.front());
  }
  ::fcntl(log_.get(), F_SETFL, O_NONBLOCK);
  return {};
}

/// For the next cell. That it cannot be kept costs time and nothing else.
void PostgresCell::keep_cluster(const Descriptor& made) const
{
  if (plan_.cluster.empty()) {
    return;
  }
  const fs::path unfinished = plan_.cluster.string() + fmt::format(".{}", ::getpid());
  const Descriptor file(
    ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644));

  struct stat about {};

  if (!file || ::fstat(made.get(), &about) != 0) {
    return;
  }
  off_t done = 0;
  while (done<about.st_size&& ::sendfile(
           file.get(), made.get(), &done, static_cast<std::size_t>(about.st_size - done))> 0) {
  }
  std::error_code ignored;
  if (done == about.st_size) {
    fs::rename(unfinished, plan_.cluster, ignored);
  } else {
    fs::remove(unfinished, ignored);
  }
}

} // namespace assay::cell
