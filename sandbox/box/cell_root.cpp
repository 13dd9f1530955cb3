// SPDX-License-Identifier: MIT
#include "sandbox/box/options.hpp"
#include "sandbox/box/parts.hpp"

#include <initializer_list>

#include <fcntl.h>
#include <linux/mount.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

// Debian 12's <sys/mount.h> and <linux/mount.h> cannot be included together; the numbers of
// mount(2).
constexpr unsigned long k_rdonly = 1;
constexpr unsigned long k_nosuid = 2;
constexpr unsigned long k_nodev = 4;
constexpr unsigned long k_noexec = 8;
constexpr unsigned long k_remount = 32;
constexpr unsigned long k_bind = 4096;
constexpr unsigned long k_recursive = 16384;
constexpr unsigned long k_private = 1 << 18;
constexpr long k_detach = 2;

/// Longest path handled, with the terminating zero.
constexpr unsigned k_path = 4096;

/// Copies `head` + `tail`; false if too long.
bool join(char (&out)[k_path], const char* head, const char* tail)
{
  unsigned length = 0;
  for (const char* part : {head, tail}) {
    for (; *part != '\0'; ++part) {
      if (length + 1 >= k_path) {
        return false;
      }
      out[length++] = *part;
    }
  }
  out[length] = '\0';
  return true;
}

/// A detached copy of the mount at head + tail. Taken while paths still resolve with the caller's
/// own rights.
long open_tree(Stages& stages, const char* stage, const char* head, const char* tail)
{
  char path[k_path];
  if (!join(path, head, tail)) {
    stages.fail(stage, 36 /* ENAMETOOLONG */);
    return -1;
  }
  return stages.run(
    stage, SYS_open_tree, AT_FDCWD, word(path), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
}

void attach(Stages& stages, const char* stage, long tree, const char* target, uint64_t attributes)
{
  mount_attr wanted{};
  wanted.attr_set = attributes;
  stages.run(stage,
             SYS_mount_setattr,
             tree,
             word(""),
             AT_EMPTY_PATH,
             word(&wanted),
             static_cast<long>(sizeof wanted));
  stages.run(
    stage, SYS_move_mount, tree, word(""), AT_FDCWD, word(target), MOVE_MOUNT_F_EMPTY_PATH);
  if (stages.ok()) {
    call(SYS_close, tree);
  }
}

void directory(Stages& stages, const char* path)
{
  stages.run(path, SYS_mkdirat, AT_FDCWD, word(path), 0755);
}

void file(Stages& stages, const char* path, const char* text)
{
  const long number =
    stages.run(path, SYS_openat, AT_FDCWD, word(path), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
  unsigned length = 0;
  while (text[length] != '\0') {
    ++length;
  }
  stages.run(path, SYS_write, number, word(text), static_cast<long>(length));
  if (stages.ok()) {
    call(SYS_close, number);
  }
}

void link(Stages& stages, const char* target, const char* path)
{
  stages.run(path, SYS_symlinkat, word(target), AT_FDCWD, word(path));
}

constexpr uint64_t k_quiet = MOUNT_ATTR_RDONLY | MOUNT_ATTR_NOSUID | MOUNT_ATTR_NODEV;
constexpr uint64_t k_data = k_quiet | MOUNT_ATTR_NOEXEC | MOUNT_ATTR_NOSYMFOLLOW;

struct Device {
  const char* name;
  const char* source;
  const char* target;
};

constexpr Device k_devices[] = {{"device null", "/dev/null", "dev/null"},
                                {"device zero", "/dev/zero", "dev/zero"},
                                {"device random", "/dev/random", "dev/random"},
                                {"device urandom", "/dev/urandom", "dev/urandom"}};
constexpr unsigned k_device_count = sizeof k_devices / sizeof k_devices[0];

} // namespace

void build_cell_root(Stages& stages, const abox_cell& cell)
{
  stages.run("make mounts private", SYS_mount, 0, word("/"), 0, k_recursive | k_private, 0);

  const long usr = open_tree(stages, "runtime /usr", cell.runtime, "/usr");
  const long harness = open_tree(stages, "harness", cell.harness, "");
  long devices[k_device_count] = {};
  for (unsigned i = 0; i < k_device_count; ++i) {
    devices[i] = open_tree(stages, k_devices[i].name, k_devices[i].source, "");
  }
  // Libraries outside the default folders are found through the runtime's own cache, if it has one.
  long loader = -1;
  char path[k_path];
  if (join(path, cell.runtime, "/etc/ld.so.cache")) {
    loader = call(SYS_open_tree, AT_FDCWD, word(path), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
  }

  // What libraries verify certificates with; some read it when they are imported.
  long certificates = -1;
  if (join(path, cell.runtime, "/etc/ssl/certs/ca-certificates.crt")) {
    certificates = call(SYS_open_tree, AT_FDCWD, word(path), OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
  }

  // Only a mapped id may create files on the new tmpfs.
  const long id = static_cast<long>(cell.uid);
  stages.run("become the group of the cell", SYS_setresgid, id, id, id);
  stages.run("become the user of the cell", SYS_setresuid, id, id, id);

  stages.run("tmpfs of the root",
             SYS_mount,
             word("cell"),
             word("/tmp"),
             word("tmpfs"),
             k_nosuid | k_nodev,
             word("size=1m,nr_inodes=256,mode=0755"));
  stages.run("enter the new root", SYS_chdir, word("/tmp"));
  for (const char* name : {"usr",
                           "etc",
                           "etc/ssl",
                           "etc/ssl/certs",
                           "dev",
                           "opt",
                           "opt/assay",
                           "repo",
                           "scratch",
                           "pg"}) {
    directory(stages, name);
  }
  // What works on data of its own gets the one program that it starts through a shell.
  link(stages, cell.data_megabytes != 0 ? "opt/assay/bin" : "usr/bin", "bin");
  for (const char* name : {"sbin", "lib", "lib64"}) {
    char target[k_path];
    if (join(target, "usr/", name)) {
      link(stages, target, name);
    }
  }
  link(stages, "/scratch", "tmp");
  file(stages, "etc/passwd", "candidate:x:1:1::/scratch:/usr/sbin/nologin\n");
  file(stages, "etc/group", "candidate:x:1:\n");
  for (const Device& device : k_devices) {
    file(stages, device.target, "");
  }
  file(stages, "etc/ld.so.cache", "");
  file(stages, "etc/ssl/certs/ca-certificates.crt", "");

  attach(stages, "mount /usr", usr, "usr", k_quiet);
  attach(stages, "mount /opt/assay", harness, "opt/assay", k_quiet);
  if (cell.sockets != 0) {
    stages.run("mount /pg",
               SYS_mount,
               word("sockets"),
               word("pg"),
               word("tmpfs"),
               k_nosuid | k_nodev | k_noexec,
               word("size=16k,nr_inodes=8,mode=0755"));
  }
  if (cell.data_megabytes != 0) {
    Options options;
    options.text("size=").number(cell.data_megabytes).text("m,nr_inodes=16384,mode=0700");
    stages.run("mount /scratch",
               SYS_mount,
               word("data"),
               word("scratch"),
               word("tmpfs"),
               k_nosuid | k_nodev | k_noexec,
               options.get());
  }
  for (unsigned i = 0; i < k_device_count; ++i) {
    attach(stages, k_devices[i].name, devices[i], k_devices[i].target, MOUNT_ATTR_NOSUID);
  }
  if (loader >= 0) {
    attach(stages, "mount ld.so.cache", loader, "etc/ld.so.cache", k_data);
  }
  if (certificates >= 0) {
    attach(stages, "mount certificates", certificates, "etc/ssl/certs/ca-certificates.crt", k_data);
  }

  // The old root ends up on top of the new one and is taken away.
  stages.run("pivot_root", SYS_pivot_root, word("."), word("."));
  stages.run("leave the old root", SYS_umount2, word("."), k_detach);
  stages.run("go to the new root", SYS_chdir, word("/"));
  stages.run("make the root read-only",
             SYS_mount,
             0,
             word("/"),
             0,
             k_remount | k_bind | k_rdonly | k_nosuid | k_nodev,
             0);
}

} // namespace assay::box
