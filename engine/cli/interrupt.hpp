// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>

namespace assay::cli {

/// From now on the first Ctrl-C (or SIGTERM) only sets the flag, so that work in progress can be
/// tidied up; a second one ends the program at once.
const std::atomic<bool>& watch_interrupts();

} // namespace assay::cli
