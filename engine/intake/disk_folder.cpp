// SPDX-License-Identifier: MIT
#include "engine/intake/disk_folder.hpp"

#include "engine/intake/blob_id.hpp"
#include "engine/intake/file_descriptor.hpp"

#include <dirent.h>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::intake {

namespace {

/// What a single entry could not give: the entry is skipped, the rest is read.
Error unreadable(int reason)
{
  return Error{ErrorCode::not_found, std::generic_category().message(reason)};
}

struct CloseDirectory {
  void operator()(DIR* directory) const { closedir(directory); }
};

EntryKind kind_of(const struct stat& status)
{
  if (S_ISREG(status.st_mode)) {
    return (status.st_mode & S_IXUSR) != 0 ? EntryKind::executable : EntryKind::file;
  }
  if (S_ISDIR(status.st_mode)) {
    return EntryKind::folder;
  }
  return S_ISLNK(status.st_mode) ? EntryKind::symlink : EntryKind::special;
}

class DiskFolder final : public Folder {
public:
  explicit DiskFolder(FileDescriptor folder)
    : folder_(std::move(folder))
  {
  }

  Result<std::vector<Entry>> entries() override
  {
    // A descriptor of its own: closedir() closes what it was given.
    DIR* const opened = fdopendir(dup_folder());
    if (opened == nullptr) {
      return unreadable(errno);
    }
    const std::unique_ptr<DIR, CloseDirectory> directory(opened);
    std::vector<Entry> entries;
    errno = 0;
    while (const dirent* const item = readdir(directory.get())) {
      const std::string name = item->d_name;
      struct stat status = {};
      if (name != "." && name != "..") {
        const bool known = fstatat(folder_.get(), item->d_name, &status, AT_SYMLINK_NOFOLLOW) == 0;
        entries.push_back({name, known ? kind_of(status) : EntryKind::special, {}});
      }
      errno = 0;
    }
    if (errno != 0) {
      return unreadable(errno);
    }
    return entries;
  }

  Result<std::unique_ptr<Folder>> open(const Entry& entry) override
  {
    FileDescriptor inner(
      openat(folder_.get(), entry.name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!inner) {
      return unreadable(errno);
    }
    return std::unique_ptr<Folder>(std::make_unique<DiskFolder>(std::move(inner)));
  }

  Result<std::string> link_target(const Entry& entry) override
  {
    std::array<char, 4096> target{}; // PATH_MAX
    const ssize_t size =
      readlinkat(folder_.get(), entry.name.c_str(), target.data(), target.size());
    if (size < 0) {
      return unreadable(errno);
    }
    return std::string(target.data(), static_cast<std::size_t>(size));
  }

  Result<FileContent> read(const Entry& entry, const LoadRule& rule) override
  {
    // O_NONBLOCK: a pipe that took the place of the file must not hold us.
    const FileDescriptor file(
      openat(folder_.get(), entry.name.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!file || fstat(file.get(), &status) != 0) {
      return unreadable(errno);
    }
    if (!S_ISREG(status.st_mode)) {
      return Error{ErrorCode::not_found, "changed while it was read"};
    }
    return content_of(file, static_cast<std::uint64_t>(status.st_size), rule);
  }

private:
  [[nodiscard]] int dup_folder() const { return fcntl(folder_.get(), F_DUPFD_CLOEXEC, 0); }

  static Result<FileContent>
  content_of(const FileDescriptor& file, std::uint64_t size, const LoadRule& rule)
  {
    if (rule.too_large(size)) {
      return FileContent{size, {}, std::nullopt};
    }
    BlobId id(size);
    std::string content;
    std::uint64_t total = 0;
    std::array<char, 65536> buffer{};
    const bool loads = rule.loads(size);
    for (;;) {
      const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
      if (count < 0) {
        return unreadable(errno);
      }
      if (count == 0) {
        break;
      }
      const std::string_view piece(buffer.data(), static_cast<std::size_t>(count));
      total += piece.size();
      if (total > size) {
        break;
      }
      id.update(piece);
      if (loads) {
        content += piece;
      }
    }
    if (total != size) {
      return Error{ErrorCode::not_found, "changed while it was read"};
    }
    return FileContent{size, id.finish(), loads ? std::optional(std::move(content)) : std::nullopt};
  }

  FileDescriptor folder_;
};

} // namespace

Result<std::unique_ptr<Folder>> disk_folder(const std::filesystem::path& path)
{
  FileDescriptor folder(open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!folder) {
    const int reason = errno;
    return Error{reason == ENOENT ? ErrorCode::not_found : ErrorCode::io,
                 fmt::format("{}: {}", path.string(), std::generic_category().message(reason))};
  }
  return std::unique_ptr<Folder>(std::make_unique<DiskFolder>(std::move(folder)));
}

} // namespace assay::intake
