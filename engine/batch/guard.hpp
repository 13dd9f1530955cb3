// SPDX-License-Identifier: MIT
// A batch that outlives a crash of the engine. The work is done in a child process; which rows are
// being worked on stands in memory that both see. A child that crashes is followed by another one,
// which first does the rows in question one by one: the one that crashes it again, alone, is set
// aside. Rejected: a process for each row, which costs every batch what hardly any needs.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>

namespace assay::batch {

inline constexpr std::size_t k_most_at_work = 128; // 64 jobs, 32 obtainers

/// Entries that are being worked on, by their id; 0: none. Each thread has a place of its own.
using AtWork = std::array<std::atomic<std::int64_t>, k_most_at_work>;

/// What a child is to know of those before it.
struct Guarded {
  AtWork* at_work = nullptr;
  std::set<std::int64_t> suspects; ///< to be done one by one, before the others
  std::set<std::int64_t> crashed;  ///< set aside
  int signal = 0;                  ///< that the last child ended by
};

/// Runs `work` in a child process, again after each crash, and answers its exit status; that of a
/// child which was killed is 128 and the signal. Call it before threads are started; databases are
/// opened by `work`. `crash_status` is answered when a crash cannot be put down to a row.
int run_guarded(const std::function<int(const Guarded&)>& work, int crash_status);

} // namespace assay::batch
