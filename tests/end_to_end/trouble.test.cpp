// SPDX-License-Identifier: MIT
// Bad input and bad surroundings: one clear line each, nothing lost.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <csignal>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace assay::test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

/// One line on standard error that holds `part`, and nothing on standard output.
void check_refused(const CommandResult& result, int code, const std::string& part)
{
  CAPTURE(result.err);
  CHECK(result.code == code);
  CHECK(result.out.empty());
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.starts_with("assay: "));
  CHECK(result.err.find(part) != std::string::npos);
}

/// A whole report, one line on standard error, and the exit code of a result that is not stored.
void check_not_stored(const CommandResult& result, const std::string& part)
{
  CAPTURE(result.err);
  CHECK(result.code == 5);
  CHECK(json::parse(result.out)["checks"].size() == 59);
  CHECK(std::ranges::count(result.err, '\n') == 1);
  CHECK(result.err.find("the result was not stored: ") != std::string::npos);
  CHECK(result.err.find(part) != std::string::npos);
}

int runs_in(const fs::path& database)
{
  SQLite::Database opened(database.string());
  CHECK(opened.execAndGet("PRAGMA integrity_check").getString() == "ok");
  return opened.execAndGet("SELECT count(*) FROM runs").getInt();
}

/// `script` in mounts of its own; false where this user may not mount.
bool may_mount()
{
  return run({"unshare", "--mount", "--map-root-user", "true"}).code == 0;
}

CommandResult in_own_mounts(const TemporaryFolder& home, const std::string& script)
{
  return run({"unshare", "--mount", "--map-root-user", "sh", "-ec", script}, at_home(home));
}

/// Starts assay with its output thrown away.
pid_t start(const TemporaryFolder& home, const std::vector<std::string>& words)
{
  const std::string path = home.path().string();
  // Held back until the child no longer has the handlers of this program.
  sigset_t interrupt;
  ::sigemptyset(&interrupt);
  ::sigaddset(&interrupt, SIGINT);
  ::sigprocmask(SIG_BLOCK, &interrupt, nullptr);
  const pid_t child = ::fork();
  if (child != 0) {
    ::sigprocmask(SIG_UNBLOCK, &interrupt, nullptr);
    return child;
  }
  ::signal(SIGINT, SIG_DFL);
  ::sigprocmask(SIG_UNBLOCK, &interrupt, nullptr);
  ::setenv("HOME", path.c_str(), 1);
  ::setenv("XDG_CACHE_HOME", (path + "/cache").c_str(), 1);
  ::setenv("XDG_DATA_HOME", (path + "/data").c_str(), 1);
  const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  std::vector<char*> arguments;
  for (const std::string& word : words) {
    arguments.push_back(const_cast<char*>(word.c_str()));
  }
  arguments.push_back(nullptr);
  ::execv(k_assay.c_str(), arguments.data());
  ::_exit(127);
}

} // namespace

TEST_CASE("what cannot be obtained is refused in one line that says why")
{
  const TemporaryFolder home;
  GitRepository repository(home.path() / "blog");
  repository.commit({{"models.py", {"x = 1\n"}}});
  GitRepository empty(home.path() / "empty");
  fs::create_directories(home.path() / "plain");

  struct Row {
    std::vector<std::string> words;
    const char* says;
  };

  const std::string plain = "file://" + (home.path() / "plain").string();
  const std::vector<Row> rows = {
    {{"https://no-such-host.invalid/blog.git"}, "no-such-host.invalid"},
    {{"https://127.0.0.1:9/blog.git"}, "127.0.0.1"},
    {{plain}, "not a git repository"},
    {{(home.path() / "nowhere").string()}, "nowhere"},
    {{empty.url()}, "no commit"},
    {{repository.url(), "--ref", "mian"}, "main"},
  };
  for (const Row& row : rows) {
    std::vector<std::string> words = {"grade"};
    words.insert(words.end(), row.words.begin(), row.words.end());
    CAPTURE(words);
    check_refused(grader(home, words), 3, row.says);
  }
  CHECK_FALSE(fs::exists(home.path() / "data/assay/results.sqlite"));
}

TEST_CASE("a file of 200 MB is pointed out and never loaded")
{
  const TemporaryFolder home;
  fs::copy(sample_folder("select-joined"), home.path() / "blog", fs::copy_options::recursive);
  std::ofstream(home.path() / "blog/huge.py").close();
  fs::resize_file(home.path() / "blog/huge.py", 200 << 20);
  std::string limited = at_home(home);
#ifndef __SANITIZE_ADDRESS__
  limited = "ulimit -v 180000; " + limited;
#endif
  const CommandResult result = run({k_assay,
                                    "grade",
                                    "--no-run",
                                    (home.path() / "blog").string(),
                                    "--format",
                                    "json",
                                    "--no-store"},
                                   limited);
  CHECK(result.err.empty());
  REQUIRE(result.code == 0);
  const json skipped = json::parse(result.out)["submission"]["skipped"];
  REQUIRE(skipped.size() == 1);
  CHECK(skipped[0]["path"] == "huge.py");
  CHECK(skipped[0]["reason"] == "too_large");
}

TEST_CASE("50,000 files are counted and read")
{
  const TemporaryFolder home;
  fs::copy(sample_folder("select-joined"), home.path() / "blog", fs::copy_options::recursive);
  for (int i = 0; i < 50'000; ++i) {
    const fs::path folder = home.path() / "blog/data" / std::to_string(i / 500);
    if (i % 500 == 0) {
      fs::create_directories(folder);
    }
    std::ofstream(folder / (std::to_string(i) + ".txt")) << i;
  }
  const CommandResult result =
    grader(home, {"grade", (home.path() / "blog").string(), "--format", "json", "--no-store"});
  REQUIRE(result.code == 0);
  const json record = json::parse(result.out);
  CHECK(record["submission"]["files"].get<int>() > 50'000);
  CHECK_FALSE(record["entities"]["user"]["class"].is_null());
}

TEST_CASE("symbolic links in a circle end nowhere and are pointed out")
{
  const TemporaryFolder home;
  fs::copy(sample_folder("select-joined"), home.path() / "blog", fs::copy_options::recursive);
  fs::create_directory_symlink(".", home.path() / "blog/self");
  fs::create_symlink("b.py", home.path() / "blog/a.py");
  fs::create_symlink("a.py", home.path() / "blog/b.py");
  const CommandResult result =
    grader(home, {"grade", (home.path() / "blog").string(), "--format", "json", "--no-store"});
  REQUIRE(result.code == 0);
  const json record = json::parse(result.out);
  std::vector<std::string> links;
  for (const json& skipped : record["submission"]["skipped"]) {
    CHECK(skipped["reason"] == "symlink");
    links.push_back(skipped["path"]);
  }
  CHECK(links == std::vector<std::string>{"a.py", "b.py", "self"});
}

TEST_CASE("a database that another process holds costs no report")
{
  const TemporaryFolder home;
  const std::string folder = sample_folder("select-joined").string();
  const fs::path path = home.path() / "results.sqlite";
  REQUIRE(grader(home, {"grade", folder, "--db", path.string()}).code == 0);
  {
    SQLite::Database holder(path.string(), SQLite::OPEN_READWRITE);
    holder.exec("BEGIN IMMEDIATE");
    check_not_stored(grader(home, {"grade", folder, "--db", path.string(), "--format", "json"}),
                     "locked");
    CHECK(grader(home, {"show", "1", "--db", path.string()}).code == 0);
  }
  CHECK(runs_in(path) == 1);
}

TEST_CASE("a database in a read-only folder, or on a full disk, costs no report")
{
  if (!may_mount()) {
    WARN("no right to mount; not run");
    return;
  }
  const TemporaryFolder home;
  const std::string place = (home.path() / "place").string();
  fs::create_directory(place);
  const std::string grade = k_assay + " grade --no-run " + sample_folder("select-joined").string()
                            + " --format json --db " + place + "/results.sqlite";
  check_not_stored(in_own_mounts(home,
                                 "mount --bind " + place + " " + place
                                   + "; mount -o remount,bind,ro " + place + "; " + grade),
                   "read-only");
  check_not_stored(in_own_mounts(home, "mount -t tmpfs -o size=32k tmpfs " + place + "; " + grade),
                   "no space left");
  CHECK(fs::is_empty(place));
}

TEST_CASE("a report that cannot be written is an error, not a silence")
{
  const TemporaryFolder home;
  const std::string command =
    k_assay + " grade --no-run " + sample_folder("select-joined").string() + " --no-store";
  check_refused(run({"sh", "-c", command + " >/dev/full"}, at_home(home)), 5, "standard output");
}

TEST_CASE("a report replaces a file as a whole and nothing but a file")
{
  const TemporaryFolder home;
  const std::string folder = sample_folder("select-joined").string();
  const auto grade_into = [&](const fs::path& place) {
    return grader(home, {"grade", folder, "--no-store", "--output", place.string()});
  };
  // A pipe stands for all that is no file: with a device, a failing test would harm the machine.
  const fs::path pipe = home.path() / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const CommandResult through =
    run({"sh",
         "-c",
         "cat " + pipe.string() + " & " + k_assay + " grade --no-run " + folder
           + " --no-store --output " + pipe.string() + "; wait"},
        at_home(home));
  CHECK(through.code == 0);
  CHECK(through.out.find("of 100") != std::string::npos);
  CHECK(fs::is_fifo(pipe));

  const fs::path report = home.path() / "report.txt";
  const fs::path link = home.path() / "link";
  std::ofstream(report) << "old";
  fs::create_symlink(report, link);
  CHECK(grade_into(link).code == 0);
  CHECK(fs::is_symlink(link));
  CHECK(read_text(report).find("of 100") != std::string::npos);

  check_refused(grade_into(home.path()), 5, home.path().string());
  check_refused(grade_into(home.path() / "none/report"), 5, "none/report");
  for (const auto& entry : fs::directory_iterator(home.path())) {
    CHECK(entry.path().extension() != ".partial");
  }
}

TEST_CASE("Ctrl-C at any moment leaves the database sound and the cache usable")
{
  const TemporaryFolder home;
  GitRepository repository(home.path() / "blog");
  repository.commit_folder(sample_folder("flask-serialiser"));
  const std::vector<std::string> words = {"assay", "grade", "--no-run", repository.url()};
  int interrupted = 0;
  for (const int moment : {0, 2, 5, 10, 20, 40, 80, 160, 320}) {
    const pid_t child = start(home, words);
    std::this_thread::sleep_for(std::chrono::milliseconds(moment));
    ::kill(child, SIGINT);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CAPTURE(moment, status);
    const bool by_signal = WIFSIGNALED(status) && WTERMSIG(status) == SIGINT;
    interrupted += by_signal || (WIFEXITED(status) && WEXITSTATUS(status) != 0) ? 1 : 0;
    CHECK((by_signal || WIFEXITED(status)));
  }
  CHECK(interrupted > 0);
  const CommandResult result = grader(home, {"grade", repository.url()});
  CHECK(result.err.empty());
  CHECK(result.code == 0);
  CHECK(runs_in(home.path() / "data/assay/results.sqlite") >= 1);
}
