// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/runtimes.hpp"

#include "sandbox/runtimes/digest.hpp"
#include "sandbox/runtimes/inspect.hpp"
#include "sandbox/runtimes/store.hpp"
#include "sandbox/runtimes/tree.hpp"
#include "sandbox/runtimes/unpack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <optional>
#include <set>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace assay::runtimes {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view k_imported = "imported";
constexpr std::size_t k_max_manifest = std::size_t{1} << 20;
constexpr std::size_t k_max_list = std::size_t{256} << 20;
constexpr std::uintmax_t k_needed_space = std::uintmax_t{3} << 30;

std::string utc_now()
{
  const std::time_t now = std::time(nullptr);
  std::tm parts = {};
  ::gmtime_r(&now, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z",
                     parts.tm_year + 1900,
                     parts.tm_mon + 1,
                     parts.tm_mday,
                     parts.tm_hour,
                     parts.tm_min,
                     parts.tm_sec);
}

Expected<std::optional<Definition>> find_definition(const Places& places, const std::string& name)
{
  if (!is_runtime_name(name)) {
    return Failure{"runtime", 0, "a runtime's name is made of a-z, 0-9, '.' and '-'"};
  }
  std::error_code code;
  const fs::path file = places.definitions / (name + ".runtime");
  if (!fs::exists(file, code)) {
    return std::optional<Definition>();
  }
  auto definition = load_definition(file);
  if (!definition) {
    return definition.failure();
  }
  return std::optional<Definition>(std::move(*definition));
}

Expected<Manifest> read_manifest(const fs::path& folder)
{
  const auto text = read_small_file(folder / "manifest", k_max_manifest);
  return text ? parse_manifest(*text) : text.failure();
}

bool is_there(const fs::path& path)
{
  std::error_code code;
  return fs::symlink_status(path, code).type() != fs::file_type::not_found;
}

Listed look_up(const Places& places, const std::string& name, const std::optional<Definition>& by)
{
  Listed listed{name, by ? by->summary : "imported", State::missing, {}, {}};
  const fs::path folder = places.store / name;
  if (!is_there(folder)) {
    return listed;
  }
  auto manifest = read_manifest(folder);
  std::error_code code;
  if (!manifest || manifest->name != name || !fs::is_directory(folder / "root", code)) {
    listed.state = State::damaged;
    listed.trouble = manifest ? "holds another runtime or no tree" : describe(manifest.failure());
    return listed;
  }
  const std::string_view expected = by ? std::string_view(by->digest) : k_imported;
  listed.state = manifest->definition == expected ? State::ready : State::outdated;
  listed.manifest = std::move(*manifest);
  return listed;
}

/// A build that is deleted again unless it becomes the runtime.
class Build {
public:
  explicit Build(fs::path folder)
    : folder_(std::move(folder))
  {
  }

  Build(const Build&) = delete;
  Build& operator=(const Build&) = delete;

  ~Build()
  {
    if (!folder_.empty()) {
      std::error_code code;
      fs::remove_all(folder_, code);
    }
  }

  [[nodiscard]] const fs::path& folder() const { return folder_; }

  void kept() { folder_.clear(); }

private:
  fs::path folder_;
};

Expected<fs::path> make_root(const fs::path& folder)
{
  const fs::path root = folder / "root";
  if (::mkdir(root.c_str(), 0755) != 0 || ::chmod(root.c_str(), 0755) != 0) {
    return system_failure("create " + root.string());
  }
  return root;
}

/// Writes list and manifest of a finished tree.
Expected<void> seal(const fs::path& folder, Manifest manifest, const std::string& python)
{
  auto contents = inspect(folder / "root", python);
  if (!contents) {
    return contents.failure();
  }
  const auto entries = list_tree(folder / "root");
  if (!entries) {
    return entries.failure();
  }
  for (const TreeEntry& entry : *entries) {
    manifest.bytes += entry.size;
    if (entry.kind == '?' || (entry.kind != 'l' && (entry.mode & 07022U) != 0)) {
      return Failure{"tree", 0, entry.path + " is a device, or has special or write permissions"};
    }
  }
  const std::string list = write_list(*entries);
  manifest.tree = sha256(list);
  manifest.built = utc_now();
  manifest.python = contents->python;
  manifest.python_version = contents->python_version;
  manifest.packages = std::move(contents->packages);
  manifest.distributions = std::move(contents->distributions);
  if (const auto written = write_file(folder / "files", list); !written) {
    return written;
  }
  return write_file(folder / "manifest", write_manifest(manifest));
}

Expected<void> require_space(const fs::path& store)
{
  std::error_code code;
  const fs::space_info space = fs::space(store, code);
  if (!code && space.available < k_needed_space) {
    return Failure{store.string(), 0, "has less than 3 GiB of free space"};
  }
  return {};
}

/// Opens the store for a change of `name`: locked, left-overs gone, space enough.
Expected<Descriptor>
prepare_change(const Places& places, const std::string& name, const Progress& progress)
{
  if (const auto opened = open_store(places.store); !opened) {
    return opened.failure();
  }
  auto lock = lock_name(
    places.store, name, [&] { progress("waiting for another installation of this runtime"); });
  if (lock) {
    sweep(places.store, name);
  }
  return lock;
}

Failure without_install(const std::string& name, std::string_view why)
{
  return Failure{"runtime " + name, 0, fmt::format("{}: assay runtime install {}", why, name)};
}

Failure unknown(const Places& places, const std::string& name)
{
  std::string known;
  if (const auto all = list(places)) {
    for (const Listed& one : *all) {
      known += (known.empty() ? "" : ", ") + one.name;
    }
  }
  return Failure{"runtime " + name, 0, fmt::format("no such runtime; there are: {}", known)};
}

} // namespace

std::string Runtime::version(const std::string& distribution) const
{
  const auto found = manifest.distributions.find(distribution);
  return found == manifest.distributions.end() ? std::string() : found->second;
}

Expected<std::vector<Listed>> list(const Places& places)
{
  const auto defined = load_definitions(places.definitions);
  if (!defined) {
    return defined.failure();
  }
  std::vector<Listed> all;
  std::set<std::string> names;
  for (const Definition& definition : *defined) {
    all.push_back(look_up(places, definition.name, definition));
    names.insert(definition.name);
  }
  std::error_code code;
  for (fs::directory_iterator next(places.store, code), end; !code && next != end;
       next.increment(code)) {
    const std::string name = next->path().filename().string();
    if (is_runtime_name(name) && !names.contains(name)) {
      all.push_back(look_up(places, name, std::nullopt));
    }
  }
  std::ranges::sort(all, {}, &Listed::name);
  return all;
}

Expected<Runtime> installed(const Places& places, const std::string& name)
{
  const auto definition = find_definition(places, name);
  if (!definition) {
    return definition.failure();
  }
  auto held = hold(places.store, name);
  if (!held) {
    if (held.failure().error_number != ENOENT) {
      return held.failure();
    }
    return *definition ? without_install(name, "is not installed") : unknown(places, name);
  }
  const fs::path folder = places.store / name;
  for (const fs::path& part : {places.store, folder, folder / "root"}) {
    if (const auto trusted = require_trusted(part); !trusted) {
      return trusted.failure();
    }
  }
  Listed listed = look_up(places, name, *definition);
  if (listed.state == State::damaged) {
    return without_install(name, "is damaged (" + listed.trouble + ")");
  }
  if (listed.state != State::ready) {
    return without_install(name, "its definition has changed since it was built");
  }
  return Runtime{name,
                 std::move(listed.summary),
                 folder / "root",
                 std::move(listed.manifest),
                 std::make_shared<const Descriptor>(std::move(*held))};
}

Expected<Installation>
install(const Places& places, const std::string& name, const Progress& progress)
{
  const auto definition = find_definition(places, name);
  if (!definition) {
    return definition.failure();
  }
  if (!*definition) {
    return unknown(places, name);
  }
  const auto lock = prepare_change(places, name, progress);
  if (!lock) {
    return lock.failure();
  }
  const State before = look_up(places, name, *definition).state;
  if (before == State::ready) {
    return Installation::already_there;
  }
  if (const auto space = require_space(places.store); !space) {
    return space.failure();
  }
  if (before == State::outdated) {
    progress("its definition has changed: rebuilding it");
  }
  auto made = begin_build(places.store, name);
  if (!made) {
    return made.failure();
  }
  Build build(std::move(*made));
  const auto root = make_root(build.folder());
  if (!root) {
    return root.failure();
  }
  const fs::path log = build.folder() / "log";
  if (const auto built = build_tree(**definition, *root, log, progress); !built) {
    return built.failure();
  }
  progress("taking the digest of the tree");
  Manifest manifest;
  manifest.name = name;
  manifest.definition = (*definition)->digest;
  manifest.origin = (*definition)->suite;
  if (const auto sealed = seal(build.folder(), std::move(manifest), (*definition)->python);
      !sealed) {
    return sealed.failure();
  }
  if (const auto published = publish(places.store, build.folder(), name); !published) {
    return published.failure();
  }
  build.kept();
  return before == State::missing ? Installation::built : Installation::rebuilt;
}

Expected<void> import_tar(const Places& places,
                          const std::string& name,
                          const fs::path& archive,
                          const Progress& progress)
{
  const auto definition = find_definition(places, name);
  if (!definition) {
    return definition.failure();
  }
  if (*definition) {
    return Failure{"runtime " + name, 0, "is built from its definition; choose another name"};
  }
  const Descriptor file(::open(archive.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file) {
    return system_failure("open " + archive.string());
  }
  const auto lock = prepare_change(places, name, progress);
  if (!lock) {
    return lock.failure();
  }
  if (const auto space = require_space(places.store); !space) {
    return space.failure();
  }
  auto made = begin_build(places.store, name);
  if (!made) {
    return made.failure();
  }
  Build build(std::move(*made));
  const auto root = make_root(build.folder());
  if (!root) {
    return root.failure();
  }
  progress("unpacking " + archive.filename().string());
  Sha256 digest;
  TarReader reader([&](std::span<std::byte> into) -> Expected<std::size_t> {
    ssize_t got = -1;
    do {
      got = ::read(file.get(), into.data(), into.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
      return system_failure("read " + archive.string());
    }
    digest.update(std::span<const std::byte>(into).first(static_cast<std::size_t>(got)));
    return static_cast<std::size_t>(got);
  });
  if (const auto unpacked = unpack(reader, *root); !unpacked) {
    return unpacked.failure();
  }
  if (const auto completed = complete_tree(*root); !completed) {
    return completed.failure();
  }
  progress("taking the digest of the tree");
  Manifest manifest;
  manifest.name = name;
  manifest.definition = k_imported;
  manifest.origin = digest.finish();
  if (const auto sealed = seal(build.folder(), std::move(manifest), {}); !sealed) {
    return sealed.failure();
  }
  if (const auto published = publish(places.store, build.folder(), name); !published) {
    return published.failure();
  }
  build.kept();
  return {};
}

Expected<void> remove(const Places& places, const std::string& name)
{
  const auto definition = find_definition(places, name);
  if (!definition) {
    return definition.failure();
  }
  if (!is_there(places.store / name)) {
    return *definition ? Failure{"runtime " + name, 0, "is not installed"} : unknown(places, name);
  }
  const auto lock = prepare_change(places, name, [](std::string_view) {});
  if (!lock) {
    return lock.failure();
  }
  return discard(places.store, name);
}

Expected<std::vector<std::string>> verify(const Places& places, const std::string& name)
{
  const auto runtime = installed(places, name);
  if (!runtime) {
    return runtime.failure();
  }
  const auto text = read_small_file(places.store / name / "files", k_max_list);
  if (!text) {
    return text.failure();
  }
  if (sha256(*text) != runtime->manifest.tree) {
    return std::vector<std::string>{"the list of files is not the one that was written"};
  }
  const auto expected = parse_list(*text);
  const auto found = list_tree(runtime->root);
  if (!expected || !found) {
    return expected ? found.failure() : expected.failure();
  }
  return differences(*expected, *found);
}

} // namespace assay::runtimes
