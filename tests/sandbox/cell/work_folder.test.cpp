// SPDX-License-Identifier: MIT
#include "sandbox/cell/work_folder.hpp"

#include "tests/support/catch.hpp"

#include <fstream>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

std::unique_ptr<cell::WorkFolder> make_folder()
{
  auto folder = cell::WorkFolder::make(::geteuid());
  REQUIRE(folder);
  return std::move(*folder);
}

/// Folders in each other, more than a path or the descriptors of a process can span.
void dig(const fs::path& from, int levels)
{
  int folder = ::open(from.c_str(), O_DIRECTORY | O_CLOEXEC);
  for (int i = 0; i < levels; ++i) {
    REQUIRE(::mkdirat(folder, "d", 0700) == 0);
    const int below = ::openat(folder, "d", O_DIRECTORY | O_CLOEXEC);
    REQUIRE(below >= 0);
    ::close(folder);
    folder = below;
  }
  ::close(folder);
}

} // namespace

TEST_CASE("A work folder is gone with its owner, whatever was put into it")
{
  fs::path path;
  const fs::path outside =
    fs::temp_directory_path() / ("assay-test-outside-" + std::to_string(::getpid()));
  fs::create_directories(outside);
  std::ofstream(outside / "kept") << "1";
  {
    const auto folder = make_folder();
    path = folder->path();
    std::ofstream(path / "repo/file") << "x";
    fs::create_directory_symlink(outside, path / "repo/link");
    dig(path / "scratch", 5000);
    fs::create_directories(path / "repo/shut/inside/more");
    std::ofstream(path / "repo/shut/inside/file") << "x";
    REQUIRE(::chmod((path / "repo/shut/inside").c_str(), 0) == 0);
    REQUIRE(::chmod((path / "repo/shut").c_str(), 0) == 0);
    REQUIRE(::mkfifo((path / "repo/pipe").c_str(), 0600) == 0);
  }
  CHECK_FALSE(fs::exists(path));
  CHECK(fs::exists(outside / "kept"));
  fs::remove_all(outside);
}

TEST_CASE("The next candidate finds an empty work folder")
{
  const auto folder = make_folder();
  fs::create_directories(folder->path() / "repo/a/b");
  std::ofstream(folder->path() / "scratch/file") << "x";
  REQUIRE(folder->renew());
  CHECK(fs::is_empty(folder->path() / "repo"));
  CHECK(fs::is_empty(folder->path() / "scratch"));
}

TEST_CASE("A work folder knows when it holds too much")
{
  const auto folder = make_folder();
  constexpr std::uint64_t k_bytes = 1 << 20;
  CHECK_FALSE(folder->exceeds(k_bytes, 10));

  SECTION("bytes that are there, not bytes that a length claims")
  {
    std::ofstream(folder->path() / "repo/small") << "x";
    fs::resize_file(folder->path() / "repo/small", std::uint64_t{1} << 33);
    CHECK_FALSE(folder->exceeds(k_bytes, 10));
    std::ofstream(folder->path() / "repo/large") << std::string(2 << 20, 'x');
    CHECK(folder->exceeds(k_bytes, 10));
  }
  SECTION("files")
  {
    for (int i = 0; i < 9; ++i) {
      std::ofstream(folder->path() / "scratch" / std::to_string(i));
    }
    CHECK(folder->exceeds(k_bytes, 10));
  }
  SECTION("folders in each other")
  {
    dig(folder->path() / "repo", 70);
    CHECK(folder->exceeds(k_bytes, 1000));
  }
}
