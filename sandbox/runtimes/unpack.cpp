// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/unpack.hpp"

#include "sandbox/base/descriptor.hpp"
#include "sandbox/runtimes/tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

constexpr std::array<std::string_view, 6> k_merged = {
  "bin", "sbin", "lib", "lib32", "lib64", "libx32"};

Failure refused(std::string_view path, std::string_view why)
{
  return Failure{fmt::format("archive: {:?}", path.substr(0, 200)), 0, std::string(why)};
}

bool has_control(std::string_view text)
{
  return std::ranges::any_of(text, [](char letter) {
    const auto code = static_cast<unsigned char>(letter);
    return code < 0x20 || code == 0x7F;
  });
}

std::vector<std::string_view> components_of(std::string_view path)
{
  std::vector<std::string_view> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (end > 0 && path.substr(0, end) != ".") {
      parts.push_back(path.substr(0, end));
    }
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

/// The name without "." and double slashes.
Expected<std::string> normal_path(std::string_view path)
{
  if (path.starts_with('/')) {
    return refused(path, "is an absolute name");
  }
  if (has_control(path)) {
    return refused(path, "has control characters in its name");
  }
  std::string normal;
  for (const std::string_view part : components_of(path)) {
    if (part == "..") {
      return refused(path, "has \"..\" in its name");
    }
    if (part.size() > 255) {
      return refused(path, "has a name of more than 255 bytes");
    }
    normal += normal.empty() ? "" : "/";
    normal += part;
  }
  return normal;
}

/// Where an entry of this name goes; nothing if it is left out.
std::optional<std::string> place_of(const std::string& normal)
{
  const std::string_view top = std::string_view(normal).substr(0, normal.find('/'));
  if (std::ranges::find(k_merged, top) != k_merged.end()) {
    return "usr/" + normal;
  }
  if (top == "usr" || normal == "var/lib/dpkg/status"
      || normal.starts_with("var/lib/dpkg/status.d/") || normal == "etc/ld.so.cache"
      || normal == "etc/ssl/certs/ca-certificates.crt") {
    return normal;
  }
  return std::nullopt;
}

/// Whether a link in `path` to `target` stays in the tree, by the names alone.
bool stays_inside(std::string_view path, std::string_view target)
{
  std::size_t depth = target.starts_with('/') ? 0 : components_of(path).size() - 1;
  for (const std::string_view part : components_of(target)) {
    if (part != "..") {
      ++depth;
    } else if (depth-- == 0) {
      return false;
    }
  }
  return true;
}

class Tree {
public:
  Tree(Descriptor root, const UnpackLimits& limits)
    : root_(std::move(root)),
      limits_(limits)
  {
  }

  Expected<void> add(TarReader& archive, const TarEntry& entry)
  {
    if (++entries_ > limits_.entries) {
      return Failure{"archive", 0, fmt::format("has more than {} entries", limits_.entries)};
    }
    auto normal = normal_path(entry.path);
    if (!normal) {
      return normal.failure();
    }
    const auto path = place_of(*normal);
    if (!path || normal->find('/') == std::string::npos) {
      return {}; // a folder of the top level comes with what lies in it
    }
    switch (entry.kind) {
    case TarKind::file:
      return file(archive, entry, *path);
    case TarKind::directory:
      return folder(*path);
    case TarKind::symbolic_link:
      return later(*path, entry.link);
    case TarKind::hard_link:
      return hard_link(*path, entry.link);
    case TarKind::device:
      ++unpacked.devices;
      return {};
    }
    return {};
  }

  Expected<void> finish()
  {
    for (const auto& [path, target] : links_) {
      const auto slash = path.rfind('/');
      const auto parent = open_folder(path.substr(0, slash));
      if (!parent) {
        return parent.failure();
      }
      if (::symlinkat(target.c_str(), parent->get(), path.c_str() + slash + 1) != 0) {
        return system_failure(fmt::format("archive: link {:?}", path));
      }
    }
    return {};
  }

  Unpacked unpacked;

private:
  Descriptor beneath(const std::string& path, std::uint64_t flags, std::uint64_t mode) const
  {
    open_how how{};
    how.flags = flags | O_CLOEXEC | O_NOFOLLOW;
    how.mode = mode;
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_XDEV;
    return Descriptor(static_cast<int>(
      ::syscall(SYS_openat2, root_.get(), path.empty() ? "." : path.c_str(), &how, sizeof how)));
  }

  /// Opens the folder, made with its parents if need be.
  Expected<Descriptor> open_folder(const std::string& path)
  {
    if (Descriptor found = beneath(path, O_PATH | O_DIRECTORY, 0)) {
      return found;
    }
    if (errno != ENOENT) {
      return system_failure(fmt::format("archive: folder {:?}", path));
    }
    const auto slash = path.rfind('/');
    const auto parent = open_folder(slash == std::string::npos ? "" : path.substr(0, slash));
    if (!parent) {
      return parent.failure();
    }
    const std::string name = slash == std::string::npos ? path : path.substr(slash + 1);
    if (::mkdirat(parent->get(), name.c_str(), 0755) != 0
        || ::fchmodat(parent->get(), name.c_str(), 0755, 0) != 0) {
      return system_failure(fmt::format("archive: folder {:?}", path));
    }
    Descriptor made = beneath(path, O_PATH | O_DIRECTORY, 0);
    if (!made) {
      return system_failure(fmt::format("archive: folder {:?}", path));
    }
    return made;
  }

  Expected<void> folder(const std::string& path)
  {
    const auto made = open_folder(path);
    return made ? Expected<void>() : made.failure();
  }

  /// Frees the name: of two entries of one name the last one counts.
  Expected<Descriptor> parent_for(const std::string& path)
  {
    const auto slash = path.rfind('/');
    auto parent = open_folder(path.substr(0, slash));
    if (!parent) {
      return parent;
    }
    links_.erase(path);
    if (::unlinkat(parent->get(), path.c_str() + slash + 1, 0) != 0 && errno != ENOENT) {
      return system_failure(fmt::format("archive: {:?}", path));
    }
    return parent;
  }

  Expected<void> file(TarReader& archive, const TarEntry& entry, const std::string& path)
  {
    if (entry.size > limits_.file_bytes) {
      return refused(path, fmt::format("is larger than {} bytes", limits_.file_bytes));
    }
    unpacked.bytes += entry.size;
    if (unpacked.bytes > limits_.bytes) {
      return Failure{"archive", 0, fmt::format("holds more than {} bytes of files", limits_.bytes)};
    }
    ++unpacked.files;
    const auto parent = parent_for(path);
    if (!parent) {
      return parent.failure();
    }
    const std::uint64_t mode = (entry.mode & 0111U) != 0 ? 0755 : 0644;
    const Descriptor out = beneath(path, O_WRONLY | O_CREAT | O_EXCL, mode);
    if (!out) {
      return system_failure(fmt::format("archive: {:?}", path));
    }
    while (true) {
      const auto got = archive.read(buffer_);
      if (!got) {
        return got.failure();
      }
      if (*got == 0) {
        break;
      }
      for (std::size_t done = 0; done < *got;) {
        const ssize_t written = ::write(out.get(), buffer_.data() + done, *got - done);
        if (written < 0 && errno == EINTR) {
          continue;
        }
        if (written < 0) {
          return system_failure(fmt::format("archive: {:?}", path));
        }
        done += static_cast<std::size_t>(written);
      }
    }
    const timespec modified{static_cast<time_t>(entry.modified), 0};
    const std::array<timespec, 2> times{modified, modified};
    if (::fchmod(out.get(), static_cast<mode_t>(mode)) != 0
        || ::futimens(out.get(), times.data()) != 0) {
      return system_failure(fmt::format("archive: {:?}", path));
    }
    return {};
  }

  Expected<void> later(const std::string& path, const std::string& target)
  {
    if (target.empty() || has_control(target) || !stays_inside(path, target)) {
      return refused(path, "is a link that leaves the tree");
    }
    const auto parent = parent_for(path);
    if (!parent) {
      return parent.failure();
    }
    links_[path] = target;
    return {};
  }

  Expected<void> hard_link(const std::string& path, const std::string& target)
  {
    const auto normal = normal_path(target);
    if (!normal) {
      return normal.failure();
    }
    const auto source = place_of(*normal);
    if (source == path) {
      return refused(path, "is a hard link to itself");
    }
    struct stat status = {};
    const Descriptor file = source ? beneath(*source, O_PATH, 0) : Descriptor();
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
      return refused(path, "is a hard link to nothing in the archive");
    }
    const auto parent = parent_for(path);
    if (!parent) {
      return parent.failure();
    }
    if (::linkat(root_.get(), source->c_str(), parent->get(), path.c_str() + path.rfind('/') + 1, 0)
        != 0) {
      return system_failure(fmt::format("archive: link {:?}", path));
    }
    return {};
  }

  Descriptor root_;
  UnpackLimits limits_;
  std::uint64_t entries_ = 0;
  std::map<std::string, std::string> links_;
  std::vector<std::byte> buffer_ = std::vector<std::byte>(256 * 1024);
};

} // namespace

Expected<Unpacked>
unpack(TarReader& archive, const std::filesystem::path& folder, const UnpackLimits& limits)
{
  Descriptor root(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root) {
    return system_failure("open " + folder.string());
  }
  Tree tree(std::move(root), limits);
  while (true) {
    auto entry = archive.next();
    if (!entry) {
      return entry.failure();
    }
    if (!entry->has_value()) {
      break;
    }
    if (const auto added = tree.add(archive, **entry); !added) {
      return added.failure();
    }
  }
  if (const auto done = tree.finish(); !done) {
    return done.failure();
  }
  if (const auto rest = archive.drain(); !rest) {
    return rest.failure();
  }
  return tree.unpacked;
}

} // namespace assay::runtimes
