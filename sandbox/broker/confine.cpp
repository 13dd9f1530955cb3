// SPDX-License-Identifier: MIT
#include "sandbox/broker/confine.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>

namespace assay::broker {

Outcome<void> confine()
{
  const rlimit none{0, 0};
  if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::setrlimit(RLIMIT_FSIZE, &none) != 0) {
    return system_failure("broker limits");
  }
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
    return system_failure("no_new_privs");
  }
  if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
    return system_failure("dumpable");
  }
  return {};
}

} // namespace assay::broker
