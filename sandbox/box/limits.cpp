// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <sys/resource.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

struct Limit64 { // struct rlimit64 of prlimit64(2)
  uint64_t soft;
  uint64_t hard;
};

void limit(Stages& stages, const char* stage, int resource, uint64_t value)
{
  const Limit64 wanted{value, value};
  stages.run(stage, SYS_prlimit64, 0, resource, word(&wanted), 0);
}

} // namespace

void apply_limits(Stages& stages, const abox_candidate& candidate)
{
  limit(stages, "limit of CPU time", RLIMIT_CPU, candidate.cpu_seconds);
  limit(stages, "limit of address space", RLIMIT_AS, candidate.address_space);
  limit(stages, "limit of file size", RLIMIT_FSIZE, candidate.file_size);
  limit(stages, "limit of open files", RLIMIT_NOFILE, candidate.open_files);
  limit(stages, "limit of tasks", RLIMIT_NPROC, candidate.tasks);
  limit(stages, "limit of the stack", RLIMIT_STACK, candidate.stack);
  limit(stages, "limit of core files", RLIMIT_CORE, 0);
  limit(stages, "limit of locked memory", RLIMIT_MEMLOCK, 0);
  limit(stages, "limit of message queues", RLIMIT_MSGQUEUE, 0);
  limit(stages, "limit of pending signals", RLIMIT_SIGPENDING, 64);
}

} // namespace assay::box
