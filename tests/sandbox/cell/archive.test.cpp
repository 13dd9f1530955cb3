// SPDX-License-Identifier: MIT
#include "sandbox/cell/archive.hpp"

#include "tests/support/catch.hpp"

#include <fcntl.h>
#include <unistd.h>

using namespace assay;
using cell::SubmittedFile;

TEST_CASE("What is beyond a limit or not plain is left out by name")
{
  const std::string big(20, 'x');
  const std::vector<SubmittedFile> files{{"a.py", "1"},
                                         {"../b.py", "1"},
                                         {"big.py", big},
                                         {"a.py", "twice"},
                                         {"d/e/f/g.py", "deep"},
                                         {std::string("nul\0.py", 7), "1"},
                                         {"pkg/ok.py", "2"},
                                         {"one_too_many.py", "3"}};
  cell::ArchiveLimits limits;
  limits.files = 2;
  limits.file_bytes = 10;
  limits.depth = 3;
  auto archive = cell::pack(files, limits);
  REQUIRE(archive);
  CHECK(archive->files == 2);
  CHECK(archive->bytes == 2);
  CHECK(
    archive->left_out
    == std::vector<std::string>{
      "../b.py", "big.py", "a.py", "d/e/f/g.py", std::string("nul\0.py", 7), "one_too_many.py"});
}

TEST_CASE("All contents together are bounded")
{
  const std::vector<SubmittedFile> files{{"a.py", "12345"}, {"b.py", "123456"}, {"c.py", "12345"}};
  cell::ArchiveLimits limits;
  limits.bytes = 10;
  auto archive = cell::pack(files, limits);
  REQUIRE(archive);
  CHECK(archive->left_out == std::vector<std::string>{"b.py"});
}

TEST_CASE("A packed submission cannot be changed")
{
  auto archive = cell::pack(std::vector<SubmittedFile>{{"a.py", "1"}});
  REQUIRE(archive);
  CHECK(::pwrite(archive->memory.get(), "x", 1, 0) < 0);
  CHECK(::ftruncate(archive->memory.get(), 0) < 0);
}
