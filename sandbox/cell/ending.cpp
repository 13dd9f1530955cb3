// SPDX-License-Identifier: MIT
#include "sandbox/cell/ending.hpp"

#include <fmt/format.h>

#include <csignal>

namespace assay::cell {

namespace {

EndingKind by_signal(const Observation& seen, const Limits& limits)
{
  if (seen.stopped != EndingKind::finished) {
    return seen.stopped;
  }
  switch (seen.signal) {
  case SIGSYS:
    return EndingKind::forbidden_call;
  case SIGXCPU:
    return EndingKind::cpu_limit;
  case SIGKILL:
    if (seen.out_of_memory) {
      return EndingKind::memory_limit;
    }
    // The kernel counts ticks for the limit and nanoseconds for the account; on a busy processor
    // they differ.
    if (seen.cpu_microseconds + 300'000 + limits.cpu_seconds * 50'000
        >= limits.cpu_seconds * 1'000'000) {
      return EndingKind::cpu_limit;
    }
    return EndingKind::engine_fault;
  default:
    return EndingKind::crashed;
  }
}

} // namespace

Ending judge(const Observation& seen, const Limits& limits)
{
  Ending ending;
  ending.step = seen.step;
  ending.cpu_microseconds = seen.cpu_microseconds;
  ending.peak_bytes = seen.peak_bytes;
  if (!seen.entered) {
    ending.kind = EndingKind::engine_fault;
    ending.fault = "the box could not be set up";
  } else if (!seen.exited) {
    ending.kind = by_signal(seen, limits);
    ending.signal = seen.signal;
    if (ending.kind == EndingKind::engine_fault) {
      ending.fault = "killed by the host";
    }
  } else if (seen.stopped != EndingKind::finished) {
    ending.kind = seen.stopped;
  } else {
    ending.kind =
      seen.goodbye && seen.exit_code == 0 ? EndingKind::finished : EndingKind::by_itself;
    ending.exit_code = seen.exit_code;
  }
  return ending;
}

std::string describe(const Ending& ending, const Limits& limits)
{
  switch (ending.kind) {
  case EndingKind::finished:
    return "finished";
  case EndingKind::by_itself:
    return fmt::format(
      "ended by itself before step {} was answered (exit code {})", ending.step, ending.exit_code);
  case EndingKind::crashed:
    return fmt::format("crashed (signal {}) in step {}", ending.signal, ending.step);
  case EndingKind::forbidden_call:
    return "stopped: used a forbidden system call";
  case EndingKind::cpu_limit:
    return fmt::format("stopped: used more than {} s of CPU time", limits.cpu_seconds);
  case EndingKind::wall_limit:
    return fmt::format(
      "stopped: no answer to step {} after {} s", ending.step, limits.step_seconds);
  case EndingKind::memory_limit:
    return fmt::format("stopped: used more than {} MB of memory", limits.memory_bytes >> 20);
  case EndingKind::output_limit:
    return fmt::format("stopped: printed more than {} MB", limits.output_bytes >> 20);
  case EndingKind::space_limit:
    return fmt::format("stopped: wrote more than {} MB or {} files",
                       2 * limits.scratch_megabytes,
                       2 * limits.inodes);
  case EndingKind::invalid_reply:
    return fmt::format("stopped: invalid answer to step {}", ending.step);
  case EndingKind::engine_fault:
    return "engine fault: " + ending.fault;
  }
  return {};
}

} // namespace assay::cell
