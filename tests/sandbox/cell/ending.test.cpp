// SPDX-License-Identifier: MIT
#include "sandbox/cell/ending.hpp"

#include "tests/support/catch.hpp"

#include <csignal>

using namespace assay::cell;

namespace {

Observation exited(int code, bool goodbye)
{
  Observation seen;
  seen.entered = true;
  seen.exited = true;
  seen.exit_code = code;
  seen.goodbye = goodbye;
  return seen;
}

Observation killed(int signal)
{
  Observation seen;
  seen.entered = true;
  seen.signal = signal;
  return seen;
}

} // namespace

TEST_CASE("An end is the candidate's only when something shows it")
{
  const Limits limits;
  CHECK(judge(exited(0, true), limits).kind == EndingKind::finished);
  CHECK(judge(exited(0, false), limits).kind == EndingKind::by_itself);
  CHECK(judge(exited(3, true), limits).kind == EndingKind::by_itself);
  CHECK(judge(killed(SIGSEGV), limits).kind == EndingKind::crashed);
  CHECK(judge(killed(SIGSYS), limits).kind == EndingKind::forbidden_call);
  CHECK(judge(killed(SIGXCPU), limits).kind == EndingKind::cpu_limit);
  // Nobody says why it was killed: that must not cost the candidate anything.
  CHECK(judge(killed(SIGKILL), limits).kind == EndingKind::engine_fault);

  Observation memory = killed(SIGKILL);
  memory.out_of_memory = true;
  CHECK(judge(memory, limits).kind == EndingKind::memory_limit);

  Observation processor = killed(SIGKILL);
  processor.cpu_microseconds = limits.cpu_seconds * 1'000'000;
  CHECK(judge(processor, limits).kind == EndingKind::cpu_limit);
  processor.cpu_microseconds =
    limits.cpu_seconds * 960'000; // ticks and nanoseconds differ a little
  CHECK(judge(processor, limits).kind == EndingKind::cpu_limit);
  processor.cpu_microseconds = limits.cpu_seconds * 500'000;
  CHECK(judge(processor, limits).kind == EndingKind::engine_fault);

  Observation outside = exited(120, false);
  outside.entered = false;
  CHECK(judge(outside, limits).kind == EndingKind::engine_fault);
}

TEST_CASE("What the supervisor stopped is named by its reason")
{
  const Limits limits;
  Observation seen = killed(SIGKILL);
  seen.stopped = EndingKind::wall_limit;
  seen.step = 4;
  CHECK(describe(judge(seen, limits), limits) == "stopped: no answer to step 4 after 60 s");
  seen.stopped = EndingKind::output_limit;
  CHECK(describe(judge(seen, limits), limits) == "stopped: printed more than 1 MB");
  // It left by itself while it was being stopped: the reason stays.
  seen.exited = true;
  CHECK(judge(seen, limits).kind == EndingKind::output_limit);
}
