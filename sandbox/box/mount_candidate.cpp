// SPDX-License-Identifier: MIT
#include "sandbox/box/options.hpp"
#include "sandbox/box/parts.hpp"

#include <initializer_list>

#include <sys/syscall.h>

namespace assay::box {

namespace {

// Numbers of mount(2): nosuid, nodev, noexec.
constexpr long k_work = 2 | 4 | 8;
constexpr long k_detach = 2;
// The same with read-only, remount and bind: of this mount alone.
constexpr long k_closed = k_work | 1 | 32 | 4096;

} // namespace

void mount_candidate(Stages& stages, const abox_candidate& candidate)
{
  Options options;
  options.text("size=").number(candidate.scratch_megabytes);
  options.text("m,nr_inodes=").number(candidate.inodes);
  options.text(",mode=0755,uid=").number(candidate.uid).text(",gid=").number(candidate.uid);
  for (const char* target : {"/scratch", "/repo"}) {
    stages.run(
      target, SYS_mount, word("candidate"), word(target), word("tmpfs"), k_work, options.get());
  }
  if (candidate.sockets == 0) {
    // EINVAL where the cell has no socket folder: then there is nothing to hide.
    call(SYS_umount2, word("/pg"), k_detach);
  } else {
    // The sockets in it are for those who come after as well.
    stages.run("make /pg read-only", SYS_mount, 0, word("/pg"), 0, k_closed, 0);
  }
  stages.run("enter /repo", SYS_chdir, word("/repo"));
  place_submission(stages, candidate);
}

} // namespace assay::box
