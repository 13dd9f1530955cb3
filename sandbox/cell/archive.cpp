// SPDX-License-Identifier: MIT
#include "sandbox/cell/archive.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <set>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace assay::cell {

namespace {

bool is_acceptable(std::string_view path, const ArchiveLimits& limits)
{
  std::size_t depth = 0;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find('/', start), path.size());
    const std::string_view part = path.substr(start, end - start);
    if (part.empty() || part == "." || part == ".." || part.size() > limits.name_bytes
        || part.find('\0') != std::string_view::npos || ++depth > limits.depth) {
      return false;
    }
    start = end + 1;
  }
  return !path.empty();
}

bool write_all(int number, std::string_view bytes)
{
  while (!bytes.empty()) {
    const ssize_t written = ::write(number, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

template<class T>
void append(std::string& out, T number)
{
  const std::size_t at = out.size();
  out.resize(at + sizeof number);
  std::memcpy(out.data() + at, &number, sizeof number);
}

} // namespace

Expected<Archive> pack(std::span<const SubmittedFile> files, const ArchiveLimits& limits)
{
  Archive archive;
  archive.memory = Descriptor(::memfd_create("submission", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  if (!archive.memory) {
    return system_failure("memory for the submission");
  }
  std::string out;
  std::set<std::string_view> seen;
  for (const SubmittedFile& file : files) {
    if (!is_acceptable(file.path, limits) || file.content.size() > limits.file_bytes
        || archive.files >= limits.files || archive.bytes + file.content.size() > limits.bytes
        || !seen.insert(file.path).second) {
      archive.left_out.push_back(file.path);
      continue;
    }
    append(out, static_cast<std::uint32_t>(file.path.size()));
    append(out, static_cast<std::uint64_t>(file.content.size()));
    out += file.path;
    out += '\0';
    out += file.content;
    archive.bytes += file.content.size();
    ++archive.files;
  }
  if (!write_all(archive.memory.get(), out)) {
    return system_failure("memory for the submission");
  }
  if (::fcntl(
        archive.memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL)
      != 0) {
    return system_failure("seal of the submission");
  }
  return archive;
}

} // namespace assay::cell
