// SPDX-License-Identifier: MIT
#include "engine/intake/watchdog.hpp"

#include <pthread.h>

#include <bit>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <mutex>
#include <optional>
#include <string>

#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace assay::intake {

namespace {

extern "C" void ignore_signal(int /*signal*/) {}

bool install_handler()
{
  struct sigaction action = {};
  action.sa_handler = ignore_signal;
  action.sa_flags = 0; // without SA_RESTART, so that the call returns
  return sigaction(SIGURG, &action, nullptr) == 0;
}

void let_through()
{
  static const bool installed = install_handler();
  static_cast<void>(installed);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGURG);
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
}

bool is_socket(int fd)
{
  struct stat status = {};
  return fstat(fd, &status) == 0 && S_ISSOCK(status.st_mode);
}

/// The socket that the thread `id` is waiting for, if it is.
std::optional<int> awaited_socket(pid_t id)
{
  std::ifstream file("/proc/self/task/" + std::to_string(id) + "/syscall");
  long call = -1;
  std::string argument;
  if (!(file >> call >> argument)) {
    return std::nullopt; // "running"
  }
  const std::uint64_t value = std::strtoull(argument.c_str(), nullptr, 16);
  pollfd waiting = {};
  waiting.fd = static_cast<int>(value);
#ifdef SYS_poll
  const bool polls = call == SYS_poll || call == SYS_ppoll;
#else
  const bool polls = call == SYS_ppoll;
#endif
  if (polls) {
    // Asked of the kernel and not dereferenced: the thread may have gone on in the meantime.
    const iovec to = {&waiting, sizeof waiting};
    const iovec from = {std::bit_cast<void*>(value), sizeof waiting};
    if (process_vm_readv(getpid(), &to, 1, &from, 1, 0) != sizeof waiting) {
      return std::nullopt;
    }
  }
  const bool known =
    polls || call == SYS_recvfrom || call == SYS_sendto || call == SYS_read || call == SYS_connect;
  return known && is_socket(waiting.fd) ? std::optional(waiting.fd) : std::nullopt;
}

void interrupt(pthread_t thread, pid_t id)
{
  if (const auto socket = awaited_socket(id)) {
    shutdown(*socket, SHUT_RDWR);
  }
  pthread_kill(thread, SIGURG);
}

} // namespace

Watchdog::Watchdog(const Session& session)
{
  let_through();
  const pthread_t watched = pthread_self();
  const pid_t id = gettid();
  thread_ = std::jthread([&session, watched, id](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      changed.wait_for(lock, stop, std::chrono::milliseconds{25}, [] { return false; });
      if (!stop.stop_requested() && (session.cancelled() || session.expired())) {
        interrupt(watched, id);
      }
    }
  });
}

} // namespace assay::intake
