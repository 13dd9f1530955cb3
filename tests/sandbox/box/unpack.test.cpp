// SPDX-License-Identifier: MIT
#include "sandbox/base/descriptor.hpp"
#include "sandbox/box/abox.h"
#include "tests/support/catch.hpp"

#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>

#include <sys/mman.h>
#include <unistd.h>

using namespace assay;
namespace fs = std::filesystem;

namespace {

/// A record of an archive, with lengths that may lie.
std::string record(const std::string& path,
                   const std::string& content,
                   std::optional<std::uint32_t> path_length = {},
                   std::optional<std::uint64_t> content_length = {})
{
  const std::uint32_t first = path_length.value_or(static_cast<std::uint32_t>(path.size()));
  const std::uint64_t second = content_length.value_or(content.size());
  std::string out(sizeof first + sizeof second, '\0');
  std::memcpy(out.data(), &first, sizeof first);
  std::memcpy(out.data() + sizeof first, &second, sizeof second);
  return out + path + '\0' + content;
}

/// A folder that is the working directory while it lives.
class WorkFolder {
public:
  WorkFolder()
    : before_(fs::current_path()),
      path_(fs::temp_directory_path() / ("assay-test-unpack-" + std::to_string(::getpid())))
  {
    fs::create_directories(path_ / "inside");
    fs::current_path(path_ / "inside");
  }

  ~WorkFolder()
  {
    fs::current_path(before_);
    fs::remove_all(path_);
  }

private:
  fs::path before_;
  fs::path path_;
};

/// 0 or the errno of unpacking.
int unpack(const std::string& archive)
{
  const Descriptor memory(::memfd_create("archive", MFD_CLOEXEC));
  REQUIRE(::write(memory.get(), archive.data(), archive.size())
          == static_cast<ssize_t>(archive.size()));
  abox_error error{};
  return abox_unpack(memory.get(), &error) == 0 ? 0 : error.error_number;
}

std::string content_of(const fs::path& path)
{
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

} // namespace

TEST_CASE("A submission is unpacked with its folders")
{
  const WorkFolder folder;
  CHECK(unpack(record("app/models/user.py", "class User: ...\n") + record("app/models/post.py", "")
               + record("README.md", std::string(100'000, 'x')))
        == 0);
  CHECK(content_of("app/models/user.py") == "class User: ...\n");
  CHECK(fs::file_size("app/models/post.py") == 0);
  CHECK(fs::file_size("README.md") == 100'000);
}

TEST_CASE("Nothing is written outside the working directory")
{
  const WorkFolder folder;
  const auto path = GENERATE(as<std::string>{},
                             "../escape.py",
                             "a/../../escape.py",
                             "/tmp/assay-escape.py",
                             "a//b.py",
                             "./a.py",
                             "a/./b.py",
                             "",
                             "a/");
  CAPTURE(path);
  CHECK(unpack(record(path, "x")) == EINVAL);
  CHECK_FALSE(fs::exists("../escape.py"));
  CHECK_FALSE(fs::exists("/tmp/assay-escape.py"));
}

TEST_CASE("A file is written once and never through a link")
{
  const WorkFolder folder;
  CHECK(unpack(record("a.py", "1") + record("a.py", "2")) == EEXIST);
  fs::create_symlink("../outside.py", "link.py");
  CHECK(unpack(record("link.py", "x")) == EEXIST);
  CHECK_FALSE(fs::exists("../outside.py"));
}

TEST_CASE("Lengths that do not fit are refused")
{
  const WorkFolder folder;
  CHECK(unpack(record("a.py", "x", 4000)) == EINVAL);
  CHECK(unpack(record("a.py", "x", 0xffffffffU)) == EINVAL);
  CHECK(unpack(record("a.py", "x", {}, 2)) == EINVAL);
  CHECK(unpack(record("a.py", "x", {}, ~std::uint64_t{0})) == EINVAL);
  CHECK(unpack(std::string(5, '\0')) == EINVAL);
  CHECK(unpack("") == 0);
}
