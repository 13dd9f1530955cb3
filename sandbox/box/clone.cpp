// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

int clone_with(uint64_t flags, const char* stage, abox_child* child, abox_error* error)
{
  Stages stages(error);
  int32_t pidfd = -1;
  clone_args arguments{};
  arguments.flags = flags | CLONE_PIDFD;
  arguments.pidfd = reinterpret_cast<uint64_t>(&pidfd); // NOLINT: what clone3 takes
  arguments.exit_signal = SIGCHLD;
  const long pid =
    stages.run(stage, SYS_clone3, word(&arguments), static_cast<long>(sizeof arguments));
  if (stages.ok()) {
    child->pid = static_cast<int32_t>(pid);
    child->pidfd = pid == 0 ? -1 : pidfd;
  }
  return stages.result();
}

} // namespace

} // namespace assay::box

using namespace assay::box;

int abox_clone_cell(abox_child* child, abox_error* error)
{
  return clone_with(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS
                      | CLONE_NEWNET,
                    "clone3 with namespaces",
                    child,
                    error);
}

int abox_clone_candidate(abox_child* child, abox_error* error)
{
  return clone_with(
    CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC, "clone3 of the candidate", child, error);
}

int abox_clone_plain(abox_child* child, abox_error* error)
{
  Stages stages(error);
  int32_t pidfd = -1;
  const long pid =
    stages.run("clone without namespaces", SYS_clone, CLONE_PIDFD | SIGCHLD, 0, word(&pidfd), 0, 0);
  if (stages.ok()) {
    child->pid = static_cast<int32_t>(pid);
    child->pidfd = pid == 0 ? -1 : pidfd;
  }
  return stages.result();
}
