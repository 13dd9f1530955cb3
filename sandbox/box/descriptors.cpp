// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <fcntl.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

constexpr uint32_t k_most = 16;
constexpr long k_parking = 200; ///< above every number that is kept, below the usual soft limit

} // namespace

void keep_descriptors(Stages& stages, const int32_t* keep, uint32_t count)
{
  if (count > k_most) {
    stages.fail("keep descriptors", 7 /* E2BIG */);
    return;
  }
  // Twice, so that no target number is overwritten while it is still a source.
  long parked[k_most] = {};
  for (uint32_t i = 0; i < count; ++i) {
    parked[i] = stages.run("park a descriptor", SYS_fcntl, keep[i], F_DUPFD_CLOEXEC, k_parking);
  }
  for (uint32_t i = 0; i < count; ++i) {
    stages.run("place a descriptor", SYS_dup3, parked[i], static_cast<long>(i), 0);
  }
  stages.run("close_range", SYS_close_range, static_cast<long>(count), 0xffffffffL, 0);
}

} // namespace assay::box
