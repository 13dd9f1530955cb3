// SPDX-License-Identifier: MIT
#include "engine/intake/blob_id.hpp"

#include "tests/support/catch.hpp"

#include <git2.h>

#include <string>

using namespace assay::intake;

TEST_CASE("The id of a file is the one git gives it")
{
  // Published: the empty blob, and "test content" of the Git Internals chapter.
  CHECK(BlobId(0).finish().hex() == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
  BlobId known(13);
  known.update("test content\n");
  CHECK(known.finish().hex() == "d670460b4b4aece5915caf5c68d12f560a9fe3e4");
}

TEST_CASE("An id computed in pieces equals libgit2's")
{
  const std::size_t size = GENERATE(1U, 50U, 55U, 56U, 57U, 64U, 119U, 1000U, 70000U);
  const std::size_t piece = GENERATE(1U, 63U, 64U, 4096U);
  std::string content;
  for (std::size_t i = 0; i < size; ++i) {
    content.push_back(static_cast<char>(i * 31));
  }
  BlobId id(size);
  for (std::size_t at = 0; at < size; at += piece) {
    id.update(std::string_view(content).substr(at, piece));
  }
  git_libgit2_init();
  git_oid expected;
  REQUIRE(git_odb_hash(&expected, content.data(), content.size(), GIT_OBJECT_BLOB) == 0);
  std::string hex(40, '\0');
  git_oid_fmt(hex.data(), &expected);
  git_libgit2_shutdown();
  CHECK(id.finish().hex() == hex);
}
