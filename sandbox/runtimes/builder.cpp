// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/builder.hpp"

#include "sandbox/runtimes/inspect.hpp"
#include "sandbox/runtimes/process.hpp"
#include "sandbox/runtimes/tar.hpp"
#include "sandbox/runtimes/tree.hpp"
#include "sandbox/runtimes/unpack.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_max_log = std::size_t{16} << 20;

/// mmdebstrap's extract variant leaves dpkg's database empty; this one says which packages and
/// versions lie in the tree.
constexpr std::string_view k_record_packages =
  R"(for deb in "$1"/var/cache/apt/archives/*.deb; do )"
  R"(dpkg-deb --field "$deb" Package Version Architecture && )"
  R"(printf 'Status: install ok unpacked\n\n'; done > "$1"/var/lib/dpkg/status)";

template<class Use>
void for_lines(std::string_view text, Use use)
{
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

/// The last complaint in what a tool said, for a one-line failure.
std::string last_complaint(const fs::path& log, std::string_view mark)
{
  std::string found = fmt::format("failed, see {}", log.string());
  if (const auto text = read_small_file(log, k_max_log)) {
    for_lines(*text, [&](std::string_view line) {
      // mmdebstrap's own last line says no more than that it failed.
      if (line.starts_with(mark) && line.find("mmdebstrap failed") == std::string_view::npos
          && line.find("setup failed") == std::string_view::npos) {
        found = std::string(line.substr(0, 300));
      }
    });
  }
  return found;
}

/// What a short tool prints; empty if it fails.
std::string output_of(const std::vector<std::string>& arguments, const fs::path& log)
{
  auto process = Process::start(arguments, tool_environment(), log);
  int status = 0;
  const auto text = process ? process->output(status) : Expected<std::string>(process.failure());
  return text && status == 0 ? *text : std::string();
}

std::vector<std::string> bootstrap_command(const Definition& definition, const fs::path& log)
{
  std::vector<std::string> command = {
    "mmdebstrap",
    "--variant=extract",
    "--mode=chrootless",
    // The first guards against maintainer scripts, of which none runs; the tree's var/ is left out.
    "--skip=check/chrootless,cleanup/apt",
    "--format=tar",
    fmt::format("--components={}", fmt::join(definition.components, ",")),
    fmt::format("--include={}", fmt::join(definition.packages, ",")),
    fmt::format("--extract-hook={}", k_record_packages)};
  for (const std::string& glob : definition.excluded) {
    command.push_back("--dpkgopt=path-exclude=" + glob);
  }
  for (const std::string& option : download_options(output_of({"apt-config", "dump"}, log))) {
    command.push_back("--aptopt=" + option);
  }
  command.push_back(definition.suite);
  command.emplace_back("-");
  const std::string mirror = find_mirror(output_of({"apt-get",
                                                    "indextargets",
                                                    "--format",
                                                    "$(REPO_URI) $(RELEASE) $(COMPONENT)",
                                                    "Identifier: Packages"},
                                                   log));
  if (!mirror.empty()) {
    command.push_back(mirror);
  }
  return command;
}

/// The file that a maintainer script of Debian would write; requests does not import without it.
Expected<void> bundle_certificates(const fs::path& root)
{
  std::vector<fs::path> parts;
  std::error_code code;
  for (fs::recursive_directory_iterator next(root / "usr/share/ca-certificates", code), end;
       !code && next != end;
       next.increment(code)) {
    if (next->path().extension() == ".crt") {
      parts.push_back(next->path());
    }
  }
  if (parts.empty()) {
    return {};
  }
  std::ranges::sort(parts);
  std::string bundle;
  for (const fs::path& part : parts) {
    const auto text = read_small_file(part, std::size_t{1} << 20);
    if (!text) {
      return text.failure();
    }
    bundle += *text;
  }
  const fs::path folder = root / "etc/ssl/certs";
  fs::create_directories(folder, code);
  fs::permissions(root / "etc/ssl", fs::perms(0755), code);
  fs::permissions(folder, fs::perms(0755), code);
  if (code) {
    return Failure{"create etc/ssl/certs", code.value(), {}};
  }
  return write_file(folder / "ca-certificates.crt", bundle);
}

Expected<void>
install_wheels(const Definition& definition, const fs::path& root, const fs::path& log)
{
  const auto contents = inspect(root, definition.python);
  if (!contents) {
    return contents.failure();
  }
  const fs::path target =
    root / "usr/local/lib" / ("python" + contents->python_version) / "dist-packages";
  std::vector<std::string> command = {"python3",
                                      "-m",
                                      "pip",
                                      "install",
                                      "--quiet",
                                      "--isolated",
                                      "--no-deps",
                                      "--no-compile",
                                      "--no-cache-dir",
                                      "--disable-pip-version-check",
                                      "--only-binary=:all:",
                                      "--python-version=" + contents->python_version,
                                      "--target=" + target.string()};
  if (!definition.wheel_folder.empty()) {
    command.insert(command.end(), {"--no-index", "--find-links=" + definition.wheel_folder});
  } else if (!definition.wheel_index.empty()) {
    command.push_back("--index-url=" + definition.wheel_index);
  }
  command.insert(command.end(), definition.wheels.begin(), definition.wheels.end());
  auto process = Process::start(command, tool_environment(), log);
  if (!process) {
    return process.failure();
  }
  const auto status = process->wait();
  if (!status) {
    return status.failure();
  }
  if (*status != 0) {
    return Failure{"wheels", 0, last_complaint(log, "ERROR:")};
  }
  return {};
}

} // namespace

std::string find_mirror(std::string_view targets)
{
  std::string mirror;
  for_lines(targets, [&](std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t second = line.find(' ', first + 1);
    if (!mirror.empty() || first == std::string_view::npos || second == std::string_view::npos) {
      return;
    }
    const std::string_view uri = line.substr(0, first);
    const std::string_view release = line.substr(first + 1, second - first - 1);
    const bool usual_path = uri.ends_with("/debian") || uri.find("/debian/") != uri.npos;
    if (line.substr(second + 1) == "main" && release.find('-') == release.npos && usual_path) {
      mirror = uri;
    }
  });
  return mirror;
}

std::vector<std::string> download_options(std::string_view dump)
{
  constexpr std::array<std::string_view, 4> k_names = {
    "Acquire::http", "Acquire::Check-", "Acquire::Retries", "Acquire::ForceIPv"};
  std::vector<std::string> options;
  for_lines(dump, [&](std::string_view line) {
    const bool wanted =
      std::ranges::any_of(k_names, [&](std::string_view name) { return line.starts_with(name); });
    if (wanted && line.ends_with("\";") && !line.ends_with(" \"\";")) {
      options.emplace_back(line.substr(0, line.size() - 1));
    }
  });
  return options;
}

std::vector<std::string> missing_tools()
{
  std::vector<std::string> missing;
  if (find_program("mmdebstrap").empty()) {
    missing.emplace_back("mmdebstrap is not installed: apt-get install mmdebstrap");
  }
  std::error_code code;
  if (!fs::exists("/usr/share/keyrings/debian-archive-keyring.gpg", code)) {
    missing.emplace_back(
      "Debian's signing keys are missing: apt-get install debian-archive-keyring");
  }
  return missing;
}

Expected<void> build_tree(const Definition& definition,
                          const fs::path& root,
                          const fs::path& log,
                          const Progress& progress)
{
  if (const auto missing = missing_tools(); !missing.empty()) {
    return Failure{"runtime", 0, missing.front()};
  }
  progress(fmt::format("fetching and unpacking {} packages of Debian {} and what they need",
                       definition.packages.size(),
                       definition.suite));
  auto bootstrap = Process::start(bootstrap_command(definition, log), tool_environment(), log);
  if (!bootstrap) {
    return bootstrap.failure();
  }
  TarReader archive([&](std::span<std::byte> into) { return bootstrap->read(into); });
  const auto unpacked = unpack(archive, root);
  if (!unpacked && unpacked.failure().text != "is cut off") {
    return unpacked.failure();
  }
  const auto status = bootstrap->wait();
  if (!status) {
    return status.failure();
  }
  if (*status != 0) {
    return Failure{"mmdebstrap", 0, last_complaint(log, "E: ")};
  }
  if (!unpacked) {
    return unpacked.failure();
  }
  if (const auto completed = complete_tree(root); !completed) {
    return completed.failure();
  }
  if (const auto bundled = bundle_certificates(root); !bundled) {
    return bundled.failure();
  }
  if (!definition.wheels.empty()) {
    progress(fmt::format("installing {} wheels", definition.wheels.size()));
    if (const auto done = install_wheels(definition, root, log); !done) {
      return done.failure();
    }
  }
  progress("compiling the modules");
  return compile_modules(root, log);
}

Expected<void> complete_tree(const fs::path& root)
{
  std::error_code code;
  for (const char* const name : {"bin", "sbin", "lib", "lib32", "lib64", "libx32"}) {
    if (fs::exists(root / "usr" / name, code)) {
      fs::create_symlink(fs::path("usr") / name, root / name, code);
      if (code) {
        return Failure{fmt::format("link {}", name), code.value(), {}};
      }
    }
  }
  fs::create_directory(root / "etc", code);
  fs::permissions(root / "etc", fs::perms(0755), code);
  if (code) {
    return Failure{"create etc", code.value(), {}};
  }
  const auto users = write_file(root / "etc/passwd",
                                "root:x:0:0::/:/usr/sbin/nologin\n"
                                "candidate:x:1:1::/scratch:/usr/sbin/nologin\n");
  return users ? write_file(root / "etc/group", "root:x:0:\ncandidate:x:1:\n") : users;
}

} // namespace assay::runtimes
