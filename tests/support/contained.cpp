// SPDX-License-Identifier: MIT
// Runs a program as a container by default does: no namespaces, no mounts, few capabilities.
//
//   contained [--no-landlock] PROGRAM ARGUMENTS...
#include <sched.h>
#include <seccomp.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <initializer_list>

#include <linux/capability.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace {

/// What Docker gives: chown dac_override fowner fsetid kill setgid setuid setpcap net_bind_service
/// net_raw sys_chroot mknod audit_write setfcap.
constexpr unsigned long long k_capabilities = 0xa80425fb;

bool refuse(scmp_filter_ctx filter, const char* name, unsigned error_number)
{
  return seccomp_rule_add(
           filter, SCMP_ACT_ERRNO(error_number), seccomp_syscall_resolve_name(name), 0)
         == 0;
}

bool load_filter(bool landlock)
{
  const scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  bool good = filter != nullptr && refuse(filter, "clone3", ENOSYS);
  for (const char* name : {"unshare",
                           "setns",
                           "mount",
                           "umount2",
                           "pivot_root",
                           "open_tree",
                           "move_mount",
                           "mount_setattr",
                           "fsopen",
                           "bpf",
                           "keyctl"}) {
    good = good && refuse(filter, name, EPERM);
  }
  for (const int flag : {CLONE_NEWNS,
                         CLONE_NEWUTS,
                         CLONE_NEWIPC,
                         CLONE_NEWUSER,
                         CLONE_NEWPID,
                         CLONE_NEWNET,
                         CLONE_NEWCGROUP}) {
    const auto bit = static_cast<unsigned>(flag);
    const scmp_arg_cmp wanted{0, SCMP_CMP_MASKED_EQ, bit, bit};
    good =
      good
      && seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1, &wanted) == 0;
  }
  if (!landlock) {
    good = good && refuse(filter, "landlock_create_ruleset", ENOSYS);
  }
  // Without privilege it needs no_new_privs, which a container does not set.
  good = good && seccomp_attr_set(filter, SCMP_FLTATR_CTL_NNP, ::geteuid() == 0 ? 0 : 1) == 0;
  return good && seccomp_load(filter) == 0;
}

} // namespace

int main(int argc, char** argv)
{
  const bool landlock = argc < 2 || std::strcmp(argv[1], "--no-landlock") != 0;
  char** const command = argv + (landlock ? 1 : 2);
  if (argc < (landlock ? 2 : 3) || !load_filter(landlock)) {
    std::fprintf(stderr, "contained: %s\n", std::strerror(errno));
    return 125;
  }
  for (int capability = 0; capability <= CAP_LAST_CAP; ++capability) {
    if ((k_capabilities >> capability & 1U) == 0) {
      ::prctl(PR_CAPBSET_DROP, capability);
    }
  }
  ::execv(command[0], command);
  std::fprintf(stderr, "contained: %s: %s\n", command[0], std::strerror(errno));
  return 125;
}
