// SPDX-License-Identifier: MIT
// Batches through the program: manifests, stopping and going on, what is said about it.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <sstream>

using namespace assay::test;

namespace {

/// Three samples, read and not executed.
struct BatchHome {
  TemporaryFolder home;
  std::string database = (home / "results.sqlite").string();

  std::string manifest(const std::string& text, const std::string& name = "class.csv") const
  {
    home.write(name, text);
    return (home / name).string();
  }

  static std::string row(const std::string& candidate, const std::string& sample)
  {
    return candidate + "," + sample_folder(sample).string() + "\n";
  }

  static std::string three()
  {
    return "candidate,repository\n" + row("ana", "select-joined") + row("bruno", "single-script")
           + row("carla", "async-espanol");
  }

  CommandResult batch(const std::string& path, std::vector<std::string> more = {}) const
  {
    std::vector<std::string> words{"batch", path, "--db", database, "--no-run", "--jobs", "2"};
    words.insert(words.end(), more.begin(), more.end());
    return grader(home, words);
  }

  int count(const std::string& table) const
  {
    SQLite::Database opened(database);
    return opened.execAndGet("SELECT count(*) FROM " + table).getInt();
  }
};

} // namespace

TEST_CASE_METHOD(BatchHome, "A batch is graded once, however often it is asked for")
{
  const std::string path = manifest(three());
  const CommandResult first = batch(path);
  CAPTURE(first.err);
  CHECK(first.code == 0);
  CHECK(first.out.starts_with("Batch class: 3 of 3 rows are graded\n"));
  CHECK(first.err.find("[3/3] ") != std::string::npos);
  CHECK(count("runs") == 3);
  const CommandResult second = batch(path);
  CHECK(second.code == 0);
  CHECK(second.out.find("graded earlier") != std::string::npos);
  CHECK(second.err.empty());
  CHECK(count("runs") == 3);
}

TEST_CASE_METHOD(BatchHome, "What cannot be graded is counted apart and stops nothing")
{
  const std::string path =
    manifest(three() + "dan,/nowhere/at/all\nerika,ssh://\nfelix,/x,too,many\n");
  const CommandResult result = batch(path);
  CHECK(result.code == 6);
  CHECK(result.out.starts_with("Batch class: 3 of 6 rows are graded\n"));
  CHECK(result.err.find("class.csv: row 6, column \"repository\": ssh://") != std::string::npos);
  CHECK(result.err.find("class.csv: row 7: has 4 cells, the heading has 2") != std::string::npos);
  CHECK(result.err.find("dan: not obtained: ") != std::string::npos);
  CHECK(count("runs") == 3);
}

TEST_CASE_METHOD(BatchHome, "A dry run tells everything and grades nothing")
{
  const CommandResult good = batch(manifest(three()), {"--dry-run"});
  CHECK(good.code == 0);
  CHECK(good.out == "3 of 3 rows can be graded\n");
  const CommandResult bad =
    batch(manifest("candidate,repository,rubric,team\na,nowhere,,\nb,"
                   + sample_folder("select-joined").string() + ",no-such-rubric,\nc,"
                   + sample_folder("select-joined").string() + ",,red\n"),
          {"--dry-run"});
  CHECK(bad.code == 6);
  CHECK(bad.out == "1 of 3 rows can be graded; kept as they are: team\n");
  CHECK(bad.err.find("row 2, column \"repository\": ") != std::string::npos);
  CHECK(bad.err.find("row 3, column \"rubric\": ") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(database));
}

TEST_CASE_METHOD(BatchHome, "Events for programs are one record a line")
{
  const CommandResult result = batch(manifest(three()), {"--progress", "json"});
  std::istringstream lines(result.err);
  int graded = 0;
  for (std::string line; std::getline(lines, line);) {
    const auto event = nlohmann::json::parse(line);
    graded += event["event"] == "graded" ? 1 : 0;
    CHECK(event["total"] == 3);
  }
  CHECK(graded == 3);
}

TEST_CASE_METHOD(BatchHome, "A manifest that is not there or lacks its column is wrong usage")
{
  CHECK(batch((home / "none.csv").string()).code == 3);
  const CommandResult result = batch(manifest("name\nx\n"));
  CHECK(result.code == 2);
  CHECK(result.err.find("the heading has no column \"repository\"") != std::string::npos);
}

TEST_CASE_METHOD(BatchHome, "Files that were executed before are not executed again")
{
  if (run({k_assay, "doctor"}).out.find("Isolation level L0") != std::string::npos) {
    WARN("not run: this host holds no code");
    return;
  }
  const std::string path = manifest("candidate,repository\n" + row("ana", "select-joined"));
  const std::vector<std::string> words{"batch", path, "--db", database, "--name"};
  const auto again = [&](const std::string& name) {
    std::vector<std::string> all = words;
    all.push_back(name);
    return grader(home, all);
  };
  const CommandResult first = again("one");
  CAPTURE(first.err);
  REQUIRE(first.code == 0);
  CHECK(first.out.find("not executed") == std::string::npos);
  const CommandResult second = again("two");
  CHECK(second.out.find("of these unchanged, not executed     1\n") != std::string::npos);
  SQLite::Database opened(database);
  CHECK(opened
          .execAndGet("SELECT count(DISTINCT facts_id) || ' ' || count(DISTINCT point) || ' ' ||"
                      " count(*) FROM runs")
          .getString()
        == "1 1 2");
}
