// SPDX-License-Identifier: MIT
#include "sandbox/cell/process.hpp"

#include <sched.h>

#include <cerrno>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::cell {

bool write_text(const std::filesystem::path& path, std::string_view text)
{
  const int number = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (number < 0) {
    return false;
  }
  const bool written =
    ::write(number, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const int kept = errno;
  ::close(number);
  errno = kept;
  return written;
}

void pin(int pid, std::optional<int> cpu)
{
  if (cpu) {
    cpu_set_t only;
    CPU_ZERO(&only);
    CPU_SET(static_cast<std::size_t>(*cpu), &only);
    ::sched_setaffinity(pid, sizeof only, &only);
  }
}

std::vector<MemoryRange> memory_of(int pid)
{
  constexpr std::uint64_t k_large = 2ULL
                                    << 20; // a large page of x86-64 and of arm64 with 4 KiB pages
  std::vector<MemoryRange> ranges;
  std::ifstream maps("/proc/" + std::to_string(pid) + "/maps");
  for (std::string line; std::getline(maps, line) && ranges.size() < k_most_ranges;) {
    // proc_pid_maps(5): start-end rw-p offset device inode [path]
    std::istringstream words(line);
    MemoryRange range;
    char dash = 0;
    std::string access;
    std::string offset;
    std::string device;
    std::string inode;
    std::string path;
    words >> std::hex >> range.start >> dash >> range.end >> access >> offset >> device >> inode
      >> path;
    range.start = (range.start + k_large - 1) / k_large * k_large;
    range.end = range.end / k_large * k_large;
    if (access == "rw-p" && inode == "0" && (path.empty() || path == "[heap]")
        && range.start < range.end) {
      ranges.push_back(range);
    }
  }
  return ranges;
}

Remover::~Remover()
{
  alive_.reset();
  if (pid_ > 0) {
    ::waitpid(pid_, nullptr, 0);
  }
}

Expected<void> Remover::hire(const std::function<bool()>& remove)
{
  auto pipe = make_pipe();
  if (!pipe) {
    return pipe.failure();
  }
  const int end = (*pipe)[0].get();
  pid_ = ::fork();
  if (pid_ < 0) {
    return system_failure("process that cleans up");
  }
  if (pid_ == 0) {
    // Other threads may have held locks: system calls only from here on.
    ::setsid();
    ::dup2(end, 0);
    ::syscall(SYS_close_range, 1, ~0U, 0);
    char ignored = 0;
    while (::read(0, &ignored, 1) > 0 || errno == EINTR) {
      errno = 0;
    }
    // The last process of the box may still be on its way out.
    for (int tries = 0; tries < 200 && !remove(); ++tries) {
      ::usleep(5000);
    }
    ::_exit(0);
  }
  alive_ = std::move((*pipe)[1]);
  return {};
}

} // namespace assay::cell
