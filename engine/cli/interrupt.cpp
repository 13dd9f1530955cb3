// SPDX-License-Identifier: MIT
#include "engine/cli/interrupt.hpp"

#include <csignal>

namespace assay::cli {

namespace {

// A signal handler can reach nothing else.
// NOLINTNEXTLINE(cppcoreguidelines-avoid-non-const-global-variables)
std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_interrupt(int number)
{
  interrupted.store(true);
  std::signal(
    number,
    SIG_DFL); // NOLINT(cert-err33-c,bugprone-signal-handler): signal(2) is async-signal-safe
}

} // namespace

const std::atomic<bool>& watch_interrupts()
{
  std::signal(SIGINT, on_interrupt);  // NOLINT(cert-err33-c): SIGINT can always be caught
  std::signal(SIGTERM, on_interrupt); // NOLINT(cert-err33-c)
  return interrupted;
}

} // namespace assay::cli
