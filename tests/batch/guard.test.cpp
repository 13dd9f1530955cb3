// SPDX-License-Identifier: MIT
#include "engine/batch/guard.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <csignal>

#include <unistd.h>

using namespace assay;
using namespace assay::batch;

namespace {

/// A child that crashes as a program does, whatever handlers the test has.
[[noreturn]] void crash(int signal)
{
  std::signal(signal, SIG_DFL);
  raise(signal);
  _exit(99);
}

} // namespace

TEST_CASE("Work that ends is answered as it ended")
{
  CHECK(run_guarded([](const Guarded&) { return 6; }, 70) == 6);
  CHECK(run_guarded([](const Guarded&) -> int { crash(SIGTERM); }, 70) == 128 + SIGTERM);
}

TEST_CASE("A crash outside of any row is not tried again")
{
  CHECK(run_guarded([](const Guarded&) -> int { crash(SIGSEGV); }, 70) == 70);
}

TEST_CASE("The row that crashes the engine is set aside, its neighbour is not")
{
  const auto work = [](const Guarded& guarded) -> int {
    // Row 7 crashes; at first row 8 is being worked on beside it.
    if (guarded.crashed.contains(7)) {
      return guarded.crashed.size() == 1 && guarded.suspects == std::set<std::int64_t>{8} ? 0 : 1;
    }
    (*guarded.at_work)[0] = 7;
    if (guarded.suspects.empty()) {
      (*guarded.at_work)[1] = 8;
    }
    crash(SIGABRT);
  };
  CHECK(run_guarded(work, 70) == 0);
}
