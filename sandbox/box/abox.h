/* SPDX-License-Identifier: MIT */
/*
 * libabox: the isolation core. One code path builds every box, whoever calls it: the supervisor
 * for cells, the zygote (through ctypes) for candidates.
 *
 *   supervisor --abox_clone(cell)--> cell: own user, mount, pid, ipc, uts, net namespaces,
 *                                    read-only root from the runtime, execs the zygote
 *   zygote --abox_clone(candidate)--> candidate: own mount, pid, ipc namespaces; /repo and /scratch
 *                                    of its own, no capability, Landlock, rlimits, seccomp
 *
 * Where a host grants no namespaces (level L1, most containers) both are plain children; Landlock,
 * rlimits and seccomp are all there is, and the folders lie on the host.
 *
 * Freestanding: raw system calls only, no libc, no allocation, no state. So it loads into any
 * runtime's Python, and may run in the child of a process with threads.
 *
 * Every function returns 0, or -1 with the stage and errno in `error`. Callers must not go on
 * after -1: a box that could not be set up as asked does not run.
 */
#ifndef ASSAY_SANDBOX_BOX_ABOX_H
#define ASSAY_SANDBOX_BOX_ABOX_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ABOX_API __attribute__((visibility("default")))

/* Raised when a layout below changes; the harness refuses another version. */
#define ABOX_VERSION 3u

struct abox_error {
  const char* stage;    /* static text: "mount /repo" */
  int32_t error_number; /* errno */
};

struct abox_child {
  int32_t pid;   /* in the caller's pid namespace; 0 in the child */
  int32_t pidfd; /* close-on-exec; -1 in the child */
};

/* Where the parts of a cell come from. All paths absolute on the host. */
struct abox_cell {
  const char* runtime;     /* root filesystem of the runtime: usr, etc/ld.so.cache and the
                            * certificates of etc/ssl are used; null: the root stays as it is (L1),
                            * and the two below are not used */
  const char* harness;     /* folder shown read-only at /opt/assay */
  uint32_t uid;            /* whom it becomes; mapped in its user namespace */
  uint32_t sockets;        /* 1: /pg is a tiny tmpfs in which it may bind sockets for candidates */
  uint32_t data_megabytes; /* size of a /scratch in memory that it may write; 0: none */
};

/* What a candidate gets. */
struct abox_candidate {
  int32_t files;              /* the submission's files, see abox_unpack; a number in the
                               * keep list, closed on the way; becomes /repo */
  uint32_t uid;               /* inside the cell; 0 only where a single id is mapped */
  uint32_t scratch_megabytes; /* size of /scratch, and of /repo with the submission in it */
  uint32_t inodes;            /* of each of the two */
  uint32_t sockets;           /* 1: /pg stays visible and AF_UNIX sockets are wanted */
  uint64_t cpu_seconds;       /* RLIMIT_CPU, soft = hard */
  uint64_t address_space;     /* RLIMIT_AS in bytes */
  uint64_t file_size;         /* RLIMIT_FSIZE in bytes */
  uint64_t open_files;        /* RLIMIT_NOFILE */
  uint64_t tasks;             /* RLIMIT_NPROC: threads and processes of the uid */
  uint64_t stack;             /* RLIMIT_STACK in bytes */
  const void* filter;         /* struct sock_filter[] made by policy.hpp */
  uint32_t filter_length;     /* instructions */
  uint32_t landlock;          /* 1: required; 0: this kernel has none (level says so) */
};

ABOX_API uint32_t abox_version(void);

/* Highest Landlock ABI of this kernel; 0 if there is none. */
ABOX_API int abox_landlock_abi(void);

/* clone3 for a cell: user, mount, pid, ipc, uts and net namespaces. Returns in both processes. */
ABOX_API int abox_clone_cell(struct abox_child* child, struct abox_error* error);

/* clone3 for a candidate: mount, pid and ipc namespaces. The caller has a single thread. */
ABOX_API int abox_clone_candidate(struct abox_child* child, struct abox_error* error);

/* A child with no namespace of its own, for both, by clone(2): containers refuse clone3. */
ABOX_API int abox_clone_plain(struct abox_child* child, struct abox_error* error);

/* Read by the child of abox_clone_cell once its ids are mapped: becomes root of the cell, builds
 * its root filesystem and enters it. Descriptors keep[0..count) become 0..count-1, all others are
 * closed. Ends ready to exec /usr/bin/python3. */
ABOX_API int abox_enter_cell(const struct abox_cell* cell,
                             const int32_t* keep,
                             uint32_t count,
                             struct abox_error* error);

/* Read by the child of abox_clone_candidate: mounts, limits, ids, capabilities, Landlock, seccomp,
 * in this order. Descriptors as for abox_enter_cell. */
ABOX_API int abox_enter_candidate(const struct abox_candidate* candidate,
                                  const int32_t* keep,
                                  uint32_t count,
                                  struct abox_error* error);

/* The same for the child of abox_clone_plain: the submission is unpacked in the working directory;
 * then Landlock, limits, ids and seccomp. `readable` and `writable` are null-terminated lists of
 * absolute paths. `scratch_megabytes`, `inodes` and `sockets` are not used. */
ABOX_API int abox_enter_plain(const struct abox_candidate* candidate,
                              const char* const* readable,
                              const char* const* writable,
                              const int32_t* keep,
                              uint32_t count,
                              struct abox_error* error);

/* Writes the files of a submission below the working directory. The archive is a sequence of
 * records: path length (uint32, without the zero), content length (uint64), path, zero, content;
 * integers in the machine's order. Paths are relative, their folders are made as needed; an
 * absolute path, an empty or dotted part is refused. */
ABOX_API int abox_unpack(int32_t files, struct abox_error* error);

/* Limits, ids, capabilities and seccomp alone, for a process that confines itself once it has what
 * it needs (the broker): it becomes `uid` (as given; the own one for ordinary users) for good and
 * ends with its parent. `files`, `scratch_megabytes`, `inodes`, `sockets` and `landlock` are not
 * used. */
ABOX_API int abox_lock(const struct abox_candidate* limits, struct abox_error* error);

#ifdef __cplusplus
}
#endif

#endif
