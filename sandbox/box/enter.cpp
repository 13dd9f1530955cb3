// SPDX-License-Identifier: MIT
// The order in which a box closes. Each step relies on those before it.
#include "sandbox/box/parts.hpp"

#include <linux/prctl.h>
#include <signal.h>
#include <sys/syscall.h>

using namespace assay::box;

uint32_t abox_version(void)
{
  return ABOX_VERSION;
}

int abox_enter_cell(const abox_cell* cell, const int32_t* keep, uint32_t count, abox_error* error)
{
  Stages stages(error);
  stages.run("new session", SYS_setsid);
  if (cell->runtime != nullptr) {
    build_cell_root(stages, *cell);
  }
  stages.run("parent-death signal", SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  stages.run("no_new_privs", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  keep_descriptors(stages, keep, count);
  return stages.result();
}

int abox_enter_candidate(const abox_candidate* candidate,
                         const int32_t* keep,
                         uint32_t count,
                         abox_error* error)
{
  Stages stages(error);
  stages.run("new session", SYS_setsid);
  keep_descriptors(stages, keep, count);
  stages.run("parent-death signal", SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  mount_candidate(stages, *candidate);
  if (candidate->landlock != 0) {
    const char* const readable[] = {"/usr", "/etc", "/opt/assay", "/repo", nullptr};
    const char* const writable[] = {"/repo",
                                    "/scratch",
                                    "/dev/null",
                                    "/dev/zero",
                                    "/dev/random",
                                    "/dev/urandom",
                                    candidate->sockets != 0 ? "/pg" : nullptr,
                                    nullptr};
    stages.run("no_new_privs", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    apply_landlock(stages, readable, writable);
  }
  apply_limits(stages, *candidate);
  drop_privileges(stages, candidate->uid);
  apply_filter(stages, *candidate);
  return stages.result();
}

int abox_enter_plain(const abox_candidate* candidate,
                     const char* const* readable,
                     const char* const* writable,
                     const int32_t* keep,
                     uint32_t count,
                     abox_error* error)
{
  Stages stages(error);
  stages.run("new session", SYS_setsid);
  keep_descriptors(stages, keep, count);
  stages.run("parent-death signal", SYS_prctl, PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
  place_submission(stages, *candidate);
  if (candidate->landlock != 0) {
    stages.run("no_new_privs", SYS_prctl, PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    apply_landlock(stages, readable, writable);
  }
  apply_limits(stages, *candidate);
  drop_privileges(stages, candidate->uid);
  apply_filter(stages, *candidate);
  return stages.result();
}

int abox_lock(const abox_candidate* limits, abox_error* error)
{
  Stages stages(error);
  apply_limits(stages, *limits);
  drop_privileges(stages, limits->uid);
  apply_filter(stages, *limits);
  return stages.result();
}
