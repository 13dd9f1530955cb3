// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <linux/capability.h>
#include <linux/filter.h>
#include <linux/prctl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/syscall.h>

namespace assay::box {

void drop_privileges(Stages& stages, uint32_t uid)
{
  const long id = static_cast<long>(uid);
  // Who keeps its user keeps its group, which may have another number.
  const long group = call(SYS_geteuid) == id ? call(SYS_getegid) : id;
  // The bounding set ends where the kernel knows no further capability.
  for (long capability = 0; stages.ok() && capability < 64; ++capability) {
    const long result = call(SYS_prctl, PR_CAPBSET_DROP, capability);
    if (result == -22 /* EINVAL */) {
      break;
    }
    if (result == -1 /* EPERM */ && call(SYS_prctl, PR_CAPBSET_READ, capability) == 0) {
      continue; // gone already
    }
    if (result < 0 && result != -1) {
      stages.fail("drop the bounding set", static_cast<int>(-result));
    }
  }
  if (const long result = call(SYS_setgroups, 0, 0); result < 0 && result != -1 /* EPERM */) {
    stages.fail("leave the other groups", static_cast<int>(-result));
  }
  stages.run("become the candidate's group", SYS_setresgid, group, group, group);
  stages.run("become the candidate's user", SYS_setresuid, id, id, id);
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  const __user_cap_data_struct none[2] = {};
  stages.run("drop capabilities", SYS_capset, word(&header), word(none));
  stages.run(
    "clear ambient capabilities", SYS_prctl, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  stages.run("no_new_privs", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  stages.run("not dumpable", SYS_prctl, PR_SET_DUMPABLE, 0, 0, 0, 0);
  // Changing the user cleared it.
  stages.run("parent-death signal", SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

void apply_filter(Stages& stages, const abox_candidate& candidate)
{
  sock_fprog program{};
  program.len = static_cast<unsigned short>(candidate.filter_length);
  program.filter =
    static_cast<sock_filter*>(const_cast<void*>(candidate.filter)); // NOLINT: only read
  if (candidate.filter == nullptr || candidate.filter_length == 0) {
    stages.fail("seccomp", 22 /* EINVAL */);
    return;
  }
  stages.run("seccomp", SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, word(&program));
}

} // namespace assay::box
