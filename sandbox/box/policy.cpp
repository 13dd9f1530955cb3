// SPDX-License-Identifier: MIT
#include "sandbox/box/policy.hpp"

#include "sandbox/base/descriptor.hpp"

#include <sched.h>
#include <seccomp.h>

#include <array>
#include <cerrno>
#include <memory>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::box {

namespace {

/// Memory, time, threads and descriptors: what any process needs.
constexpr auto k_common = std::to_array<std::string_view>({
  // clang-format off
  "brk", "mmap", "mprotect", "munmap", "mremap", "madvise", "membarrier", "mincore", "msync",
  "futex", "futex_waitv", "set_robust_list", "get_robust_list", "rseq", "set_tid_address",
  "sched_yield", "sched_getaffinity", "sched_getparam", "sched_getscheduler", "getcpu",
  "exit", "exit_group", "gettid", "getpid", "getppid", "getpgrp", "getpgid", "getsid",
  "getuid", "geteuid", "getgid", "getegid", "getresuid", "getresgid", "getgroups", "capget",
  "rt_sigaction", "rt_sigprocmask", "rt_sigreturn", "rt_sigpending", "rt_sigsuspend", "rt_sigtimedwait",
  "sigaltstack", "pause",
  "clock_gettime", "clock_getres", "clock_nanosleep", "nanosleep", "gettimeofday", "time", "times",
  "getitimer", "setitimer", "alarm", "timer_create", "timer_settime", "timer_gettime", "timer_getoverrun",
  "timer_delete", "timerfd_create", "timerfd_settime", "timerfd_gettime", "eventfd", "eventfd2",
  "epoll_create", "epoll_create1", "epoll_ctl", "epoll_wait", "epoll_pwait", "epoll_pwait2",
  "poll", "ppoll", "select", "pselect6", "pipe", "pipe2", "dup", "dup2", "dup3", "close", "close_range",
  "read", "write", "readv", "writev", "pread64", "pwrite64", "preadv", "pwritev", "preadv2", "pwritev2",
  "sendto", "recvfrom", "sendmsg", "recvmsg", "sendmmsg", "recvmmsg", "shutdown", "getsockopt",
  "getsockname", "getpeername", "getrandom", "uname", "sysinfo", "getrusage", "getrlimit", "restart_syscall",
  "arch_prctl", "lseek", "fstat", "wait4", "waitid",
  // clang-format on
});

/// Signals; without a pid namespace they would reach others.
constexpr auto k_signals = std::to_array<std::string_view>(
  {"kill", "tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"});

/// What fcntl may do: not F_SETOWN and F_SETSIG, by which the kernel sends signals to others.
constexpr auto k_fcntl = std::to_array<int>({F_DUPFD,
                                             F_GETFD,
                                             F_SETFD,
                                             F_GETFL,
                                             F_SETFL,
                                             F_GETLK,
                                             F_SETLK,
                                             F_SETLKW,
                                             F_OFD_GETLK,
                                             F_OFD_SETLK,
                                             F_OFD_SETLKW,
                                             F_DUPFD_CLOEXEC,
                                             F_SETPIPE_SZ,
                                             F_GETPIPE_SZ,
                                             F_ADD_SEALS,
                                             F_GET_SEALS});

/// Files, for those who have some.
constexpr auto k_files = std::to_array<std::string_view>({
  // clang-format off
  "open", "openat", "creat", "stat", "lstat", "newfstatat", "statx", "statfs", "fstatfs", "access", "faccessat",
  "faccessat2", "readlink", "readlinkat", "getdents", "getdents64", "getcwd", "chdir", "fchdir", "mkdir", "mkdirat",
  "rmdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat", "symlink", "symlinkat",
  "truncate", "ftruncate", "fallocate", "fsync", "fdatasync", "sync_file_range", "fadvise64", "readahead",
  "sendfile", "copy_file_range", "splice", "tee", "flock", "chmod", "fchmod", "fchmodat", "utime", "utimes",
  "utimensat", "futimesat", "umask", "getxattr", "lgetxattr", "fgetxattr", "listxattr", "llistxattr", "flistxattr",
  "getpriority",
  // clang-format on
});

/// Only an attack, or a program that mistook where it is, makes these.
constexpr auto k_killing = std::to_array<std::string_view>({
  // clang-format off
  "ptrace", "process_vm_readv", "process_vm_writev", "process_madvise", "mount", "umount2", "mount_setattr",
  "move_mount", "open_tree", "fsopen", "fsconfig", "fsmount", "fspick", "unshare", "setns", "chroot", "pivot_root",
  "bpf", "perf_event_open", "userfaultfd", "open_by_handle_at", "name_to_handle_at", "init_module", "finit_module", "delete_module", "kexec_load",
  "kexec_file_load", "reboot", "swapon", "swapoff", "acct", "quotactl", "quotactl_fd", "pidfd_getfd", "kcmp", "iopl", "ioperm", "fanotify_init", "fanotify_mark", "seccomp", "settimeofday",
  "clock_settime", "clock_adjtime", "adjtimex", "syslog", "vhangup", "lookup_dcookie", "modify_ldt",
  "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self", "sethostname", "setdomainname",
  // clang-format on
});

/// Answered as a kernel without them does, so that callers take their other way.
constexpr auto k_missing =
  std::to_array<std::string_view>({"clone3",
                                   "keyctl",
                                   "add_key",
                                   "request_key",
                                   "openat2",
                                   "cachestat",
                                   "map_shadow_stack",
                                   // libuv asks for them and has another way.
                                   "io_uring_setup",
                                   "io_uring_enter",
                                   "io_uring_register"});

class Policy {
public:
  explicit Policy(scmp_filter_ctx context)
    : context_(context)
  {
  }

  void allow(std::string_view name) { add(SCMP_ACT_ALLOW, name, {}); }

  void add(uint32_t action, std::string_view name, std::initializer_list<scmp_arg_cmp> conditions)
  {
    const int number = seccomp_syscall_resolve_name(std::string(name).c_str());
    if (number == __NR_SCMP_ERROR || number < 0) {
      return; // not a call of this architecture: then it cannot be made either
    }
    const std::vector<scmp_arg_cmp> list(conditions);
    // A rule that is refused would silently be lost.
    const int result = seccomp_rule_add_array(context_,
                                              action,
                                              number,
                                              static_cast<unsigned>(list.size()),
                                              list.empty() ? nullptr : list.data());
    if (result != 0 && failure_.stage.empty()) {
      failure_ = Failure{"seccomp rule for " + std::string(name), -result, {}};
    }
  }

  [[nodiscard]] const Failure& failure() const { return failure_; }

private:
  scmp_filter_ctx context_;
  Failure failure_;
};

scmp_arg_cmp equals(unsigned argument, uint64_t value)
{
  return scmp_arg_cmp{argument, SCMP_CMP_EQ, value, 0};
}

/// `(argument & mask) == value`. For ints the upper half of the register is not looked at by the
/// kernel, so it must not be looked at here either (CVE-2019-10063).
scmp_arg_cmp masked(unsigned argument, uint64_t mask, uint64_t value)
{
  return scmp_arg_cmp{argument, SCMP_CMP_MASKED_EQ, mask, value};
}

constexpr uint64_t k_int = 0xffffffffU;

constexpr uint64_t k_namespaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC
                                  | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

/// Of PostgreSQL and of what starts it, beside files: processes, shared memory of its own ipc
/// namespace, a socket to listen on.
constexpr auto k_server = std::to_array<std::string_view>(
  {"execve",    "fork",    "vfork",      "setsid",      "setpgid",      "shmget",
   "shmat",     "shmdt",   "shmctl",     "bind",        "listen",       "accept",
   "accept4",   "connect", "setsockopt", "signalfd4",   "memfd_create", "getpriority",
   "fchmodat2", "fchown",  "chown",      "setpriority", "pidfd_open",   "getrlimit"});

void add_server_rules(Policy& policy)
{
  for (const std::string_view name : k_files) {
    policy.allow(name);
  }
  for (const std::string_view name : k_server) {
    policy.allow(name);
  }
  policy.add(SCMP_ACT_ALLOW, "clone", {masked(0, k_namespaces, 0)});
  policy.add(SCMP_ACT_ALLOW, "socket", {masked(0, k_int, AF_UNIX)});
  policy.add(SCMP_ACT_ALLOW, "socketpair", {masked(0, k_int, AF_UNIX)});
  for (const uint64_t request : {uint64_t{TCGETS}, uint64_t{FIONBIO}, uint64_t{FIOCLEX}}) {
    policy.add(SCMP_ACT_ALLOW, "ioctl", {masked(1, k_int, request)});
  }
  policy.add(SCMP_ACT_ALLOW, "prctl", {masked(0, k_int, uint64_t{PR_SET_PDEATHSIG})});
}

void add_candidate_rules(Policy& policy, bool sockets)
{
  for (const std::string_view name : k_files) {
    policy.allow(name);
  }
  // Threads, not processes: all of what pthread_create sets, and no new namespace.
  constexpr uint64_t k_thread = CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD;
  policy.add(SCMP_ACT_ALLOW, "clone", {masked(0, k_thread | k_namespaces, k_thread)});
  for (const uint64_t request : {uint64_t{TCGETS},
                                 uint64_t{FIONREAD},
                                 uint64_t{FIONBIO},
                                 uint64_t{FIOCLEX},
                                 uint64_t{FIONCLEX},
                                 uint64_t{TIOCGWINSZ}}) {
    policy.add(SCMP_ACT_ALLOW, "ioctl", {masked(1, k_int, request)});
  }
  policy.add(SCMP_ACT_ERRNO(ENOTTY), "ioctl", {masked(1, k_int, TIOCSTI)});
  policy.add(SCMP_ACT_ALLOW, "socketpair", {masked(0, k_int, AF_UNIX)});
  if (sockets) {
    policy.add(SCMP_ACT_ALLOW, "socket", {masked(0, k_int, AF_UNIX)});
    policy.allow("connect");
    policy.allow("setsockopt");
  } else {
    policy.add(SCMP_ACT_ERRNO(EAFNOSUPPORT), "socket", {});
  }
}

} // namespace

Expected<std::vector<std::byte>> compile_filter(Role role)
{
  const std::unique_ptr<void, void (*)(scmp_filter_ctx)> context(
    seccomp_init(SCMP_ACT_ERRNO(EPERM)), seccomp_release);
  if (context == nullptr) {
    return Failure{"seccomp filter", ENOMEM, {}};
  }
  if (const int result =
        seccomp_attr_set(context.get(), SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
      result != 0) {
    return Failure{"seccomp architecture", -result, {}};
  }
  // A binary tree instead of a list: some twenty comparisons at most for each call.
  if (const int result = seccomp_attr_set(context.get(), SCMP_FLTATR_CTL_OPTIMIZE, 2);
      result != 0) {
    return Failure{"seccomp optimisation", -result, {}};
  }
  Policy policy(context.get());
  for (const std::string_view name : k_common) {
    policy.allow(name);
  }
  for (const std::string_view name : k_killing) {
    policy.add(SCMP_ACT_KILL_PROCESS, name, {});
  }
  for (const std::string_view name : k_missing) {
    policy.add(SCMP_ACT_ERRNO(ENOSYS), name, {});
  }
  for (const int command : k_fcntl) {
    policy.add(SCMP_ACT_ALLOW, "fcntl", {masked(1, k_int, static_cast<uint64_t>(command))});
  }
  if (role != Role::candidate_among_others) {
    for (const std::string_view name : k_signals) {
      policy.allow(name);
    }
  }
  // Reading its own limits is what libraries do; setting them is not.
  policy.add(SCMP_ACT_ALLOW, "prlimit64", {equals(0, 0), equals(2, 0)});
  for (const uint64_t option : {uint64_t{PR_SET_NAME}, uint64_t{PR_GET_NAME}}) {
    policy.add(SCMP_ACT_ALLOW, "prctl", {masked(0, k_int, option)});
  }
  switch (role) {
  case Role::broker:
    policy.allow("accept4");
    break;
  case Role::database_server:
    add_server_rules(policy);
    break;
  case Role::candidate:
  case Role::candidate_among_others:
  case Role::candidate_with_socket:
    add_candidate_rules(policy, role == Role::candidate_with_socket);
    break;
  }
  if (!policy.failure().stage.empty()) {
    return policy.failure();
  }

  Descriptor memory(::memfd_create("filter", MFD_CLOEXEC));
  if (!memory) {
    return system_failure("memory for the seccomp filter");
  }
  if (const int result = seccomp_export_bpf(context.get(), memory.get()); result != 0) {
    return Failure{"export of the seccomp filter", -result, {}};
  }

  struct stat about {};

  if (::fstat(memory.get(), &about) != 0) {
    return system_failure("size of the seccomp filter");
  }
  std::vector<std::byte> filter(static_cast<std::size_t>(about.st_size));
  if (::pread(memory.get(), filter.data(), filter.size(), 0) != about.st_size) {
    return system_failure("reading the seccomp filter");
  }
  return filter;
}

} // namespace assay::box
