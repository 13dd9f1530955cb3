// SPDX-License-Identifier: MIT
#include "engine/batch/guard.hpp"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <new>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::batch {

namespace {

constexpr std::array k_crashes{SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGSYS};

std::atomic<pid_t> forward_to{0};

/// Ctrl-C on a terminal reaches the child by itself; what somebody sends is passed on.
void forward(int signal, siginfo_t* from, void* /*context*/)
{
  const pid_t child = forward_to.load();
  if (child > 0 && from->si_code <= 0) {
    kill(child, signal);
  }
}

class PassSignals {
public:
  explicit PassSignals(pid_t child)
  {
    forward_to.store(child);
    struct sigaction pass = {};
    pass.sa_sigaction = forward;
    pass.sa_flags = SA_SIGINFO;
    sigaction(SIGTERM, &pass, &terminate_);
    sigaction(SIGINT, &pass, &interrupt_);
  }

  ~PassSignals()
  {
    sigaction(SIGTERM, &terminate_, nullptr);
    sigaction(SIGINT, &interrupt_, nullptr);
    forward_to.store(0);
  }

  PassSignals(const PassSignals&) = delete;
  PassSignals& operator=(const PassSignals&) = delete;
  PassSignals(PassSignals&&) = delete;
  PassSignals& operator=(PassSignals&&) = delete;

private:
  struct sigaction terminate_ = {};
  struct sigaction interrupt_ = {};
};

/// The status that waitpid(2) gives; -1 if no child could be made.
int status_of_child(const std::function<int(const Guarded&)>& work, const Guarded& guarded)
{
  std::fflush(nullptr);
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) {
    return -1;
  }
  if (child == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL); // NOLINT(*-vararg)
    if (getppid() != parent) {
      _exit(1);
    }
    const int code = work(guarded);
    std::fflush(nullptr);
    _exit(code);
  }
  const PassSignals pass(child);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool is_crash(int status)
{
  return WIFSIGNALED(status) && std::ranges::find(k_crashes, WTERMSIG(status)) != k_crashes.end();
}

} // namespace

int run_guarded(const std::function<int(const Guarded&)>& work, int crash_status)
{
  void* const shared =
    mmap(nullptr, sizeof(AtWork), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  Guarded guarded;
  if (shared == MAP_FAILED) { // NOLINT(*-cstyle-cast): a macro of the system
    return work(guarded);
  }
  guarded.at_work = new (shared) AtWork{};
  int code = crash_status;
  while (true) {
    const int status = status_of_child(work, guarded);
    if (status == -1) {
      code = work(guarded);
      break;
    }
    if (!is_crash(status)) {
      code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
      break;
    }
    std::set<std::int64_t> rows;
    for (auto& place : *guarded.at_work) {
      if (const std::int64_t row = place.exchange(0); row != 0) {
        rows.insert(row);
      }
    }
    guarded.signal = WTERMSIG(status);
    if (rows.empty()) {
      break;
    }
    if (rows.size() == 1) {
      guarded.crashed.insert(*rows.begin());
      guarded.suspects.erase(*rows.begin());
    } else {
      guarded.suspects.insert(rows.begin(), rows.end());
    }
  }
  munmap(shared, sizeof(AtWork));
  return code;
}

} // namespace assay::batch
