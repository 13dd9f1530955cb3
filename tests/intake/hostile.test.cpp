// SPDX-License-Identifier: MIT
// Repositories and folders made to harm: nothing of them runs, nothing outside of them is read, and
// everything left out is named.
#include "tests/intake/support.hpp"
#include "tests/support/catch.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace assay;
using test::content;
using test::obtain;
using test::skipped;

namespace fs = std::filesystem;

TEST_CASE("Configuration, hooks, filters and attributes of a repository have no effect")
{
  const bool by_url = GENERATE(false, true);
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit(
    {{"a.py", {"x = 1\n"}}, {".gitattributes", {"* filter=evil diff=evil text eol=crlf ident\n"}}});
  const std::string canary = (folder / "canary").string();
  const std::string touch = "touch " + canary;
  folder.write("blog/.git/config",
               "[core]\n\tbare = false\n\trepositoryformatversion = 0\n\tfsmonitor = " + touch
                 + "\n\tsshCommand = " + touch + "\n\thooksPath = " + folder.path().string()
                 + "/hooks\n\tworktree = /etc\n[filter \"evil\"]\n\tsmudge = " + touch
                 + "\n\tclean = " + touch
                 + "\n\trequired = true\n[diff \"evil\"]\n\ttextconv = " + touch
                 + "\n[include]\n\tpath = /dev/zero\n[extensions]\n\tpartialClone = "
                   "evil\n\tworktreeConfig = true\n"
                 + "[remote \"evil\"]\n\turl = ext::" + touch + "\n\tpromisor = true\n");
  for (const auto* hook :
       {"post-checkout", "pre-upload-pack", "reference-transaction", "post-index-change"}) {
    folder.write(std::string("blog/.git/hooks/") + hook, "#!/bin/sh\n" + touch + "\n");
    folder.write(std::string("hooks/") + hook, "#!/bin/sh\n" + touch + "\n");
    fs::permissions(folder / (std::string("blog/.git/hooks/") + hook), fs::perms::owner_all);
    fs::permissions(folder / (std::string("hooks/") + hook), fs::perms::owner_all);
  }
  const auto snapshot = obtain(by_url ? repository.url() : repository.path());
  REQUIRE(snapshot.has_value());
  CHECK(content(*snapshot, "a.py") == "x = 1\n");
  CHECK_FALSE(fs::exists(canary));
}

TEST_CASE("Objects borrowed from another repository are refused")
{
  const bool by_url = GENERATE(false, true);
  const auto* name = GENERATE("alternates", "http-alternates");
  const test::TemporaryFolder folder;
  test::GitRepository secret(folder / "secret");
  secret.commit({{"secret.py", {"PASSWORD = 1"}}});
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  folder.write(std::string("blog/.git/objects/info/") + name,
               (folder / "secret/.git/objects").string() + "\n");
  const auto snapshot = obtain(by_url ? repository.url() : repository.path());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
  CHECK_THAT(snapshot.error().message, Catch::Contains("borrows objects of another repository"));
}

TEST_CASE("An alternates file that names nothing is harmless")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  folder.write("blog/.git/objects/info/alternates", "# none\n\n");
  CHECK(obtain(repository.path()).has_value());
}

TEST_CASE("A repository that lies elsewhere is refused")
{
  const test::TemporaryFolder folder;
  test::GitRepository secret(folder / "secret");
  secret.commit({{"secret.py", {"PASSWORD = 1"}}});
  const auto* how = GENERATE("file", "link", "commondir");
  const std::string kind = how;
  fs::create_directories(folder / "blog");
  if (kind == "file") {
    folder.write("blog/.git", "gitdir: " + (folder / "secret/.git").string() + "\n");
  } else if (kind == "link") {
    fs::create_directory_symlink(folder / "secret/.git", folder / "blog/.git");
  } else {
    test::GitRepository repository(folder / "blog");
    repository.commit({{"a.py", {"1"}}});
    folder.write("blog/.git/commondir", (folder / "secret/.git").string() + "\n");
  }
  const auto snapshot = obtain((folder / "blog").string());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
  CHECK_THAT(snapshot.error().message, Catch::Contains("name the repository itself"));
}

TEST_CASE("Links and pipes inside a repository are refused")
{
  const test::TemporaryFolder folder;
  test::GitRepository secret(folder / "secret");
  const std::string id = secret.commit({{"secret.py", {"PASSWORD = 1"}}});
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"1"}}});
  const fs::path git = folder / "blog/.git";
  const auto* what = GENERATE("objects", "pack", "refs", "head", "packed-refs", "pipe");
  const std::string kind = what;
  if (kind == "objects") {
    fs::create_directory_symlink(folder / "secret/.git/objects" / id.substr(0, 2),
                                 git / "objects" / "zz");
  } else if (kind == "pack") {
    fs::remove_all(git / "objects/pack");
    fs::create_directory_symlink(folder / "secret/.git/objects/pack", git / "objects/pack");
  } else if (kind == "refs") {
    fs::create_symlink(folder / "secret/.git/refs/heads/main", git / "refs/heads/stolen");
  } else if (kind == "head") {
    fs::rename(git / "HEAD", git / "OLD");
    fs::create_symlink("OLD", git / "HEAD");
  } else if (kind == "packed-refs") {
    fs::create_symlink("/dev/zero", git / "packed-refs");
  } else {
    REQUIRE(mkfifo((git / "refs/heads/pipe").c_str(), 0600) == 0);
  }
  const auto snapshot = obtain(repository.path());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
}

TEST_CASE("A repository with SHA-256 names is refused for that reason")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  folder.write("blog/.git/refs/heads/main", std::string(64, 'a') + "\n");
  CHECK_THAT(obtain(repository.path()).error().message, Catch::Contains("SHA-256"));
}

TEST_CASE("Damaged refs and objects are errors, not a partial grade")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string id = repository.commit({{"app/a.py", {"1"}}, {"app/b.py", {"2"}}});
  const std::string blob = repository.write_blob("2");
  const fs::path object = folder / ("blog/.git/objects/" + blob.substr(0, 2)) / blob.substr(2);
  const auto* how = GENERATE("missing", "truncated", "garbage ref");
  const std::string kind = how;
  if (kind == "missing") {
    fs::remove(object);
  } else if (kind == "truncated") {
    fs::permissions(object, fs::perms::owner_all);
    fs::resize_file(object, 3);
  } else {
    folder.write("blog/.git/packed-refs", "nonsense\n");
  }
  const auto snapshot = obtain(repository.path(), id);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
  CHECK_THAT(snapshot.error().message, Catch::Contains("damaged"));
}

TEST_CASE("A packed object of another content than its name says is refused")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"a.py", {"honest"}}});
  const std::string honest = repository.write_blob("honest");
  const std::string forged = repository.write_blob("forged");
  const fs::path objects = folder / "blog/.git/objects";
  const fs::path place = objects / honest.substr(0, 2) / honest.substr(2);
  fs::remove(place);
  fs::copy_file(objects / forged.substr(0, 2) / forged.substr(2), place);
  const auto snapshot = obtain(repository.path());
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::invalid_input);
}

TEST_CASE("Hostile names in a tree are reported and the rest is graded")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  const std::string blob = repository.write_blob("x");
  const std::string inner = repository.write_raw_tree({{0100644, "config", blob}});
  const std::string tree = repository.write_raw_tree({
    {0100644, "..", blob},
    {0100644, "../../etc/cron.d/x", blob},
    {0100644, "/etc/passwd", blob},
    {0040000, ".GIT", inner},
    {0040000, "git~1", inner},
    {0100644, ".git ", blob},
    {0100644, "a\\b.py", blob},
    {0100644, "bell\a.py", blob},
    {0100644, "caf\xe9.py", blob},
    {0100644, "", blob},
    {0100644, "README.md", blob},
    {0100644, "Readme.md", blob},
    {0100644, "good.py", blob},
    {0100644, "good.py", repository.write_blob("other")},
    {0040000, "good.py", inner},
    {0120000, "link.py", repository.write_blob("/etc/passwd")},
    {0120000, "inner_link", repository.write_blob("good.py")},
    {0160000, "sub", std::string(40, 'b')},
    {0010000, "pipe", blob},
  });
  repository.commit_tree(tree);
  const auto snapshot = obtain(repository.path());
  REQUIRE(snapshot.has_value());
  CHECK(test::paths(*snapshot) == std::vector<std::string>{"README.md", "good.py"});
  CHECK(content(*snapshot, "good.py") == "x");

  struct Row {
    std::string path;
    SkipReason reason;
    std::string detail;
  };

  for (const Row& row : std::vector<Row>{
         {"..", SkipReason::unsafe_path, ""},
         {"../../etc/cron.d/x", SkipReason::unsafe_path, ""},
         {"/etc/passwd", SkipReason::unsafe_path, ""},
         {".GIT", SkipReason::unsafe_path, ""},
         {"git~1", SkipReason::unsafe_path, ""},
         {".git ", SkipReason::unsafe_path, ""},
         {"a\\b.py", SkipReason::unsafe_path, ""},
         {"bell\\x07.py", SkipReason::unsafe_path, ""},
         {"caf\\xe9.py", SkipReason::invalid_utf8, ""},
         {"Readme.md",
          SkipReason::duplicate_casefold,
          "the same as README.md where case does not count"},
         {"link.py", SkipReason::symlink, "/etc/passwd"},
         {"inner_link", SkipReason::symlink, "good.py"},
         {"sub", SkipReason::submodule, std::string(40, 'b')},
         {"pipe", SkipReason::special_file, ""},
       }) {
    CAPTURE(row.path);
    CHECK(skipped(*snapshot, row.path) == SkippedPath{row.path, row.reason, row.detail});
  }
  CHECK(snapshot->skipped.size() == 17);
  CHECK(std::ranges::is_sorted(snapshot->skipped, {}, &SkippedPath::path));
}

TEST_CASE("Folders that differ in case are both read, files in them that collide are not")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  repository.commit({{"App/a.py", {"1"}}, {"app/A.py", {"2"}}, {"app/b.py", {"3"}}});
  const auto snapshot = obtain(repository.path()).value();
  CHECK(test::paths(snapshot) == std::vector<std::string>{"App/a.py", "app/b.py"});
  CHECK(skipped(snapshot, "app/A.py").reason == SkipReason::duplicate_casefold);
}

TEST_CASE("A submodule is neither followed nor fetched, whatever .gitmodules says")
{
  const test::TemporaryFolder folder;
  test::GitRepository secret(folder / "secret");
  const std::string id = secret.commit({{"secret.py", {"1"}}});
  test::GitRepository repository(folder / "blog");
  repository.commit(
    {{".gitmodules", {"[submodule \"x\"]\n\tpath = vendor\n\turl = " + secret.url() + "\n"}},
     {"vendor", {id, 0160000}},
     {"a.py", {"1"}}});
  const auto snapshot = obtain(repository.url()).value();
  CHECK(test::paths(snapshot) == std::vector<std::string>{".gitmodules", "a.py"});
  CHECK(skipped(snapshot, "vendor").reason == SkipReason::submodule);
}

TEST_CASE("A tree that contains itself many times over stops at the limit on files")
{
  const test::TemporaryFolder folder;
  test::GitRepository repository(folder / "blog");
  std::string tree = repository.write_raw_tree({{0100644, "a.py", repository.write_blob("x")}});
  for (int level = 0; level < 12; ++level) {
    std::vector<test::RawEntry> entries;
    for (char name = 'a'; name < 'k'; ++name) {
      entries.push_back({0040000, std::string(1, name), tree});
    }
    tree = repository.write_raw_tree(entries);
  }
  repository.commit_tree(tree);
  intake::IntakeOptions options;
  options.limits.max_files = 5000;
  const auto snapshot = obtain(repository.path(), "", options);
  REQUIRE_FALSE(snapshot.has_value());
  CHECK(snapshot.error().code == ErrorCode::limit_exceeded);
  CHECK_THAT(snapshot.error().message, Catch::Contains("5000 entries"));
}

TEST_CASE("Links, pipes and sockets in a plain folder are reported and never opened")
{
  const test::TemporaryFolder folder;
  folder.write("secret.py", "PASSWORD = 1");
  folder.write("blog/a.py", "1");
  fs::create_symlink("loop", folder / "blog/loop");
  fs::create_directory_symlink(".", folder / "blog/self");
  fs::create_directory_symlink("..", folder / "blog/up");
  fs::create_symlink("../secret.py", folder / "blog/secret.py");
  REQUIRE(mkfifo((folder / "blog/pipe.py").c_str(), 0600) == 0);
  folder.write("blog/vendor/.git/config", "[core]\n");
  const auto snapshot = obtain((folder / "blog").string());
  REQUIRE(snapshot.has_value());
  CHECK(test::paths(*snapshot) == std::vector<std::string>{"a.py"});
  CHECK(skipped(*snapshot, "loop") == SkippedPath{"loop", SkipReason::symlink, "loop"});
  CHECK(skipped(*snapshot, "self").detail == ".");
  CHECK(skipped(*snapshot, "up").detail == "..");
  CHECK(skipped(*snapshot, "secret.py").detail == "../secret.py");
  CHECK(skipped(*snapshot, "pipe.py").reason == SkipReason::special_file);
  CHECK(skipped(*snapshot, "vendor/.git").reason == SkipReason::unsafe_path);
}
