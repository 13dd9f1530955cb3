// SPDX-License-Identifier: MIT
// Small things that several parts of a cell do to processes and to files of the kernel.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/cell/messages.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::cell {

/// Writes `text` into an existing file with one call, as files of the kernel want it. On false,
/// errno says why.
bool write_text(const std::filesystem::path& path, std::string_view text);

/// Pins a process to one processor, if one is given. Slower without, not less safe: a refusal is
/// passed over.
void pin(int pid, std::optional<int> cpu);

/// Anonymous writable memory of a process that can be put into large pages, at most
/// `k_most_ranges`.
std::vector<MemoryRange> memory_of(int pid);

/// A small process that waits for our end, in whatever way it comes, and then cleans up.
class Remover {
public:
  Remover() = default;
  Remover(const Remover&) = delete;
  Remover& operator=(const Remover&) = delete;
  /// Has it clean up now, and waits until it has.
  ~Remover();

  /// `remove` runs in a child of a process with threads, so it may only make system calls. It tells
  /// whether all is gone; until then it is tried again, for a second.
  Expected<void> hire(const std::function<bool()>& remove);

private:
  Descriptor alive_;
  int pid_ = -1;
};

} // namespace assay::cell
