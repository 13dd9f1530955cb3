// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/base/expected.hpp"

namespace assay::broker {

/// Gives up what the broker does not need once it has its descriptors and its memory: called once,
/// before anything of a candidate's is read.
///
/// From then on the broker calls: poll, recvmsg, sendto, getsockopt, close, clock_gettime,
/// getrandom, brk, mmap, munmap, mremap, madvise, futex, write (stderr), rt_sigreturn, exit_group.
/// It opens nothing and makes no socket.
Expected<void> confine();

} // namespace assay::broker
