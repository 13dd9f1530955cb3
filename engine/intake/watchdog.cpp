// SPDX-License-Identifier: MIT
#include "engine/intake/watchdog.hpp"

#include <pthread.h>

#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>

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

} // namespace

Watchdog::Watchdog(const Session& session)
{
  let_through();
  const pthread_t watched = pthread_self();
  thread_ = std::jthread([&session, watched](const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock(mutex);
    while (!stop.stop_requested()) {
      changed.wait_for(lock, stop, std::chrono::milliseconds{25}, [] { return false; });
      if (!stop.stop_requested() && (session.cancelled() || session.expired())) {
        pthread_kill(watched, SIGURG);
      }
    }
  });
}

} // namespace assay::intake
