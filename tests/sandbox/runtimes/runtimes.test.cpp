// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/runtimes.hpp"

#include "sandbox/runtimes/inspect.hpp"
#include "sandbox/runtimes/store.hpp"
#include "sandbox/runtimes/tree.hpp"
#include "tests/sandbox/runtimes/tar_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using namespace assay;
using namespace assay::runtimes;

void write(const fs::path& file, const std::string& text)
{
  std::ofstream(file, std::ios::binary) << text;
}

/// What `docker export` of a small image could hold.
test::TarWriter image(const std::string& version = "2.0.40")
{
  test::TarWriter tar;
  tar.add('2', "usr/local/bin/python3", {}, "python3.13")
    .file("usr/local/bin/python3.13", "ELF", 0755)
    .file("usr/local/lib/python3.13/os.py", "# os\n")
    .file("usr/local/lib/python3.13/site-packages/SQLAlchemy-2.0.dist-info/METADATA",
          fmt::format("Metadata-Version: 2.1\nName: SQLAlchemy\nVersion: {}\n\nText", version));
  return tar;
}

struct Shop {
  test::TemporaryFolder folder;
  Places places{folder.path() / "definitions", folder.path() / "store"};

  Shop()
  {
    fs::create_directory(places.definitions);
    write(places.definitions / "defined.runtime",
          "summary: s\nsuite: trixie\ncomponents: main\npackages: python3\n"
          "python: /usr/bin/python3\n");
  }

  Expected<void> import(const std::string& name, const test::TarWriter& tar)
  {
    write(folder.path() / "tar", tar.finished());
    return import_tar(places, name, folder.path() / "tar", [](std::string_view) {});
  }

  [[nodiscard]] std::size_t hidden_folders() const
  {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(places.store)) {
      count += entry.is_directory() && entry.path().filename().string().starts_with('.') ? 1U : 0U;
    }
    return count;
  }
};

std::string trouble(const Expected<Runtime>& runtime)
{
  return runtime ? std::string() : describe(runtime.failure());
}

} // namespace

TEST_CASE("an imported image becomes a runtime")
{
  Shop shop;
  REQUIRE(shop.import("mine", image()));
  const auto runtime = installed(shop.places, "mine");
  REQUIRE(runtime);
  CHECK(runtime->root == shop.places.store / "mine/root");
  CHECK(runtime->manifest.python == "/usr/local/bin/python3");
  CHECK(runtime->manifest.python_version == "3.13");
  CHECK(runtime->version("sqlalchemy") == "2.0.40");
  CHECK(runtime->version("django").empty());
  CHECK(verify(shop.places, "mine").value().empty());
  const auto all = list(shop.places).value();
  REQUIRE(all.size() == 2);
  CHECK(all[0].name == "defined");
  CHECK(all[0].state == State::missing);
  CHECK(all[1].name == "mine");
  CHECK(all[1].state == State::ready);
}

TEST_CASE("what is no runtime is refused and leaves nothing")
{
  Shop shop;
  CHECK_FALSE(shop.import("mine", test::TarWriter().file("usr/bin/x")));
  test::TarWriter bare =
    test::TarWriter().file("usr/local/bin/python3", "ELF").file("usr/local/lib/python3.13/os.py");
  CHECK_FALSE(shop.import("mine", bare));
  CHECK_FALSE(shop.import("../mine", image()));
  CHECK_FALSE(shop.import("defined", image()));
  CHECK_FALSE(fs::exists(shop.places.store / "mine"));
  CHECK(shop.hidden_folders() == 0);
}

TEST_CASE("inspection reads the tree, not the host, where links are absolute")
{
  Shop shop;
  write(shop.folder.path() / "METADATA", "Name: sqlalchemy\nVersion: 9.9\n");
  test::TarWriter tar = test::TarWriter();
  tar.file("usr/bin/python3", "ELF")
    .file("usr/lib/python3.13/os.py")
    .add(
      '2', "usr/lib/python3/dist-packages/sqlalchemy.dist-info", {}, shop.folder.path().string());
  CHECK_FALSE(shop.import("mine", tar));
}

TEST_CASE("verify tells every difference")
{
  Shop shop;
  REQUIRE(shop.import("mine", image()));
  const fs::path library = shop.places.store / "mine/root/usr/local/lib/python3.13";
  write(library / "os.py", "# OS\n");
  write(library / "sitecustomize.py", "");
  fs::remove(shop.places.store / "mine/root/usr/local/bin/python3.13");
  ::chmod((shop.places.store / "mine/root/usr/local/bin").c_str(), 0700);
  CHECK(verify(shop.places, "mine").value()
        == std::vector<std::string>{"changed: usr/local/bin",
                                    "missing: usr/local/bin/python3.13",
                                    "changed: usr/local/lib/python3.13/os.py",
                                    "added: usr/local/lib/python3.13/sitecustomize.py"});
  std::ofstream(shop.places.store / "mine/files", std::ios::app) << "f 644 0 - x\n";
  CHECK(verify(shop.places, "mine").value().size() == 1);
}

TEST_CASE("a runtime is usable only if it fits its definition")
{
  Shop shop;
  CHECK(trouble(installed(shop.places, "defined")).ends_with("install defined"));
  CHECK(trouble(installed(shop.places, "nothing")).find("no such runtime") != std::string::npos);

  REQUIRE(shop.import("mine", image()));
  // The same tree under the name of a definition has the wrong digest, and one that claims another
  // name is none at all.
  fs::copy(shop.places.store / "mine",
           shop.places.store / "defined",
           fs::copy_options::recursive | fs::copy_options::copy_symlinks);
  CHECK(trouble(installed(shop.places, "defined")).find("is damaged") != std::string::npos);
  const fs::path manifest = shop.places.store / "defined/manifest";
  Manifest changed = parse_manifest(read_small_file(manifest, 100'000).value()).value();
  changed.name = "defined";
  fs::remove(manifest);
  REQUIRE(write_file(manifest, write_manifest(changed)));
  CHECK(trouble(installed(shop.places, "defined")).find("definition has changed")
        != std::string::npos);
  changed.definition = load_definition(shop.places.definitions / "defined.runtime").value().digest;
  fs::remove(manifest);
  REQUIRE(write_file(manifest, write_manifest(changed)));
  CHECK(installed(shop.places, "defined"));

  fs::permissions(shop.places.store / "defined", fs::perms(0777));
  CHECK(trouble(installed(shop.places, "defined")).find("writable by other users")
        != std::string::npos);
}

TEST_CASE("a tree in use survives its replacement and goes afterwards")
{
  Shop shop;
  REQUIRE(shop.import("mine", image("2.0.1")));
  std::optional<Runtime> used = installed(shop.places, "mine").value();
  REQUIRE(shop.import("mine", image("2.0.2")));
  CHECK(installed(shop.places, "mine").value().version("sqlalchemy") == "2.0.2");
  CHECK(shop.hidden_folders() == 1);
  used.reset();
  REQUIRE(shop.import("mine", image("2.0.3")));
  CHECK(shop.hidden_folders() == 0);
  REQUIRE(remove(shop.places, "mine"));
  CHECK_FALSE(fs::exists(shop.places.store / "mine"));
  CHECK_FALSE(remove(shop.places, "mine"));
}

TEST_CASE("a broken-off build is swept, another runtime's is not")
{
  Shop shop;
  REQUIRE(open_store(shop.places.store));
  const auto own = begin_build(shop.places.store, "mine");
  const auto other = begin_build(shop.places.store, "mine-too");
  REQUIRE(own);
  REQUIRE(other);
  REQUIRE(shop.import("mine", image()));
  CHECK_FALSE(fs::exists(*own));
  CHECK(fs::exists(*other));
}

TEST_CASE("a manifest comes back as it was written")
{
  Manifest manifest;
  manifest.name = "mine";
  manifest.definition = "imported";
  manifest.origin = "abc";
  manifest.tree = "def";
  manifest.built = "2026-01-31T12:00:00Z";
  manifest.python = "/usr/bin/python3";
  manifest.python_version = "3.13";
  manifest.bytes = 12;
  manifest.packages = {{"libc6", "2.41-12+deb13u1"}, {"python3", "3.13.5-1"}};
  manifest.distributions = {{"sqlalchemy", "2.0.40"}};
  CHECK(parse_manifest(write_manifest(manifest)).value() == manifest);
  CHECK_FALSE(parse_manifest("name: mine\n"));
  CHECK_FALSE(parse_manifest(write_manifest(manifest) + "extra: 1\n"));
}

TEST_CASE("package versions are those of installed paragraphs")
{
  const auto packages = parse_status("Package: a\nVersion: 1\nStatus: install ok installed\n\n"
                                     "Package: b\nVersion: 2\nStatus: deinstall ok config-files\n\n"
                                     "Package: c\nVersion: 3\nStatus: install ok unpacked\n");
  CHECK(packages == std::map<std::string, std::string>{{"a", "1"}, {"c", "3"}});
}
