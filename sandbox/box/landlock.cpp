// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <fcntl.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

// Source: Linux Documentation/userspace-api/landlock.rst. Debian 12's header ends at ABI 3, so the
// layouts are written out and what the kernel knows is asked at run time.
struct Ruleset {
  uint64_t handled_access_fs = 0;
  uint64_t handled_access_net = 0; ///< ABI 4
  uint64_t scoped = 0;             ///< ABI 6
};

struct __attribute__((packed)) PathBeneath {
  uint64_t allowed_access = 0;
  int32_t parent_fd = -1;
};

constexpr long k_create_ruleset = 444;
constexpr long k_add_rule = 445;
constexpr long k_restrict_self = 446;
constexpr long k_query_version = 1;
constexpr long k_path_beneath = 1;

constexpr uint64_t k_execute = 1U << 0;
constexpr uint64_t k_write_file = 1U << 1;
constexpr uint64_t k_read_file = 1U << 2;
constexpr uint64_t k_read_dir = 1U << 3;
constexpr uint64_t k_refer = 1U << 13;     ///< ABI 2
constexpr uint64_t k_truncate = 1U << 14;  ///< ABI 3
constexpr uint64_t k_ioctl_dev = 1U << 15; ///< ABI 5
constexpr uint64_t k_first_abi = (1U << 13) - 1;

uint64_t known_rights(int abi)
{
  uint64_t rights = k_first_abi;
  rights |= abi >= 2 ? k_refer : 0;
  rights |= abi >= 3 ? k_truncate : 0;
  rights |= abi >= 5 ? k_ioctl_dev : 0;
  return rights;
}

long ruleset_size(int abi)
{
  return abi >= 6 ? 24 : abi >= 4 ? 16 : 8;
}

/// Rights that make sense for what is no folder.
constexpr uint64_t k_file_rights =
  k_execute | k_write_file | k_read_file | k_truncate | k_ioctl_dev;

void allow(Stages& stages, long ruleset, const char* path, uint64_t rights)
{
  const long number = call(SYS_openat, AT_FDCWD, word(path), O_PATH | O_CLOEXEC);
  if (number < 0) {
    stages.fail("landlock path", static_cast<int>(-number));
    return;
  }
  PathBeneath rule;
  rule.allowed_access = rights;
  rule.parent_fd = static_cast<int32_t>(number);
  long result = call(k_add_rule, ruleset, k_path_beneath, word(&rule), 0);
  if (result == -22 /* EINVAL: a file, not a folder */) {
    rule.allowed_access = rights & k_file_rights;
    result = call(k_add_rule, ruleset, k_path_beneath, word(&rule), 0);
  }
  if (result < 0) {
    stages.fail("landlock rule", static_cast<int>(-result));
  }
  call(SYS_close, number);
}

} // namespace

void apply_landlock(Stages& stages, const char* const* readable, const char* const* writable)
{
  const int abi = abox_landlock_abi();
  if (abi < 1) {
    stages.fail("landlock", 38 /* ENOSYS */);
    return;
  }
  Ruleset wanted;
  wanted.handled_access_fs = known_rights(abi);
  wanted.handled_access_net = abi >= 4 ? 3U : 0U; // binding and connecting TCP: nowhere
  wanted.scoped = abi >= 6 ? 3U : 0U;             // abstract sockets and signals: own domain only
  const long ruleset =
    stages.run("landlock ruleset", k_create_ruleset, word(&wanted), ruleset_size(abi), 0);
  if (!stages.ok()) {
    return;
  }
  for (; *readable != nullptr; ++readable) {
    allow(stages, ruleset, *readable, k_execute | k_read_file | k_read_dir);
  }
  for (; *writable != nullptr; ++writable) {
    allow(stages, ruleset, *writable, wanted.handled_access_fs & ~k_execute);
  }
  stages.run("landlock restrict", k_restrict_self, ruleset, 0);
  call(SYS_close, ruleset);
}

} // namespace assay::box

int abox_landlock_abi(void)
{
  const long abi =
    assay::box::call(assay::box::k_create_ruleset, 0, 0, assay::box::k_query_version);
  return abi > 0 ? static_cast<int>(abi) : 0;
}
