// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/tree.hpp"

#include "sandbox/base/descriptor.hpp"
#include "sandbox/runtimes/digest.hpp"

#include <dirent.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <memory>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

constexpr int k_max_depth = 64;

struct CloseFolder {
  void operator()(DIR* folder) const { ::closedir(folder); }
};

/// Up to `into.size()` bytes; fewer only at the end.
Expected<std::size_t> read_some(int file, std::span<std::byte> into, const std::string& what)
{
  std::size_t have = 0;
  while (have < into.size()) {
    const ssize_t got = ::read(file, into.data() + have, into.size() - have);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got < 0) {
      return system_failure("read " + what);
    }
    if (got == 0) {
      break;
    }
    have += static_cast<std::size_t>(got);
  }
  return have;
}

Expected<std::string> digest_at(int folder, const char* name, const std::string& what)
{
  const Descriptor file(::openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return system_failure("open " + what);
  }
  if (!S_ISREG(status.st_mode)) {
    return Failure{"open " + what, 0, "is no regular file"};
  }
  Sha256 digest;
  std::array<std::byte, 64 * 1024> buffer{};
  while (true) {
    const auto got = read_some(file.get(), buffer, what);
    if (!got) {
      return got.failure();
    }
    if (*got == 0) {
      return digest.finish();
    }
    digest.update(std::span<const std::byte>(buffer).first(*got));
  }
}

class Walk {
public:
  Expected<void> folder(int parent, const char* name, const std::string& prefix, int depth)
  {
    if (depth > k_max_depth) {
      return Failure{"list " + prefix, 0, "is more than 64 levels deep"};
    }
    const int opened =
      ::openat(parent, name, O_RDONLY | O_DIRECTORY | (depth > 0 ? O_NOFOLLOW : 0) | O_CLOEXEC);
    if (opened < 0) {
      return system_failure("list " + (prefix.empty() ? std::string(name) : prefix));
    }
    const std::unique_ptr<DIR, CloseFolder> stream(::fdopendir(opened));
    if (stream == nullptr) {
      ::close(opened);
      return system_failure("list " + prefix);
    }
    while (const dirent* const found = ::readdir(stream.get())) { // NOLINT(concurrency-mt-unsafe)
      const std::string_view entry = found->d_name;
      if (entry == "." || entry == "..") {
        continue;
      }
      if (const auto done = one(opened, found->d_name, prefix, depth); !done) {
        return done;
      }
    }
    return {};
  }

  std::vector<TreeEntry> entries;

private:
  Expected<void> one(int folder_descriptor, const char* name, const std::string& prefix, int depth)
  {
    TreeEntry entry;
    entry.path = prefix + name;
    struct stat status = {};
    if (::fstatat(folder_descriptor, name, &status, AT_SYMLINK_NOFOLLOW) != 0) {
      return system_failure("list " + entry.path);
    }
    entry.mode = status.st_mode & 07777U;
    entry.digest = "-";
    if (S_ISDIR(status.st_mode)) {
      entry.kind = 'd';
      if (auto done = folder(folder_descriptor, name, entry.path + "/", depth + 1); !done) {
        return done;
      }
    } else if (S_ISREG(status.st_mode)) {
      entry.size = static_cast<std::uint64_t>(status.st_size);
      const auto digest = digest_at(folder_descriptor, name, entry.path);
      if (!digest) {
        return digest.failure();
      }
      entry.digest = *digest;
    } else if (S_ISLNK(status.st_mode)) {
      entry.kind = 'l';
      entry.mode = 0;
      std::array<char, 4096> target{};
      const ssize_t length = ::readlinkat(folder_descriptor, name, target.data(), target.size());
      if (length < 0) {
        return system_failure("list " + entry.path);
      }
      entry.digest = sha256({target.data(), static_cast<std::size_t>(length)});
    } else {
      entry.kind = '?';
    }
    entries.push_back(std::move(entry));
    return {};
  }
};

/// The next word of the line, which is shortened by it and its blank.
std::string_view take_word(std::string_view& line)
{
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view word = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return word;
}

template<class Number>
bool read_number(std::string_view text, Number& number, int base)
{
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number, base);
  return code == std::errc() && end == text.data() + text.size();
}

} // namespace

Expected<std::vector<TreeEntry>> list_tree(const std::filesystem::path& folder)
{
  Walk walk;
  if (const auto done = walk.folder(AT_FDCWD, folder.c_str(), "", 0); !done) {
    return done.failure();
  }
  std::ranges::sort(walk.entries, {}, &TreeEntry::path);
  return std::move(walk.entries);
}

std::string write_list(const std::vector<TreeEntry>& entries)
{
  std::string text;
  for (const TreeEntry& entry : entries) {
    text += fmt::format(
      "{} {:o} {} {} {}\n", entry.kind, entry.mode, entry.size, entry.digest, entry.path);
  }
  return text;
}

Expected<std::vector<TreeEntry>> parse_list(std::string_view text)
{
  std::vector<TreeEntry> entries;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end == std::string_view::npos ? end : end + 1, text.size()));
    TreeEntry entry;
    const std::string_view kind = take_word(line);
    const std::string_view mode = take_word(line);
    const std::string_view size = take_word(line);
    entry.digest = take_word(line);
    entry.path = line;
    if (kind.size() != 1 || entry.path.empty() || !read_number(mode, entry.mode, 8)
        || !read_number(size, entry.size, 10)) {
      return Failure{"list of files", 0, fmt::format("line {} is malformed", entries.size() + 1)};
    }
    entry.kind = kind.front();
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<std::string> differences(const std::vector<TreeEntry>& expected,
                                     const std::vector<TreeEntry>& found)
{
  std::vector<std::string> lines;
  auto wanted = expected.begin();
  auto here = found.begin();
  while (wanted != expected.end() || here != found.end()) {
    if (here == found.end() || (wanted != expected.end() && wanted->path < here->path)) {
      lines.push_back("missing: " + (wanted++)->path);
    } else if (wanted == expected.end() || here->path < wanted->path) {
      lines.push_back("added: " + (here++)->path);
    } else {
      if (*wanted != *here) {
        lines.push_back("changed: " + here->path);
      }
      ++wanted;
      ++here;
    }
  }
  return lines;
}

Expected<std::string> file_digest(const std::filesystem::path& file)
{
  return digest_at(AT_FDCWD, file.c_str(), file.string());
}

Expected<std::string> read_small_file(const std::filesystem::path& file, std::size_t limit)
{
  const Descriptor opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  struct stat status = {};
  if (!opened || ::fstat(opened.get(), &status) != 0) {
    return system_failure("open " + file.string());
  }
  if (!S_ISREG(status.st_mode)) {
    return Failure{"open " + file.string(), 0, "is no regular file"};
  }
  std::string text(std::min(limit, static_cast<std::size_t>(status.st_size)) + 1, '\0');
  const auto got = read_some(opened.get(), std::as_writable_bytes(std::span(text)), file.string());
  if (!got) {
    return got.failure();
  }
  if (*got > limit) {
    return Failure{"read " + file.string(), 0, fmt::format("is longer than {} bytes", limit)};
  }
  text.resize(*got);
  return text;
}

Expected<void> write_file(const std::filesystem::path& file, std::string_view text)
{
  const Descriptor opened(
    ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (!opened) {
    return system_failure("create " + file.string());
  }
  while (!text.empty()) {
    const ssize_t written = ::write(opened.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written < 0) {
      return system_failure("write " + file.string());
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (::fchmod(opened.get(), 0644) != 0) {
    return system_failure("write " + file.string());
  }
  return {};
}

} // namespace assay::runtimes
