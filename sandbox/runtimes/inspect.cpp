// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/inspect.hpp"

#include "sandbox/base/descriptor.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_max_status = std::size_t{16} << 20;
constexpr std::size_t k_max_metadata = std::size_t{1} << 20;

/// The value of "Name: value" at the start of a line of the paragraph.
std::string_view header(std::string_view paragraph, std::string_view name)
{
  while (!paragraph.empty()) {
    const std::size_t end = std::min(paragraph.find('\n'), paragraph.size());
    const std::string_view line = paragraph.substr(0, end);
    paragraph.remove_prefix(std::min(end + 1, paragraph.size()));
    if (line.empty()) {
      return {};
    }
    if (line.starts_with(name) && line.substr(name.size()).starts_with(": ")) {
      return line.substr(name.size() + 2);
    }
  }
  return {};
}

bool is_plain(std::string_view text)
{
  return !text.empty() && text.size() <= 128
         && std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < 0x7F; });
}

/// PEP 503: lower case, runs of "-", "_" and "." as one "-".
std::string normalised(std::string_view name)
{
  std::string text;
  for (const char letter : name) {
    const bool separator = letter == '-' || letter == '_' || letter == '.';
    if (separator && text.ends_with('-')) {
      continue;
    }
    text += separator ? '-' : static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
  }
  return text;
}

/// The tree as seen from within: absolute links and ".." lead to its own root, never to the host.
class Inside {
public:
  explicit Inside(const fs::path& root)
    : root_(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC))
  {
  }

  [[nodiscard]] Descriptor open(const std::string& path, std::uint64_t flags) const
  {
    open_how how{};
    how.flags = flags | O_CLOEXEC;
    how.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS;
    return Descriptor(
      static_cast<int>(::syscall(SYS_openat2, root_.get(), path.c_str(), &how, sizeof how)));
  }

  [[nodiscard]] bool is_file(const std::string& path) const
  {
    struct stat status = {};
    const Descriptor file = open(path, O_PATH);
    return file && ::fstat(file.get(), &status) == 0 && S_ISREG(status.st_mode);
  }

  /// Sorted names in a folder; none if there is no such folder.
  [[nodiscard]] std::vector<std::string> names(const std::string& path) const
  {
    std::vector<std::string> found;
    const Descriptor folder = open(path, O_RDONLY | O_DIRECTORY);
    if (!folder) {
      return found;
    }
    std::error_code code;
    const fs::path opened = fs::path("/proc/self/fd") / std::to_string(folder.get());
    for (fs::directory_iterator next(opened, code), end; !code && next != end;
         next.increment(code)) {
      found.push_back(next->path().filename().string());
    }
    std::ranges::sort(found);
    return found;
  }

  [[nodiscard]] std::optional<std::string> text(const std::string& path, std::size_t limit) const
  {
    const Descriptor file = open(path, O_RDONLY | O_NONBLOCK);
    struct stat status = {};
    if (!file || ::fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
      return std::nullopt;
    }
    std::string text(limit, '\0');
    std::size_t have = 0;
    while (have < limit) {
      const ssize_t got = ::read(file.get(), text.data() + have, limit - have);
      if (got < 0 && errno != EINTR) {
        return std::nullopt;
      }
      if (got == 0) {
        break;
      }
      have += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    text.resize(have);
    return text;
  }

private:
  Descriptor root_;
};

void read_distributions(const Inside& tree,
                        const std::string& folder,
                        std::map<std::string, std::string>& into)
{
  for (const std::string& name : tree.names(folder)) {
    std::string metadata = folder + "/" + name;
    if (name.ends_with(".dist-info")) {
      metadata += "/METADATA";
    } else if (name.ends_with(".egg-info")) {
      metadata += tree.is_file(metadata) ? "" : "/PKG-INFO";
    } else {
      continue;
    }
    const auto text = tree.text(metadata, k_max_metadata);
    const std::string_view distribution = text ? header(*text, "Name") : std::string_view();
    const std::string_view version = text ? header(*text, "Version") : std::string_view();
    if (is_plain(distribution) && is_plain(version)) {
      into.emplace(normalised(distribution), version);
    }
  }
}

void read_packages(const Inside& tree, std::map<std::string, std::string>& into)
{
  const std::string database = "var/lib/dpkg/status";
  if (const auto text = tree.text(database, k_max_status)) {
    into = parse_status(*text);
  }
  for (const std::string& part : tree.names(database + ".d")) {
    if (const auto text = tree.text(database + ".d/" + part, k_max_metadata)) {
      into.merge(parse_status("Status: install ok installed\n" + *text));
    }
  }
}

/// "3.13" of "python3.13", empty of anything else.
std::string version_in(const std::string& name)
{
  constexpr std::string_view k_prefix = "python";
  if (!name.starts_with(std::string(k_prefix) + "3.")) {
    return {};
  }
  const std::string version = name.substr(k_prefix.size());
  return std::ranges::all_of(version.substr(2),
                             [](char letter) { return letter >= '0' && letter <= '9'; })
             && version.size() > 2
           ? version
           : std::string();
}

} // namespace

std::map<std::string, std::string> parse_status(std::string_view text)
{
  std::map<std::string, std::string> packages;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find("\n\n"), text.size());
    const std::string_view paragraph = text.substr(0, end);
    text.remove_prefix(std::min(end + 2, text.size()));
    const std::string_view name = header(paragraph, "Package");
    const std::string_view version = header(paragraph, "Version");
    const std::string_view status = header(paragraph, "Status");
    if (is_plain(name) && is_plain(version) && status.starts_with("install ok ")) {
      packages.emplace(name, version);
    }
  }
  return packages;
}

Expected<Contents> inspect(const fs::path& root, const std::string& python)
{
  const Inside tree(root);
  Contents contents;
  constexpr std::array<std::string_view, 2> k_prefixes = {"usr/local", "usr"};
  for (const std::string_view part : k_prefixes) {
    const std::string prefix(part);
    const std::string interpreter = prefix + "/bin/python3";
    if (!tree.is_file(interpreter) || (!python.empty() && python != "/" + interpreter)) {
      continue;
    }
    for (const std::string& name : tree.names(prefix + "/lib")) {
      const std::string folder = prefix + "/lib/" + name;
      if (const std::string version = version_in(name);
          !version.empty() && tree.is_file(folder + "/os.py")) {
        contents.python = "/" + interpreter;
        contents.python_version = version;
        contents.standard_library = folder;
      }
    }
    if (!contents.python.empty()) {
      break;
    }
  }
  if (contents.python.empty()) {
    return Failure{"runtime",
                   0,
                   python.empty() ? "has no Python 3 in /usr/bin or /usr/local/bin"
                                  : "has no Python 3 at " + python};
  }
  read_packages(tree, contents.packages);
  const std::string own = "usr/local/lib/python" + contents.python_version;
  for (const std::string& folder : {own + "/site-packages",
                                    own + "/dist-packages",
                                    std::string("usr/lib/python3/dist-packages")}) {
    read_distributions(tree, folder, contents.distributions);
  }
  if (!contents.distributions.contains("sqlalchemy")) {
    return Failure{"runtime", 0, "has no SQLAlchemy below /usr"};
  }
  return contents;
}

} // namespace assay::runtimes
