// SPDX-License-Identifier: MIT
// What supervisor and zygote say to each other; harness/zygote.py has the same layout.
#pragma once

#include <cstddef>
#include <cstdint>

namespace assay::cell {

constexpr std::uint32_t k_message_magic = 0x41534259; // "ASBY"

/// Supervisor to zygote, once it has said that it is ready: where its own memory lies, which it has
/// no /proc to see in. It gathers that into large pages.
struct MemoryRange {
  std::uint64_t start = 0;
  std::uint64_t end = 0; ///< exclusive
};

constexpr std::size_t k_most_ranges = 64;

/// Supervisor to zygote, with descriptors: output, errors, steps, database, files.
struct StartMessage {
  std::uint32_t magic = k_message_magic;
  std::uint32_t uid = 1;
  std::uint32_t scratch_megabytes = 0;
  std::uint32_t inodes = 0;
  std::uint32_t sockets = 0;
  std::uint32_t landlock = 1;
  std::uint64_t cpu_seconds = 0;
  std::uint64_t address_space = 0;
  std::uint64_t file_bytes = 0;
  std::uint64_t open_files = 0;
  std::uint64_t tasks = 0;
  std::uint64_t stack_bytes = 0;
};

static_assert(sizeof(StartMessage) == 72);

/// Zygote to supervisor: at once with the pidfd, or with an error and none.
struct StartedMessage {
  std::uint32_t magic = k_message_magic;
  std::int32_t error_number = 0;
};

static_assert(sizeof(StartedMessage) == 8);

/// Zygote to supervisor: when the candidate is reaped; what wait4(2) said.
struct EndedMessage {
  std::uint32_t magic = k_message_magic;
  std::int32_t status = 0;
  std::uint64_t cpu_microseconds = 0; ///< user and system
  std::uint64_t peak_bytes = 0;
};

static_assert(sizeof(EndedMessage) == 24);

} // namespace assay::cell
