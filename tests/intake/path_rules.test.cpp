// SPDX-License-Identifier: MIT
#include "engine/intake/path_rules.hpp"

#include "engine/intake/readable_text.hpp"
#include "tests/support/catch.hpp"

using namespace assay;
using namespace assay::intake;

TEST_CASE("Names that no file system should be given are refused")
{
  struct Row {
    std::string name;
    SkipReason reason;
  };

  const auto row = GENERATE(values<Row>({
    {"", SkipReason::unsafe_path},
    {".", SkipReason::unsafe_path},
    {"..", SkipReason::unsafe_path},
    {"a/b", SkipReason::unsafe_path},
    {"/etc", SkipReason::unsafe_path},
    {"a\\b", SkipReason::unsafe_path},
    {std::string("a\0b", 3), SkipReason::unsafe_path},
    {"a\nb", SkipReason::unsafe_path},
    {"a\x7f", SkipReason::unsafe_path},
    {".git", SkipReason::unsafe_path},
    {".GIT", SkipReason::unsafe_path},
    {".Git ", SkipReason::unsafe_path},
    {".git...", SkipReason::unsafe_path},
    {".git. .", SkipReason::unsafe_path},
    {".git::$INDEX_ALLOCATION", SkipReason::unsafe_path},
    {"git~1", SkipReason::unsafe_path},
    {"GIT~1", SkipReason::unsafe_path},
    {".g\u200cit", SkipReason::unsafe_path},
    {"\ufeff.git", SkipReason::unsafe_path},
    {".gi\u206ft", SkipReason::unsafe_path},
    {"caf\xe9", SkipReason::invalid_utf8},
    {"\xc0\xae", SkipReason::invalid_utf8},
  }));
  CAPTURE(row.name);
  CHECK(name_problem(row.name) == row.reason);
}

TEST_CASE("Ordinary names are accepted, whatever their alphabet")
{
  const auto* name = GENERATE(".gitignore",
                              ".github",
                              "git",
                              ".gitattributes",
                              "models.py",
                              "...",
                              "..a",
                              "git~2",
                              "a b",
                              " x",
                              "caf\xc3\xa9.py",
                              "\xe6\x96\x87.md",
                              "x:y",
                              ".env",
                              "publicaci\xc3\xb3n");
  CAPTURE(name);
  CHECK_FALSE(name_problem(name).has_value());
}

TEST_CASE("Case does not tell paths apart")
{
  CHECK(case_folded("App/README.md") == case_folded("app/Readme.MD"));
  CHECK(case_folded("\xc3\x89TAT") == case_folded("\xc3\xa9tat"));           // É, é
  CHECK(case_folded("\xce\xa9") == case_folded("\xcf\x89"));                 // Greek
  CHECK(case_folded("\xd0\x96\xd0\x80") == case_folded("\xd0\xb6\xd1\x90")); // Cyrillic
  CHECK(case_folded("\xc4\x80") == case_folded("\xc4\x81"));                 // Latin extended
  CHECK(case_folded("a") != case_folded("b"));
  CHECK(case_folded("\xc3\x97") != case_folded("\xc3\xb7")); // multiplication and division signs
  CHECK(case_folded("\xe6\x96\x87") == "\xe6\x96\x87");
}

TEST_CASE("Files that a later stage reads are told by their name")
{
  struct Row {
    std::string path;
    std::uint64_t size;
    bool expected;
  };

  const auto row = GENERATE(values<Row>({
    {"app/models.py", 1'000'000, true},
    {"alembic.ini", 10, true},
    {"migrations/script.py.mako", 10, true},
    {"README", 10, true},
    {"README.MD", 10, true},
    {".env", 10, true},
    {".env.example", 10, true},
    {"Dockerfile", 10, true},
    {"docker/Dockerfile.dev", 10, true},
    {"Makefile", 10, true},
    {".gitignore", 10, true},
    {"LICENSE", 30'000, true},
    {"core", 10'000'000, false},
    {"blog.db", 10, false},
    {"diagram.png", 10, false},
    {"app.pyc", 10, false},
    {"a.py/archive.zip", 10, false},
  }));
  CAPTURE(row.path);
  CHECK(is_readable_text(row.path, row.size) == row.expected);
}

TEST_CASE("A Git LFS pointer is recognised by its content")
{
  const std::string pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 7\n";
  CHECK(is_lfs_pointer(pointer));
  CHECK_FALSE(is_lfs_pointer("version https://git-lfs.github.com/spec/v1\n"));
  CHECK_FALSE(is_lfs_pointer("# " + pointer));
  CHECK_FALSE(is_lfs_pointer(pointer + std::string(2000, 'x')));
}
