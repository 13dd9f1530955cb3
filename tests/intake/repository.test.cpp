// SPDX-License-Identifier: MIT
// Local repositories and plain folders: what is graded, and which commit.
#include "tests/intake/support.hpp"
#include "tests/support/catch.hpp"

using namespace assay;
using test::content;
using test::obtain;

namespace {

constexpr long long k_day = 86'400;
constexpr long long k_start = 1'700'000'000; // 2023-11-14T22:13:20Z

Instant at(long long seconds)
{
  return Instant{std::chrono::seconds{seconds}};
}

Result<Snapshot> obtain_before(const std::string& source, long long deadline)
{
  return intake::obtain({source, "", at(deadline)}, {});
}

} // namespace

TEST_CASE("HEAD of a repository is graded, not what lies in the work tree")
{
  const test::Bare bare = GENERATE(test::Bare::no, test::Bare::yes);
  const test::TemporaryRoot temporary;
  {
    const test::TemporaryFolder folder;
    test::GitRepository repository(folder / "blog", bare);
    const std::string id = repository.commit(
      {{"app/models.py", {"class User: ..."}}, {"run.sh", {"#!/bin/sh", 0100755}}},
      {.when = k_start});
    folder.write("blog/uncommitted.py", "print()");
    const auto snapshot = obtain(repository.path());
    REQUIRE(snapshot.has_value());
    CHECK(test::paths(*snapshot) == std::vector<std::string>{"app/models.py", "run.sh"});
    CHECK(content(*snapshot, "app/models.py") == "class User: ...");
    CHECK(snapshot->files.at("run.sh").executable);
    CHECK_FALSE(snapshot->files.at("app/models.py").executable);
    CHECK(snapshot->commit == id);
    CHECK(snapshot->resolved_ref == "main");
    CHECK(snapshot->history.commits == 1);
    CHECK(snapshot->history.committed_at == at(k_start));
    CHECK(snapshot->history.first_commit_at == at(k_start));
    CHECK(snapshot->submission.source == repository.path());
    CHECK(snapshot->skipped.empty());
  }
  CHECK(temporary.empty());
}

TEST_CASE("The .git folder itself may be named")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  CHECK(content(obtain((folder / "blog/.git").string()).value(), "a.py") == "1");
}

TEST_CASE("A ref may be a branch, a tag or a commit")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string first = repository.commit({{"a.py", {"one"}}});
  repository.set_reference("refs/tags/light", first);
  repository.annotated_tag("v1.0", first);
  repository.commit({{"a.py", {"two"}}}, {.branch = "feature/tags"});
  repository.commit({{"a.py", {"three"}}});

  struct Row {
    std::string ref;
    std::string content;
    std::string name;
  };

  const auto row = GENERATE_COPY(values<Row>({
    {"", "three", "main"},
    {"HEAD", "three", "main"},
    {"main", "three", "main"},
    {"refs/heads/main", "three", "main"},
    {"heads/main", "three", "main"},
    {"feature/tags", "two", "feature/tags"},
    {"light", "one", "light"},
    {"v1.0", "one", "v1.0"},
    {"tags/v1.0", "one", "v1.0"},
    {first, "one", ""},
    {first.substr(0, 8), "one", ""},
  }));
  CAPTURE(row.ref);
  const auto snapshot = obtain(repository.path(), row.ref);
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == row.content);
  CHECK(snapshot->resolved_ref == row.name);
}

TEST_CASE("A commit may be named in upper case")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string id = repository.commit({{"a.py", {"1"}}});
  std::string upper = id;
  std::ranges::transform(
    upper, upper.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  CHECK(obtain(repository.path(), upper)->commit == id);
}

TEST_CASE("A detached HEAD is graded without the name of a branch")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string first = repository.commit({{"a.py", {"one"}}});
  repository.commit({{"a.py", {"two"}}});
  repository.set_head(first);
  const auto snapshot = obtain(repository.path());
  REQUIRE(snapshot.has_value());
  CHECK(snapshot->commit == first);
  CHECK(snapshot->resolved_ref.empty());
}

TEST_CASE("Packed refs are read like loose ones")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string id = repository.commit({{"a.py", {"1"}}});
  std::filesystem::remove(folder / "blog/.git/refs/heads/main");
  folder.write("blog/.git/packed-refs",
               "# pack-refs with: peeled fully-peeled sorted \n" + id + " refs/heads/main\n");
  CHECK(obtain(repository.path())->resolved_ref == "main");
}

TEST_CASE("A name that is nowhere is an error that suggests the nearest one")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  const auto* ref = GENERATE(
    "maim", "deadbeef", "0000000000000000000000000000000000000000", "../../etc/passwd", "ma in");
  const auto snapshot = obtain(repository.path(), ref);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::not_found);
  CHECK_THAT(snapshot.error().message, Catch::Contains("no branch, tag or commit"));
  CHECK_THAT(obtain(repository.path(), "maim").error().message,
             Catch::Contains("did you mean \"main\"?"));
}

TEST_CASE("A name of a branch and of a tag is ambiguous unless both mean one commit")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string first = repository.commit({{"a.py", {"one"}}});
  repository.annotated_tag("main", first);
  CHECK(obtain(repository.path(), "main")->commit == first);
  repository.commit({{"a.py", {"two"}}});
  const auto snapshot = obtain(repository.path(), "main");
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
  CHECK_THAT(snapshot.error().message,
             Catch::Contains("ambiguous") && Catch::Contains("refs/heads/main")
               && Catch::Contains("refs/tags/main"));
  CHECK(content(obtain(repository.path(), "refs/heads/main").value(), "a.py") == "two");
}

TEST_CASE("A prefix of two commits is ambiguous")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string tree = repository.write_tree({{"a.py", {"1"}}});
  std::map<std::string, std::string> seen;
  std::string prefix;
  // Two of 65,536 beginnings meet after some 300 commits (birthday problem); 4,000 make it certain
  // enough.
  for (int i = 0; i < 4000 && prefix.empty(); ++i) {
    const std::string id = repository.commit_tree(tree, {.message = std::to_string(i)});
    if (!seen.emplace(id.substr(0, 4), id).second) {
      prefix = id.substr(0, 4);
    }
  }
  REQUIRE_FALSE(prefix.empty());
  const auto snapshot = obtain(repository.path(), prefix);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
  CHECK_THAT(snapshot.error().message, Catch::Contains("ambiguous"));
}

TEST_CASE("A tag of something other than a commit is refused")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  repository.set_reference("refs/tags/file", repository.write_blob("text"));
  const auto snapshot = obtain(repository.path(), "file");
  REQUIRE_FALSE(snapshot.has_value());
  CHECK_THAT(snapshot.error().message, Catch::Contains("does not lead to a commit"));
}

TEST_CASE("The last commit before a deadline is graded, and later ones are counted")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  for (int day = 0; day < 5; ++day) {
    repository.commit({{"a.py", {std::to_string(day)}}}, {.when = k_start + day * k_day});
  }

  struct Row {
    long long deadline;
    std::string content;
    int commits;
    int after;
  };

  const auto row = GENERATE(values<Row>({
    {k_start, "0", 1, 4},
    {k_start + k_day - 1, "0", 1, 4},
    {k_start + 2 * k_day, "2", 3, 2},
    {k_start + 9 * k_day, "4", 5, 0},
  }));
  const auto snapshot = obtain_before(repository.path(), row.deadline);
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == row.content);
  CHECK(snapshot->history.commits == row.commits);
  CHECK(snapshot->history.commits_after == row.after);
  CHECK(snapshot->history.first_commit_at == at(k_start));
}

TEST_CASE("No commit before the deadline is an error that names both times")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}}, {.when = k_start});
  const auto snapshot = obtain_before(repository.path(), k_start - 1);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::not_found);
  CHECK_THAT(snapshot.error().message,
             Catch::Contains("2023-11-14T22:13:19Z") && Catch::Contains("2023-11-14T22:13:20Z"));
}

TEST_CASE("What was merged after the deadline is not graded, whatever its dates")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string base = repository.commit({{"a.py", {"base"}}}, {.when = k_start});
  const std::string side = repository.commit(
    {{"a.py", {"side"}}}, {.branch = "side", .when = k_start + 10, .parents = {base}});
  const std::string merge =
    repository.commit({{"a.py", {"merged"}}}, {.when = k_start + k_day, .parents = {base, side}});
  const auto snapshot = obtain_before(repository.path(), k_start + 20);
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == "base");
  CHECK(snapshot->history.commits_after == 2);
  CHECK(obtain(repository.path())->commit == merge);
  CHECK(obtain(repository.path())->history.commits == 3);
}

TEST_CASE("An absurd commit date does not stop the grading")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string tree = repository.write_tree({{"a.py", {"1"}}});
  const auto* person = GENERATE(
    "Ana <a@b.c> 99999999999999999999 +0000", "Ana <a@b.c> -5 +0000", "Ana", "Ana <a@b.c> soon");
  const std::string id = repository.write_object(
    "tree " + tree + "\nauthor Ana <a@b.c> 1 +0000\ncommitter " + std::string(person) + "\n\nx\n",
    GIT_OBJECT_COMMIT);
  repository.set_reference("refs/heads/main", id);
  const auto snapshot = obtain(repository.path());
  REQUIRE(snapshot.has_value());
  CHECK_FALSE(snapshot->history.committed_at.has_value());
  CHECK(content(*snapshot, "a.py") == "1");
}

TEST_CASE("A history that was cut off is counted as far as it goes")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string missing(40, 'a');
  repository.commit({{"a.py", {"1"}}}, {.parents = {missing}});
  const auto snapshot = obtain(repository.path());
  REQUIRE(snapshot.has_value());
  CHECK(snapshot->history.shallow);
  CHECK(snapshot->history.commits == 1);
}

TEST_CASE("An empty repository is an error")
{
  const test::TemporaryFolder folder;
  const test::GitRepository repository(folder / "blog");
  const auto snapshot = obtain(repository.path());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::not_found);
  CHECK_THAT(snapshot.error().message,
             Catch::Contains("is empty") && Catch::Contains(repository.path()));
}

TEST_CASE("A default branch without commits points at the branch that has some")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}}, {.branch = "trunk"});
  const auto snapshot = obtain(repository.path());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK_THAT(snapshot.error().message,
             Catch::Contains("\"main\" has no commits") && Catch::Contains("\"trunk\""));
  CHECK(obtain(repository.path(), "trunk").has_value());
}

TEST_CASE("A path that leads nowhere, or to a file, is an error")
{
  const test::TemporaryFolder folder;
  folder.write("file.py", "");
  CHECK(obtain((folder / "nowhere").string()).error().code == ErrorCode::not_found);
  CHECK(obtain((folder / "file.py").string()).error().code == ErrorCode::invalid_input);
}

TEST_CASE("A plain folder is read as it is")
{
  const test::TemporaryFolder folder;
  folder.write("blog/app/models.py", "class User: ...");
  folder.write("blog/README.md", "# Blog");
  const auto snapshot = obtain((folder / "blog").string());
  REQUIRE(snapshot.has_value());
  CHECK(test::paths(*snapshot) == std::vector<std::string>{"README.md", "app/models.py"});
  CHECK(snapshot->commit.empty());
  CHECK(snapshot->resolved_ref.empty());
  CHECK(snapshot->history == History{});
}

TEST_CASE("A folder inside a work tree is a plain folder")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "all");
  repository.commit({{"one/a.py", {"committed"}}});
  folder.write("all/one/a.py", "changed");
  const auto snapshot = obtain((folder / "all/one").string());
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == "changed");
}

TEST_CASE("A plain folder has no history to choose from")
{
  const test::TemporaryFolder folder;
  folder.write("blog/a.py", "");
  const std::string source = (folder / "blog").string();
  CHECK(obtain(source, "main").error().code == ErrorCode::invalid_input);
  CHECK(obtain_before(source, k_start).error().code == ErrorCode::invalid_input);
}

TEST_CASE("A folder and a commit of it have the same digest")
{
  const test::TemporaryFolder folder;
  folder.write("blog/a.py", "x = 1\r\n");
  folder.write("blog/a/b.py", "y = 2\n");
  folder.write("blog/a.b/c.py", "");
  folder.write("blog/image.png", std::string("\x89PNG\0\xff", 6) + std::string(5000, 'x'));
  folder.write("blog/large.py", std::string(300, 'x'));
  folder.write("blog/.gitattributes", "*.py text eol=lf\n");
  std::filesystem::permissions(folder / "blog/a.py", std::filesystem::perms::owner_all);
  intake::IntakeOptions options;
  options.limits.max_blob_bytes = 5500;
  const auto plain = obtain((folder / "blog").string(), "", options);
  test::GitRepository repository(folder / "git");
  const std::string id = repository.commit_folder(folder / "blog");
  const auto committed = obtain(repository.path(), "", options);
  REQUIRE(plain.has_value());
  REQUIRE(committed.has_value());
  CHECK(plain->tree_digest == committed->tree_digest);
  CHECK(test::paths(*plain) == test::paths(*committed));
  CHECK(content(*committed, "a.py") == "x = 1\r\n");

  SECTION("which changes with a content, a mode, a name, and a file that is not loaded")
  {
    const auto* change = GENERATE("content", "mode", "name", "binary");
    CAPTURE(change);
    const std::string what = change;
    if (what == "content") {
      folder.write("blog/a/b.py", "y = 3\n");
    } else if (what == "mode") {
      std::filesystem::permissions(folder / "blog/a.py", std::filesystem::perms::owner_read);
    } else if (what == "name") {
      std::filesystem::rename(folder / "blog/a/b.py", folder / "blog/a/c.py");
    } else {
      folder.write("blog/image.png", std::string("\x89PNG\0\xff", 6) + std::string(5000, 'y'));
    }
    CHECK(obtain((folder / "blog").string(), "", options)->tree_digest != plain->tree_digest);
  }
}

TEST_CASE("Files that no stage reads are listed without their content")
{
  const test::TemporaryFolder folder;
  folder.write("blog/blog.db", std::string(5000, '\0'));
  folder.write("blog/tiny.png", "\x89PNG");
  const auto snapshot = obtain((folder / "blog").string()).value();
  REQUIRE(snapshot.files.contains("blog.db"));
  CHECK(snapshot.files.at("blog.db").content == nullptr);
  CHECK(snapshot.files.at("blog.db").size_bytes == 5000);
  CHECK(snapshot.files.at("tiny.png").content == nullptr);
}

TEST_CASE("A Git LFS pointer stays text and is pointed out")
{
  const test::TemporaryFolder folder;
  const std::string pointer =
    "version https://git-lfs.github.com/spec/v1\noid sha256:" + std::string(64, 'a') + "\nsize 7\n";
  test::GitRepository repository(folder / "blog");
  repository.commit({{"dump.sqlite3", {pointer}},
                     {".gitattributes", {"*.sqlite3 filter=lfs diff=lfs merge=lfs -text\n"}}});
  const auto snapshot = obtain(repository.path()).value();
  CHECK(content(snapshot, "dump.sqlite3") == pointer);
  CHECK(test::skipped(snapshot, "dump.sqlite3").reason == SkipReason::lfs_pointer);
}
