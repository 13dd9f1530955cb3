// SPDX-License-Identifier: MIT
#include "sandbox/cell/cell.hpp"

#include "sandbox/box/abox.h"
#include "sandbox/box/policy.hpp"
#include "sandbox/cell/id_map.hpp"
#include "sandbox/cell/messages.hpp"
#include "sandbox/cell/process.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::cell {

namespace {

template<class T>
std::span<const std::byte> bytes_of(const T& message)
{
  return std::as_bytes(std::span(&message, 1));
}

Expected<Descriptor> filter_file(box::Role role)
{
  const auto compiled = box::compile_filter(role);
  if (!compiled) {
    return compiled.failure();
  }
  const std::vector<std::byte>& filter = *compiled;
  Descriptor memory(::memfd_create("filter", MFD_CLOEXEC));
  if (!memory
      || ::write(memory.get(), filter.data(), filter.size())
           != static_cast<ssize_t>(filter.size())) {
    return system_failure("memory for the seccomp filter");
  }
  return memory;
}

/// Largest file of a candidate whose folder is on the host.
constexpr std::uint64_t k_plain_file_bytes = 8ULL << 20;

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

/// Tasks of a user, for a limit that counts them all: /proc/<pid>/task of its processes.
std::uint64_t tasks_of(uid_t user)
{
  std::uint64_t count = 0;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
    struct stat about {};

    if (::stat(entry.path().c_str(), &about) != 0 || about.st_uid != user) {
      continue;
    }
    const std::filesystem::path tasks = entry.path() / "task";
    for (std::filesystem::directory_iterator task(tasks, ignored), end; task != end;
         task.increment(ignored)) {
      ++count;
    }
  }
  return count;
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
  const Failure refused{
    "map ids into the cell", 0, "only root itself could stand behind the candidate"};
  if (is_plain()) {
    const auto id = choose_id(text, ::geteuid(), plan_.slot);
    candidate_uid_ = id.value_or(0);
    return id ? Expected<void>() : refused;
  }
  const auto map = choose_ids(text, ::geteuid(), plan_.slot);
  if (!map) {
    return refused;
  }
  const std::string folder = fmt::format("/proc/{}/", pid_);
  const std::string groups = map->deny_setgroups ? fmt::format("0 {} 1\n", ::getegid()) : map->text;
  if ((map->deny_setgroups && !write_text(folder + "setgroups", "deny"))
      || !write_text(folder + "uid_map", map->text) || !write_text(folder + "gid_map", groups)) {
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

struct Cell::Ends {
  Descriptor null;
  Descriptor control;
  Descriptor log;
  Descriptor filter;
  Descriptor socket_filter;
  Descriptor gate; ///< what the child reads before it goes on
  Descriptor opener;
};

Expected<void> Cell::boot()
{
  auto filter = filter_file(is_plain() ? box::Role::candidate_among_others : box::Role::candidate);
  auto socket_filter =
    filter_file(is_plain() ? box::Role::candidate_among_others : box::Role::candidate_with_socket);
  auto control = socket_pair(SOCK_SEQPACKET);
  auto log = make_pipe();
  auto gate = make_pipe();
  if (!filter) {
    return filter.failure();
  }
  if (!socket_filter) {
    return socket_filter.failure();
  }
  if (!control || !log || !gate) {
    return system_failure("descriptors of the cell");
  }
  control_ = std::move((*control)[0]);
  log_ = std::move((*log)[0]);
  Ends ends{Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC)),
            std::move((*control)[1]),
            std::move((*log)[1]),
            std::move(*filter),
            std::move(*socket_filter),
            std::move((*gate)[0]),
            std::move((*gate)[1])};
  if (is_plain()) {
    // The candidate's user is needed before its folder.
    if (auto chosen = map_ids(); !chosen) {
      return chosen;
    }
    auto work = WorkFolder::make(candidate_uid_);
    if (!work) {
      return work.failure();
    }
    work_ = std::move(*work);
  }
  const std::string preload = fmt::format("{}", fmt::join(plan_.preload, ","));
  auto command =
    is_plain() ? command_on_host(plan_.runtime, plan_.harness, work_->path(), plan_.python, preload)
               : Expected<std::unique_ptr<Command>>(command_in_root(plan_.python, preload));
  if (!command) {
    return command.failure();
  }
  if (auto cloned = clone_zygote(**command, ends); !cloned) {
    return cloned;
  }
  if (!is_plain()) {
    if (auto mapped = map_ids(); !mapped) {
      return mapped;
    }
  }
  pin(pid_, plan_.cpu);
  if (plan_.level == Level::complete) {
    auto group = Cgroup::make(plan_.cgroups, std::to_string(plan_.slot));
    if (!group) {
      return group.failure();
    }
    cgroup_ = std::move(*group);
    if (auto added = cgroup_->add(pid_); !added) {
      return added;
    }
  }
  if (::write(ends.opener.get(), "g", 1) != 1) {
    return system_failure("open the gate of the cell");
  }
  ends = {};
  return await_zygote();
}

Expected<void> Cell::clone_zygote(const Command& command, const Ends& ends)
{
  // Everything the child needs is made before it exists: it may not allocate.
  const std::string runtime = plan_.runtime;
  const std::string harness = plan_.harness;
  abox_cell parts{};
  parts.runtime = is_plain() ? nullptr : runtime.c_str();
  parts.harness = harness.c_str();
  parts.sockets = 1;
  const std::array<std::int32_t, 6> keep{ends.null.get(),
                                         ends.log.get(),
                                         ends.log.get(),
                                         ends.control.get(),
                                         ends.filter.get(),
                                         ends.socket_filter.get()};
  abox_child child{};
  abox_error error{};
  if ((is_plain() ? abox_clone_plain : abox_clone_cell)(&child, &error) != 0) {
    return Failure{error.stage, error.error_number, {}};
  }
  if (child.pid == 0) {
    // Its own copy of the other end would keep the gate shut for ever if the engine is gone.
    ::close(ends.opener.get());
    char go = 0;
    if (::read(ends.gate.get(), &go, 1) == 1
        && abox_enter_cell(&parts, keep.data(), keep.size(), &error) == 0) {
      ::execve(command.arguments()[0], command.arguments(), command.environment());
      error.stage = "start the runtime's Python";
      error.error_number = errno;
    }
    // Into the log, in the form that failure_from_log() reads. Where descriptors are in their
    // new places that is 2, else the pipe.
    const int where = ::fcntl(ends.log.get(), F_GETFD) >= 0 ? ends.log.get() : 2;
    const char* const stage = error.stage == nullptr ? "gate" : error.stage;
    ::dprintf(where, "setup %d %s\n", error.error_number, stage);
    ::_exit(120);
  }
  pid_ = child.pid;
  pidfd_ = Descriptor(child.pidfd);
  return {};
}

Expected<void> Cell::await_zygote()
{
  auto ready =
    receive_message(control_.get(), 256, static_cast<int>(plan_.start_limit.count() * 1000));
  if (!ready || ready->closed) {
    return failure_from_log(ready ? 0 : ready.failure().error_number);
  }
  python_version_.assign(reinterpret_cast<const char*>(ready->bytes.data()),
                         ready->bytes.size()); // NOLINT
  if (!ready->descriptors.empty()) {
    listener_ = std::move(ready->descriptors.front());
  }
  usable_ = true;
  // A copy of a process in large pages needs few page tables: half of what a box costs.
  std::vector<MemoryRange> memory = memory_of(pid_);
  memory.resize(std::max<std::size_t>(memory.size(), 1)); // no message is empty
  if (auto sent = send_message(control_.get(), std::as_bytes(std::span(memory)), {}); !sent) {
    return sent;
  }
  if (cgroup_ != nullptr) {
    cgroup_->settle();
  }
  return {};
}

Failure Cell::failure_from_log(int error_number) const
{
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
                 error_number,
                 text.empty()
                   ? "it said nothing"
                   : first_line(last == std::string::npos ? text : text.substr(last + 1))};
}

Expected<std::unique_ptr<Candidate>>
Cell::start(const Archive& files, const Descriptor& broker, const Limits& limits, Sockets sockets)
{
  if (!usable_) {
    return Failure{"cell", 0, "its zygote is gone"};
  }
  if (sockets == Sockets::yes && !listener_) {
    return Failure{"cell", 0, "it has no socket for PostgreSQL"};
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
  start.sockets = sockets == Sockets::yes ? 1 : 0;
  start.landlock = abox_landlock_abi() > 0 ? 1 : 0;
  start.cpu_seconds = limits.cpu_seconds;
  start.address_space =
    cgroup_ != nullptr ? limits.address_space_with_group : limits.address_space_alone;
  start.file_bytes = limits.file_bytes;
  if (work_ != nullptr) {
    // A deleted file is not seen when its folder is measured.
    start.file_bytes = std::min(start.file_bytes, k_plain_file_bytes);
    if (auto renewed = work_->renew(); !renewed) {
      return renewed.failure();
    }
  }
  start.open_files = limits.open_files;
  // The user's other processes count too where it is not the candidate's alone.
  start.tasks =
    limits.tasks + (candidate_uid_ == ::geteuid() && is_plain() ? tasks_of(::geteuid()) + 500 : 0);
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

  // It waits for this word; nothing of the candidate's runs before it is bounded.
  if (auto held = hold(*candidate, limits); !held) {
    return held.failure();
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

Expected<void> Cell::hold(Candidate& candidate, const Limits& limits)
{
  if (cgroup_ == nullptr) {
    return {};
  }
  if (auto bounded = cgroup_->bound(limits.memory_bytes, limits.tasks * 2); !bounded) {
    return bounded;
  }
  return cgroup_->reset(host_pid(candidate.pidfd_.get()));
}

void Cell::reap(Candidate& candidate)
{
  auto answer = receive_message(control_.get(), sizeof(EndedMessage), 5'000);
  EndedMessage ended;
  if (cgroup_ != nullptr) {
    candidate.seen_.out_of_memory = cgroup_->read().out_of_memory;
  }
  if (!answer || answer->bytes.size() != sizeof ended) {
    // The kernel may have taken the zygote for what the candidate used up.
    candidate.seen_.entered = candidate.seen_.out_of_memory;
    candidate.seen_.signal = SIGKILL;
    return;
  }
  std::memcpy(&ended, answer->bytes.data(), sizeof ended);
  candidate.seen_.exited = WIFEXITED(ended.status);
  candidate.seen_.exit_code = WIFEXITED(ended.status) ? WEXITSTATUS(ended.status) : 0;
  candidate.seen_.signal = WIFSIGNALED(ended.status) ? WTERMSIG(ended.status) : 0;
  candidate.seen_.cpu_microseconds = ended.cpu_microseconds;
  candidate.seen_.peak_bytes = ended.peak_bytes;
  usable_ = true;
}

} // namespace assay::cell
