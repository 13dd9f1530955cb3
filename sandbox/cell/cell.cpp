// SPDX-License-Identifier: MIT
#include "sandbox/cell/cell.hpp"

#include "sandbox/box/abox.h"
#include "sandbox/box/policy.hpp"
#include "sandbox/cell/id_map.hpp"
#include "sandbox/cell/messages.hpp"

#include <fmt/format.h>
#include <sched.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::cell {

namespace {

bool write_file(const std::string& path, std::string_view text)
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

template<class T>
std::span<const std::byte> bytes_of(const T& message)
{
  return std::as_bytes(std::span(&message, 1));
}

Expected<Descriptor> filter_file(const std::vector<std::byte>& filter)
{
  Descriptor memory(::memfd_create("filter", MFD_CLOEXEC));
  if (!memory
      || ::write(memory.get(), filter.data(), filter.size())
           != static_cast<ssize_t>(filter.size())) {
    return system_failure("memory for the seccomp filter");
  }
  return memory;
}

/// The process number as this host sees it.
std::int32_t host_pid(int pidfd)
{
  std::ifstream file(fmt::format("/proc/self/fdinfo/{}", pidfd));
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("Pid:")) {
      return std::atoi(line.c_str() + 4);
    }
  }
  return -1;
}

std::string first_line(const std::string& text)
{
  return text.substr(0, text.find('\n'));
}

} // namespace

Cell::Cell(CellPlan plan)
  : plan_(std::move(plan))
{
}

Cell::~Cell()
{
  if (pidfd_) {
    ::syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0);
    siginfo_t ignored{};
    ::waitid(static_cast<idtype_t>(P_PIDFD), static_cast<id_t>(pidfd_.get()), &ignored, WEXITED);
  }
}

Expected<void> Cell::map_ids()
{
  std::ifstream own("/proc/self/uid_map");
  const std::string text(std::istreambuf_iterator<char>(own), {});
  const auto map = choose_ids(text, ::geteuid(), plan_.slot);
  if (!map) {
    return Failure{"map ids into the cell", 0, "only root itself could stand behind the candidate"};
  }
  const std::string folder = fmt::format("/proc/{}/", pid_);
  const std::string groups = map->deny_setgroups ? fmt::format("0 {} 1\n", ::getegid()) : map->text;
  if ((map->deny_setgroups && !write_file(folder + "setgroups", "deny"))
      || !write_file(folder + "uid_map", map->text) || !write_file(folder + "gid_map", groups)) {
    return system_failure("map ids into the cell");
  }
  candidate_uid_ = map->candidate;
  return {};
}

Expected<std::unique_ptr<Cell>> Cell::open(CellPlan plan)
{
  std::unique_ptr<Cell> cell(new Cell(std::move(plan))); // NOLINT: private constructor
  if (auto booted = cell->boot(); !booted) {
    return booted.failure();
  }
  return cell;
}

Expected<void> Cell::boot()
{
  auto filter = box::compile_filter(box::Role::candidate);
  if (!filter) {
    return filter.failure();
  }
  filter_ = std::move(*filter);
  auto filter_memory = filter_file(filter_);
  auto control = socket_pair(SOCK_SEQPACKET);
  auto log = make_pipe();
  auto gate = make_pipe();
  if (!filter_memory || !control || !log || !gate) {
    return system_failure("descriptors of the cell");
  }
  const Descriptor null(::open("/dev/null", O_RDWR | O_CLOEXEC));

  // Everything the child needs is made before it exists: it may not allocate.
  const std::string runtime = plan_.runtime;
  const std::string harness = plan_.harness;
  abox_cell parts{};
  parts.runtime = runtime.c_str();
  parts.harness = harness.c_str();
  const std::array<std::int32_t, 5> keep{
    null.get(), (*log)[1].get(), (*log)[1].get(), (*control)[1].get(), filter_memory->get()};
  std::string preload;
  for (const std::string& module : plan_.preload) {
    preload += (preload.empty() ? "" : ",") + module;
  }
  const std::array<const char*, 7> arguments{
    plan_.python.c_str(), "-s", "-B", "-u", "/opt/assay/zygote.py", preload.c_str(), nullptr};
  // A fixed hash seed: the order of sets must not differ from run to run.
  const std::array<const char*, 9> environment{"PATH=/usr/bin:/bin",
                                               "HOME=/scratch",
                                               "TMPDIR=/scratch",
                                               "LANG=C.UTF-8",
                                               "TZ=UTC",
                                               "PYTHONHASHSEED=0",
                                               "PYTHONSAFEPATH=1",
                                               "PYTHONDONTWRITEBYTECODE=1",
                                               nullptr};

  abox_child child{};
  abox_error error{};
  if (abox_clone_cell(&child, &error) != 0) {
    return Failure{error.stage, error.error_number, {}};
  }
  if (child.pid == 0) {
    // Its own copy of the other end would keep the gate shut for ever if the engine is gone.
    ::close((*gate)[1].get());
    char go = 0;
    if (::read((*gate)[0].get(), &go, 1) == 1
        && abox_enter_cell(&parts, keep.data(), keep.size(), &error) == 0) {
      ::execve(arguments[0],
               const_cast<char* const*>(arguments.data()),    // NOLINT: execve does not write
               const_cast<char* const*>(environment.data())); // NOLINT
      error.stage = "start the runtime's Python";
      error.error_number = errno;
    }
    // Into the log, in the form that open() turns into a Failure. Where descriptors are in their
    // new places that is 2, else the pipe.
    const int where = ::fcntl((*log)[1].get(), F_GETFD) >= 0 ? (*log)[1].get() : 2;
    const char* const stage = error.stage == nullptr ? "gate" : error.stage;
    ::dprintf(where, "setup %d %s\n", error.error_number, stage);
    ::_exit(120);
  }
  pid_ = child.pid;
  pidfd_ = Descriptor(child.pidfd);
  if (auto mapped = map_ids(); !mapped) {
    return mapped;
  }
  if (plan_.cpu) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(static_cast<std::size_t>(*plan_.cpu), &only);
    ::sched_setaffinity(pid_, sizeof only, &only); // slower without, not less safe
  }
  if (plan_.level == Level::complete) {
    auto group = Cgroup::make(plan_.cgroups, std::to_string(plan_.slot));
    if (!group) {
      return group.failure();
    }
    cgroup_ = std::move(*group);
  }
  if (::write((*gate)[1].get(), "g", 1) != 1) {
    return system_failure("open the gate of the cell");
  }
  control_ = std::move((*control)[0]);
  log_ = std::move((*log)[0]);
  (*control)[1].reset();
  (*log)[1].reset();

  auto ready =
    receive_message(control_.get(), 256, static_cast<int>(plan_.start_limit.count() * 1000));
  if (ready && !ready->closed) {
    python_version_.assign(reinterpret_cast<const char*>(ready->bytes.data()),
                           ready->bytes.size()); // NOLINT
    usable_ = true;
    return {};
  }
  ::fcntl(log_.get(), F_SETFL, O_NONBLOCK);
  std::string text(4096, '\0');
  const ssize_t got = ::read(log_.get(), text.data(), text.size());
  text.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  if (text.starts_with("setup ")) {
    const std::string line = first_line(text);
    const std::size_t space = line.find(' ', 6);
    return Failure{line.substr(space + 1), std::atoi(line.c_str() + 6), {}};
  }
  const std::size_t last = text.empty() ? 0 : text.find_last_of('\n', text.size() - 2);
  return Failure{"start of the zygote",
                 ready ? 0 : ready.failure().error_number,
                 text.empty()
                   ? "it said nothing"
                   : first_line(last == std::string::npos ? text : text.substr(last + 1))};
}

Expected<std::unique_ptr<Candidate>>
Cell::start(const Archive& files, const Descriptor& broker, const Limits& limits)
{
  if (!usable_) {
    return Failure{"cell", 0, "its zygote is gone"};
  }
  auto steps = socket_pair(SOCK_SEQPACKET);
  auto out = make_pipe();
  auto err = make_pipe();
  if (!steps || !out || !err) {
    return system_failure("descriptors of the box");
  }
  const int room = 4 << 20;
  ::setsockopt((*steps)[0].get(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  ::setsockopt((*steps)[1].get(), SOL_SOCKET, SO_SNDBUF, &room, sizeof room);

  StartMessage start;
  start.uid = candidate_uid_;
  start.scratch_megabytes = limits.scratch_megabytes;
  start.inodes = limits.inodes;
  start.landlock = abox_landlock_abi() > 0 ? 1 : 0;
  start.cpu_seconds = limits.cpu_seconds;
  start.address_space =
    cgroup_ != nullptr ? limits.address_space_with_group : limits.address_space_alone;
  start.file_bytes = limits.file_bytes;
  start.open_files = limits.open_files;
  start.tasks = limits.tasks;
  start.stack_bytes = limits.stack_bytes;
  const std::array<int, 5> attached{
    (*out)[1].get(), (*err)[1].get(), (*steps)[1].get(), broker.get(), files.memory.get()};
  usable_ = false; // until the zygote is free again
  if (auto sent = send_message(control_.get(), bytes_of(start), attached); !sent) {
    return sent.failure();
  }
  auto answer = receive_message(control_.get(), sizeof(StartedMessage), 10'000);
  if (!answer) {
    return answer.failure();
  }
  StartedMessage started;
  if (answer->bytes.size() != sizeof started) {
    return Failure{"zygote", 0, "it ended when asked for a box"};
  }
  std::memcpy(&started, answer->bytes.data(), sizeof started);
  if (started.error_number != 0 || answer->descriptors.size() != 1) {
    usable_ = started.error_number != 0;
    return Failure{"clone3 of the candidate", started.error_number, {}};
  }
  ++started_;

  std::unique_ptr<Candidate> candidate(new Candidate(*this, limits)); // NOLINT: private constructor
  candidate->pidfd_ = std::move(answer->descriptors.front());
  candidate->steps_ = std::move((*steps)[0]);
  candidate->out_ = std::move((*out)[0]);
  candidate->err_ = std::move((*err)[0]);
  ::fcntl(candidate->out_.get(), F_SETFL, O_NONBLOCK);
  ::fcntl(candidate->err_.get(), F_SETFL, O_NONBLOCK);
  (*steps)[1].reset();
  (*out)[1].reset();
  (*err)[1].reset();

  // It waits for this word; nothing of the candidate's runs before the group holds it.
  if (cgroup_ != nullptr) {
    cgroup_->reset();
    if (auto bounded = cgroup_->bound(limits.memory_bytes, limits.tasks * 2); !bounded) {
      return bounded.failure();
    }
    if (auto added = cgroup_->add(host_pid(candidate->pidfd_.get())); !added) {
      return added.failure();
    }
  }
  constexpr std::string_view k_go = "go";
  if (auto sent = send_message(candidate->steps_.get(), std::as_bytes(std::span(k_go)), {});
      !sent) {
    return sent.failure();
  }
  auto entered = receive_message(candidate->steps_.get(), 256, 10'000);
  if (!entered) {
    return entered.failure();
  }
  const std::string word(reinterpret_cast<const char*>(entered->bytes.data()),
                         entered->bytes.size()); // NOLINT
  if (word != "entered") {
    return Failure{"box", 0, word.empty() ? "it ended while it was set up" : word};
  }
  candidate->seen_.entered = true;
  return candidate;
}

void Cell::reap(Candidate& candidate)
{
  auto answer = receive_message(control_.get(), sizeof(EndedMessage), 5'000);
  EndedMessage ended;
  if (!answer || answer->bytes.size() != sizeof ended) {
    candidate.seen_.entered = false;
    return;
  }
  std::memcpy(&ended, answer->bytes.data(), sizeof ended);
  candidate.seen_.exited = WIFEXITED(ended.status);
  candidate.seen_.exit_code = WIFEXITED(ended.status) ? WEXITSTATUS(ended.status) : 0;
  candidate.seen_.signal = WIFSIGNALED(ended.status) ? WTERMSIG(ended.status) : 0;
  candidate.seen_.cpu_microseconds = ended.cpu_microseconds;
  candidate.seen_.peak_bytes = ended.peak_bytes;
  if (cgroup_ != nullptr) {
    candidate.seen_.out_of_memory = cgroup_->read().out_of_memory;
  }
  usable_ = true;
}

} // namespace assay::cell
