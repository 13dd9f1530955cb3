// SPDX-License-Identifier: MIT
// How a candidate's process came to its end, and what may be said of it.
#pragma once

#include <cstdint>
#include <string>

namespace assay::cell {

/// Bounds on one candidate.
struct Limits {
  std::uint64_t cpu_seconds = 20;
  int step_seconds = 60;                               ///< wall time of one step
  std::uint64_t memory_bytes = 384ULL << 20;           ///< of the control group
  std::uint64_t address_space_with_group = 4ULL << 30; ///< RLIMIT_AS beside a control group
  std::uint64_t address_space_alone = 768ULL << 20;    ///< RLIMIT_AS without one
  std::uint64_t file_bytes = 32ULL << 20;
  std::uint64_t open_files = 128;
  std::uint64_t tasks = 32;
  std::uint64_t stack_bytes = 8ULL << 20;
  std::uint32_t scratch_megabytes = 64;
  std::uint32_t inodes = 4096;
  std::size_t output_bytes = 1ULL << 20;  ///< printed in all before it is stopped
  std::size_t output_kept = 64ULL << 10;  ///< of each stream, for the report
  std::size_t reply_bytes = 256ULL << 10; ///< of one step's answer
};

enum class EndingKind {
  finished,       ///< said goodbye when asked to
  by_itself,      ///< exited before it was asked to: os._exit, sys.exit
  crashed,        ///< a signal of its own making
  forbidden_call, ///< SIGSYS
  cpu_limit,
  wall_limit,
  memory_limit,
  output_limit,
  space_limit,   ///< wrote too much; only where no file system of its own bounds it
  invalid_reply, ///< broke the step protocol
  engine_fault,  ///< ours or the host's; never the candidate's
};

/// What is known when the process is gone. The texts are the engine's: nothing in it was written by
/// the candidate.
struct Ending {
  EndingKind kind = EndingKind::finished;
  int step = 0;      ///< the step that was running, 0 before the first
  int signal = 0;    ///< of `crashed`
  int exit_code = 0; ///< of `by_itself`
  std::string fault; ///< of `engine_fault`
  std::uint64_t cpu_microseconds = 0;
  std::uint64_t peak_bytes = 0; ///< of resident memory

  bool operator==(const Ending&) const = default;
};

/// What the kernel and the supervisor saw.
struct Observation {
  bool exited = false; ///< by exit; otherwise by `signal`
  int exit_code = 0;
  int signal = 0;
  bool goodbye = false;                      ///< answered the last step
  bool entered = false;                      ///< its box was complete
  bool out_of_memory = false;                ///< the control group says so
  EndingKind stopped = EndingKind::finished; ///< why the supervisor killed it, if it did
  std::uint64_t cpu_microseconds = 0;
  std::uint64_t peak_bytes = 0;
  int step = 0;
};

/// The failure matrix: whose fault it was.
Ending judge(const Observation& seen, const Limits& limits);

/// One line for a report: "stopped: used more than 20 s of CPU time".
std::string describe(const Ending& ending, const Limits& limits);

} // namespace assay::cell
