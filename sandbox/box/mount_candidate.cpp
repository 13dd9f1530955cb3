// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <initializer_list>

#include <sys/syscall.h>

namespace assay::box {

namespace {

// Numbers of mount(2): nosuid, nodev, noexec.
constexpr long k_work = 2 | 4 | 8;
constexpr long k_detach = 2;

/// A mount option string in a fixed buffer.
class Options {
public:
  Options& text(const char* part)
  {
    for (; *part != '\0' && length_ + 1 < sizeof buffer_; ++part) {
      buffer_[length_++] = *part;
    }
    buffer_[length_] = '\0';
    return *this;
  }

  Options& number(uint32_t value)
  {
    char digits[12];
    unsigned count = 0;
    do {
      digits[count++] = static_cast<char>('0' + value % 10);
      value /= 10;
    } while (value != 0);
    while (count > 0) {
      const char one[2] = {digits[--count], '\0'};
      text(one);
    }
    return *this;
  }

  [[nodiscard]] long get() const { return word(buffer_); }

private:
  char buffer_[128] = {};
  unsigned length_ = 0;
};

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
  }
  stages.run("enter /repo", SYS_chdir, word("/repo"));
  place_submission(stages, candidate);
}

} // namespace assay::box
