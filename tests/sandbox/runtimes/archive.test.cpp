// SPDX-License-Identifier: MIT
#include "sandbox/runtimes/tree.hpp"
#include "sandbox/runtimes/unpack.hpp"
#include "tests/sandbox/runtimes/tar_writer.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace {

namespace fs = std::filesystem;
using namespace assay;
using runtimes::TarReader;
using runtimes::UnpackLimits;
using test::TarWriter;

Expected<runtimes::Unpacked>
unpack(const std::string& bytes, const fs::path& folder, const UnpackLimits& limits = {})
{
  TarReader reader(test::source_of(bytes));
  return runtimes::unpack(reader, folder, limits);
}

std::vector<std::string> paths_in(const fs::path& folder)
{
  std::vector<std::string> paths;
  const auto entries = runtimes::list_tree(folder);
  for (const runtimes::TreeEntry& entry : entries.value()) {
    paths.push_back(entry.path);
  }
  return paths;
}

unsigned mode_of(const fs::path& path)
{
  struct stat status = {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

struct Hostile {
  std::string what;
  TarWriter archive;
  std::string failure; ///< part of the line
};

} // namespace

TEST_CASE("the kept part of an archive arrives, with plain permissions")
{
  const test::TemporaryFolder folder;
  TarWriter tar;
  tar.add('5', "./usr/bin/", {}, {}, 02755)
    .file("./usr/bin/su", "run", 04755)
    .file("usr/share/secret", "hidden", 0600)
    .add('1', "usr/bin/su2", {}, "usr/bin/su")
    .add('2', "usr/bin/sh", {}, "../bin/su")
    .file("lib/x86_64-linux-gnu/libx.so", "library")
    .add('2', "lib", {}, "usr/lib")
    .file("etc/shadow", "root")
    .file("home/candidate/.profile", "x")
    .add('3', "usr/dev", {}, {}, 0666);
  const auto unpacked = unpack(tar.finished(), folder.path());
  REQUIRE(unpacked);
  CHECK(unpacked->devices == 1);
  CHECK(paths_in(folder.path())
        == std::vector<std::string>{"usr",
                                    "usr/bin",
                                    "usr/bin/sh",
                                    "usr/bin/su",
                                    "usr/bin/su2",
                                    "usr/lib",
                                    "usr/lib/x86_64-linux-gnu",
                                    "usr/lib/x86_64-linux-gnu/libx.so",
                                    "usr/share",
                                    "usr/share/secret"});
  CHECK(mode_of(folder.path() / "usr/bin") == 0755);
  CHECK(mode_of(folder.path() / "usr/bin/su") == 0755);
  CHECK(mode_of(folder.path() / "usr/share/secret") == 0644);
  CHECK(runtimes::read_small_file(folder.path() / "usr/bin/su2", 10).value() == "run");
}

TEST_CASE("long names come from both kinds of extension")
{
  const test::TemporaryFolder folder;
  const std::string name = "usr/" + std::string(150, 'a') + "/" + std::string(120, 'b');
  TarWriter tar;
  tar.pax("path", name).file("cut", "pax");
  tar.add('L', "././@LongLink", name + "2" + std::string(1, '\0')).file("cut", "gnu");
  REQUIRE(unpack(tar.finished(), folder.path()));
  CHECK(runtimes::read_small_file(folder.path() / name, 10).value() == "pax");
  CHECK(runtimes::read_small_file(folder.path() / (name + "2"), 10).value() == "gnu");
}

TEST_CASE("of two entries of one name the last one counts")
{
  const test::TemporaryFolder folder;
  TarWriter tar;
  tar.file("usr/a", "first").file("usr/a", "second");
  tar.add('2', "usr/b", {}, "a").file("usr/b", "file");
  REQUIRE(unpack(tar.finished(), folder.path()));
  CHECK(runtimes::read_small_file(folder.path() / "usr/a", 10).value() == "second");
  CHECK(runtimes::read_small_file(folder.path() / "usr/b", 10).value() == "file");
}

TEST_CASE("an archive cannot reach out of its tree")
{
  const std::vector<Hostile> cases = {
    {"absolute name", TarWriter().file("/usr/x"), "absolute"},
    {"dots in the name", TarWriter().file("usr/../../outside"), "\"..\""},
    {"dots in a name left out", TarWriter().file("../outside"), "\"..\""},
    {"dots by pax", TarWriter().pax("path", "usr/../../outside").file("usr/x"), "\"..\""},
    {"link out", TarWriter().add('2', "usr/x", {}, "../../outside"), "leaves the tree"},
    {"link out by root", TarWriter().add('2', "usr/x", {}, "/../outside"), "leaves the tree"},
    {"link of long way", TarWriter().add('2', "usr/a/x", {}, "../b/../../../y"), "leaves the tree"},
    {"through a link", TarWriter().add('2', "usr/x", {}, "/").file("usr/x/outside"), "File exists"},
    {"hard link out", TarWriter().add('1', "usr/x", {}, "/etc/passwd"), "absolute"},
    {"hard link up", TarWriter().add('1', "usr/x", {}, "../etc/passwd"), "\"..\""},
    {"hard link to nothing", TarWriter().add('1', "usr/x", {}, "usr/y"), "hard link to nothing"},
    {"hard link to a link",
     TarWriter().add('2', "usr/y", {}, "/etc/passwd").add('1', "usr/x", {}, "usr/y"),
     "hard link to nothing"},
    {"below a file", TarWriter().file("usr/x").file("usr/x/y"), "Not a directory"},
    {"control characters", TarWriter().file("usr/a\nb"), "control characters"},
    {"unknown kind", TarWriter().add('V', "usr/x"), "unknown kind"},
  };
  for (const Hostile& hostile : cases) {
    INFO(hostile.what);
    const test::TemporaryFolder folder;
    const fs::path inner = folder.path() / "inner";
    fs::create_directory(inner);
    const auto result = unpack(hostile.archive.finished(), inner);
    REQUIRE_FALSE(result);
    CHECK(describe(result.failure()).find(hostile.failure) != std::string::npos);
    CHECK_FALSE(fs::exists(folder.path() / "outside"));
    CHECK(fs::directory_iterator(folder.path())->path() == inner);
  }
}

TEST_CASE("limits of entries, bytes and single files hold")
{
  TarWriter tar;
  tar.file("usr/a", std::string(600, 'a')).file("usr/b", std::string(600, 'b'));
  const auto unpacked_within = [&](UnpackLimits limits) {
    const test::TemporaryFolder folder;
    return static_cast<bool>(unpack(tar.finished(), folder.path(), limits));
  };
  CHECK(unpacked_within({2, 1200, 600}));
  CHECK_FALSE(unpacked_within({1, 1200, 600}));
  CHECK_FALSE(unpacked_within({2, 1199, 600}));
  CHECK_FALSE(unpacked_within({2, 1200, 599}));
}

TEST_CASE("damaged archives are refused wherever they are cut")
{
  TarWriter tar;
  tar.file("usr/a", std::string(2000, 'a')).file("usr/b");
  const std::string whole = tar.finished();
  for (std::size_t size = 0; size < whole.size() - 512; size += 100) {
    INFO(size);
    const test::TemporaryFolder folder;
    const auto result = unpack(whole.substr(0, size), folder.path());
    CHECK(static_cast<bool>(result) == (size >= tar.bytes.size() + 512));
  }
  std::string flipped = whole;
  flipped[2] = 'Z';
  const test::TemporaryFolder folder;
  CHECK_FALSE(unpack(flipped, folder.path()));
  CHECK_FALSE(
    unpack(TarWriter().add('0', "usr/x", "x", {}, 0644, 07777777777U).finished(), folder.path()));
}
