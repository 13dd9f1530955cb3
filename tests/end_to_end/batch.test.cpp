// SPDX-License-Identifier: MIT
// Batches through the program: manifests, stopping and going on, what is said about it.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <SQLiteCpp/Database.h>
#include <nlohmann/json.hpp>

#include <random>
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

TEST_CASE_METHOD(BatchHome, "A batch that is killed twenty times ends as one that never was")
{
  std::string text = "candidate,repository\n";
  for (const auto& sample : std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/samples")) {
    if (std::filesystem::exists(sample.path() / "repo")) {
      text += row(sample.path().filename().string(), sample.path().filename().string());
    }
  }
  const std::string path = manifest(text);
  const std::string undisturbed = (home / "undisturbed.sqlite").string();
  REQUIRE(grader(home, {"batch", path, "--db", undisturbed, "--no-run"}).code == 0);
  std::mt19937 random(20); // the moments are the same in every run of the test, not its progress
  for (int i = 0; i < 20; ++i) {
    const int milliseconds = 20 + static_cast<int>(random() % 400);
    run({"timeout",
         "-s",
         "KILL",
         std::to_string(milliseconds / 1000.0),
         k_assay,
         "batch",
         path,
         "--db",
         database,
         "--no-run",
         "--jobs",
         "2"},
        at_home(home));
  }
  const CommandResult last = batch(path);
  CAPTURE(last.err);
  CHECK(last.code == 0);
  CHECK(count("runs") == count("batch_entries"));
  SQLite::Database opened(undisturbed);
  opened.exec("ATTACH '" + database + "' AS killed");
  // All that is judged of an entry; numbers of runs, times and the order of work may differ.
  const std::string judged =
    "SELECT candidate, state, point, low, high, band, facts.tree_digest, facts.content_digest, "
    "check_id,"
    " outcome, credit, reason FROM %batch_entries JOIN %runs ON runs.id = batch_entries.run_id"
    " JOIN %facts ON facts.id = facts_id"
    " JOIN %verdicts ON verdicts.run_id = runs.id";
  const auto of = [&](const std::string& schema) {
    std::string sql = judged;
    for (auto at = sql.find('%'); at != std::string::npos; at = sql.find('%')) {
      sql.replace(at, 1, schema + ".");
    }
    return sql;
  };
  CHECK(opened.execAndGet("SELECT count(*) FROM (" + of("main") + ")").getInt() > 1000);
  CHECK(opened.execAndGet("SELECT count(*) FROM (" + of("main") + " EXCEPT " + of("killed") + ")")
          .getInt()
        == 0);
  CHECK(opened.execAndGet("SELECT count(*) FROM (" + of("killed") + " EXCEPT " + of("main") + ")")
          .getInt()
        == 0);
}

TEST_CASE_METHOD(BatchHome, "What a person says of a batch goes through every command")
{
  REQUIRE(batch(manifest(three())).code == 0);
  const auto about = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--db", database});
    return grader(home, words);
  };
  const std::string before = about({"rank"}).out;
  CHECK(before.find("ana") != std::string::npos);
  CHECK(about({"compare", "ana", "carla"}).out.find("models.") != std::string::npos);
  CHECK(about({"compare", "ana", "karla"}).err.find("did you mean \"carla\"?")
        != std::string::npos);
  CHECK(about({"stats"}).out.starts_with("3 scored: "));
  CHECK(about({"similarity"}).out == "Submissions compared: 3; pairs from 50 % on: 0\n");
  CHECK(about({"similarity", "--starter", (home / "nowhere").string()}).code == 3);
  CHECK(about({"regrade"}).out == "Batch class: 3 judged again, 0 of them changed\n");
  const CommandResult reviewed = about({"review",
                                        sample_folder("single-script").string(),
                                        "migration.upgrade-clean",
                                        "--credit",
                                        "0.5",
                                        "--reason",
                                        "explained it",
                                        "--by",
                                        "Rita"});
  CAPTURE(reviewed.err);
  CHECK(reviewed.code == 0);
  CHECK(about({"rank"}).out.find("1 reviewed") != std::string::npos);
  CHECK(about({"show", sample_folder("single-script").string(), "--all"}).out.find("explained it")
        != std::string::npos);
  CHECK(about({"review", "1", "no.such", "--credit", "1", "--reason", "x", "--by", "y"}).code == 2);
  CHECK(about({"review", "1", "no.such", "--reason", "x", "--by", "y"}).code == 2);

  // Blind from now on: no output names a candidate, unless somebody asks by name.
  REQUIRE(batch(manifest(three()), {"--blind"}).code == 0);
  for (const char* command : {"rank", "stats", "export", "list", "similarity"}) {
    CAPTURE(command);
    const CommandResult result = about({command});
    CHECK(result.code == 0);
    CHECK(result.out.find("single-script") == std::string::npos);
    CHECK(result.out.find("bruno") == std::string::npos);
  }
  CHECK(about({"show", "1"}).out.find("samples/") == std::string::npos);
  CHECK(about({"report", "1"}).out.find("samples/") == std::string::npos);
  const std::string site = (home / "site").string();
  REQUIRE(about({"report", "--batch", "class", "--output", site}).code == 0);
  for (const auto& page : std::filesystem::recursive_directory_iterator(site)) {
    if (page.is_regular_file()) {
      const std::string text = read_text(page.path());
      CAPTURE(page.path().string());
      CHECK(text.find("samples/") == std::string::npos);
      CHECK(text.find("bruno") == std::string::npos);
    }
  }
  CHECK(count("disclosures") == 0);
  CHECK(about({"rank", "--reveal", "Rita"}).out.find("bruno") != std::string::npos);
  CHECK(count("disclosures") == 1);
}

TEST_CASE_METHOD(BatchHome, "Parts of a batch make the whole")
{
  const std::string path = manifest(three());
  std::vector<std::string> words{"merge"};
  for (const char* part : {"1/3", "2/3", "3/3"}) {
    const std::string file = (home / ("part" + std::string(part, 1) + ".sqlite")).string();
    REQUIRE(grader(home, {"batch", path, "--db", file, "--no-run", "--shard", part}).code == 0);
    words.push_back(file);
  }
  words.insert(words.end(), {"--into", database});
  CHECK(grader(home, words).code == 0);
  CHECK(grader(home, words).code == 0);
  CHECK(count("runs") == 3);
  CHECK(grader(home, {"rank", "--db", database}).out.find("carla") != std::string::npos);
  CHECK(grader(home, {"batch", path, "--db", database, "--no-run", "--shard", "4/3"}).code == 2);
}
