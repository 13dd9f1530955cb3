// SPDX-License-Identifier: MIT
#include "sandbox/box/parts.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

namespace assay::box {

namespace {

constexpr uint64_t k_path_limit = 4096;
constexpr int k_invalid = 22; // EINVAL
constexpr int k_exists = 17;  // EEXIST

struct Record {
  uint32_t path_length;
  uint64_t content_length;
} __attribute__((packed));

/// Relative, and every part a plain name.
bool is_plain(const char* path, uint32_t length)
{
  uint32_t start = 0;
  for (uint32_t i = 0; i <= length; ++i) {
    if (i < length && path[i] != '/') {
      if (path[i] == '\0') {
        return false;
      }
      continue;
    }
    const uint32_t size = i - start;
    const bool dots = (size == 1 && path[start] == '.')
                      || (size == 2 && path[start] == '.' && path[start + 1] == '.');
    if (size == 0 || dots) {
      return false;
    }
    start = i + 1;
  }
  return true;
}

/// Makes the folders above the last part.
void make_folders(Stages& stages, const char* path, uint32_t length)
{
  char part[k_path_limit];
  for (uint32_t i = 0; i < length; ++i) {
    if (path[i] == '/') {
      part[i] = '\0';
      const long result = call(SYS_mkdirat, AT_FDCWD, word(part), 0755);
      if (result < 0 && result != -k_exists) {
        stages.fail("folder of a submitted file", static_cast<int>(-result));
        return;
      }
    }
    part[i] = path[i];
  }
}

void write_file(Stages& stages, const char* path, const char* content, uint64_t length)
{
  const long number = stages.run("submitted file",
                                 SYS_openat,
                                 AT_FDCWD,
                                 word(path),
                                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
                                 0644);
  while (stages.ok() && length > 0) {
    const long written = stages.run(
      "content of a submitted file", SYS_write, number, word(content), static_cast<long>(length));
    if (written > 0) {
      content += written;
      length -= static_cast<uint64_t>(written);
    }
  }
  if (number >= 0) {
    call(SYS_close, number);
  }
}

} // namespace

void place_submission(Stages& stages, const abox_candidate& candidate)
{
  if (stages.ok()) {
    const long group = call(SYS_setfsgid, static_cast<long>(candidate.uid));
    const long user = call(SYS_setfsuid, static_cast<long>(candidate.uid));
    unpack(stages, candidate.files);
    call(SYS_setfsuid, user);
    call(SYS_setfsgid, group);
    call(SYS_close, candidate.files);
  }
}

void unpack(Stages& stages, int32_t files)
{
  const long size = stages.run("size of the submission", SYS_lseek, files, 0, 2 /* SEEK_END */);
  if (!stages.ok() || size == 0) {
    return;
  }
  const long mapped = call(SYS_mmap, 0, size, PROT_READ, MAP_PRIVATE, files, 0);
  if (mapped < 0 && mapped > -4096) {
    stages.fail("map the submission", static_cast<int>(-mapped));
    return;
  }
  const char* at = reinterpret_cast<const char*>(mapped); // NOLINT: what mmap returns
  uint64_t left = static_cast<uint64_t>(size);
  while (stages.ok() && left > 0) {
    Record record{};
    if (left < sizeof record) {
      stages.fail("archive of the submission", k_invalid);
      break;
    }
    __builtin_memcpy(&record, at, sizeof record);
    at += sizeof record;
    left -= sizeof record;
    if (record.path_length >= k_path_limit || record.path_length + 1ULL > left
        || record.content_length > left - record.path_length - 1 || at[record.path_length] != '\0'
        || !is_plain(at, record.path_length)) {
      stages.fail("archive of the submission", k_invalid);
      break;
    }
    const char* const path = at;
    at += record.path_length + 1;
    make_folders(stages, path, record.path_length);
    write_file(stages, path, at, record.content_length);
    at += record.content_length;
    left -= record.path_length + 1 + record.content_length;
  }
  call(SYS_munmap, mapped, size);
}

} // namespace assay::box

int abox_unpack(int32_t files, abox_error* error)
{
  assay::box::Stages stages(error);
  assay::box::unpack(stages, files);
  return stages.result();
}
