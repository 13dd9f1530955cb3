// SPDX-License-Identifier: MIT
// Through the real binary, on repositories as a candidate hands them in.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/git_repository.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

using namespace assay::test;
using nlohmann::json;

namespace {

namespace fs = std::filesystem;

std::vector<std::string> samples()
{
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "samples")) {
    if (fs::exists(entry.path() / "repo")) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

json without_times(const std::string& text)
{
  json record = json::parse(text);
  record.erase("timings");
  record.erase("graded_at");
  return record;
}

} // namespace

TEST_CASE("every sample is graded, twice the same, and its points add up")
{
  for (const std::string& name : samples()) {
    const TemporaryFolder home;
    GitRepository repository(home.path() / "repository");
    repository.commit_folder(fs::path(ASSAY_SOURCE_DIR) / "samples" / name / "repo");
    CAPTURE(name);
    const CommandResult first = grader(home, {"grade", repository.url(), "--format", "json"});
    const CommandResult second = grader(home, {"grade", repository.url(), "--format", "json"});
    REQUIRE(first.code == 0);
    CHECK(first.err.empty());
    const json record = without_times(first.out);
    CHECK(record == without_times(second.out));
    CHECK(record["schema_version"] == 1);
    CHECK(record["checks"].size() == 59);
    for (const json& check : record["checks"]) {
      CAPTURE(check["id"].get<std::string>());
      if (check["outcome"] != "not_applicable") {
        const double sum = check["earned"].get<double>() + check["lost"].get<double>()
                           + check["undetermined"].get<double>();
        CHECK(std::abs(sum - check["points"].get<double>()) < 1e-9);
      }
    }
    CHECK(record["score"]["low"] <= record["score"]["point"]);
    CHECK(record["score"]["point"] <= record["score"]["high"]);
  }
}

TEST_CASE("every line of evidence says what the file says there")
{
  for (const std::string& name : samples()) {
    const TemporaryFolder home;
    const fs::path folder = fs::path(ASSAY_SOURCE_DIR) / "samples" / name / "repo";
    const CommandResult result =
      grader(home, {"grade", folder.string(), "--format", "json", "--no-store"});
    REQUIRE(result.code == 0);
    for (const json& check : json::parse(result.out)["checks"]) {
      for (const json& evidence : check["evidence"]) {
        const int line = evidence["line"].get<int>();
        if (line == 0) {
          continue;
        }
        std::ifstream file(folder / evidence["path"].get<std::string>());
        std::string text;
        for (int i = 0; i < line; ++i) {
          std::getline(file, text);
        }
        CAPTURE(name, check["id"].get<std::string>(), evidence.dump());
        CHECK(text.find(evidence["text"].get<std::string>()) != std::string::npos);
      }
    }
  }
}

TEST_CASE("results are kept and shown again")
{
  const TemporaryFolder home;
  const std::string folder =
    (fs::path(ASSAY_SOURCE_DIR) / "samples" / "select-joined" / "repo").string();
  REQUIRE(grader(home, {"grade", folder}).code == 0);
  const CommandResult list = grader(home, {"list", "--width", "200"});
  CHECK(list.code == 0);
  CHECK(list.out.find("select-joined") != std::string::npos);
  const CommandResult show = grader(home, {"show", "1", "--format", "json"});
  CHECK(show.code == 0);
  CHECK(json::parse(show.out)["submission"]["commit"].is_null());
  CHECK(grader(home, {"show", "99"}).code == 3);
}

TEST_CASE("exit codes are those of the manual")
{
  const TemporaryFolder home;
  const std::string folder =
    (fs::path(ASSAY_SOURCE_DIR) / "samples" / "classic-single-file" / "repo").string();
  CHECK(grader(home, {"grade", folder, "--no-store"}).code == 0);
  CHECK(grader(home, {"grade", folder, "--no-store", "--fail-under", "99.95"}).code == 1);
  CHECK(grader(home, {"grade", folder, "--no-store", "--strict"}).code == 4);
  CHECK(grader(home, {"grade", folder, "--db", home.path().string()}).code == 5);
  CHECK(grader(home, {"grade"}).code == 2);
  CHECK(grader(home, {"grade", folder, "--rubric", "no-such-rubric"}).code == 2);
  CHECK(grader(home, {"grade", folder, "--before", "yesterday"}).code == 2);
  CHECK(grader(home, {"grade", folder, "--map", "user=Nobody"}).code == 3);
  CHECK(grader(home, {"grade", (home.path() / "nowhere").string()}).code == 3);
  CHECK(grader(home, {"grade", "https://127.0.0.1:9/none.git", "--timeout", "10"}).code == 3);
}

TEST_CASE("a submission that is damaged or none could not be obtained")
{
  struct Row {
    const char* damage;
    const char* says;
  };

  const auto row = GENERATE(values<Row>({
    {"find .git/objects -type f -delete", "damaged"},
    {"find .git/objects -type f | while read f; do chmod u+w $f; echo junk >$f; done", "damaged"},
    {"git update-ref -d HEAD", "no commits"},
    {"echo nonsense >.git/HEAD", "no commits"},
    {"rm -r .git && mkdir .git", "not a git repository"},
    {"cd .. && rm -r blog && touch blog", "neither a folder nor a repository"},
  }));
  const TemporaryFolder home;
  GitRepository repository(home.path() / "blog");
  repository.commit_folder(sample_folder("classic-single-file"));
  const std::string folder = (home.path() / "blog").string();
  REQUIRE(run({"sh", "-c", "cd " + folder + " && " + row.damage}).code == 0);
  CAPTURE(row.damage);
  const CommandResult result = grader(home, {"grade", folder, "--no-store"});
  CAPTURE(result.err);
  CHECK(result.code == 3);
  CHECK(result.out.empty());
  CHECK(result.err.find(row.says) != std::string::npos);
  CHECK(std::ranges::count(result.err, '\n') == 1);
}

TEST_CASE("a mistyped command gets a suggestion, in one line")
{
  const TemporaryFolder home;
  const CommandResult result = grader(home, {"grad", "x"});
  CHECK(result.code == 2);
  CHECK(result.out.empty());
  CHECK(result.err.find("did you mean \"grade\"?") != std::string::npos);
  CHECK(std::ranges::count(result.err, '\n') == 1);
}

TEST_CASE("a submission without SQLAlchemy gets a low score and a sentence that says why")
{
  struct Row {
    const char* name;
    std::vector<std::pair<std::string, std::string>> files;
    const char* says;
  };

  const std::vector<Row> rows = {
    {"no-python",
     {{"README.md", "# Blog\n"}, {"schema.sql", "CREATE TABLE x (id INTEGER PRIMARY KEY);\n"}},
     "Python"},
    {"django",
     {{"blog/models.py",
       "from django.db import models\n\nclass Post(models.Model):\n    title = "
       "models.CharField(max_length=200)\n"},
      {"manage.py", "import django\n"}},
     "Django"},
    {"raw-sql",
     {{"app.py",
       "import sqlite3\nconn = sqlite3.connect('blog.db')\n"
       "conn.execute('CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT NOT NULL "
       "UNIQUE)')\n"}},
     "SQL"},
  };
  for (const Row& row : rows) {
    const TemporaryFolder home;
    const std::string folder = graded_folder(home, row.name, row.files);
    CAPTURE(row.name);
    const CommandResult json_result =
      grader(home, {"grade", folder, "--format", "json", "--no-store"});
    REQUIRE(json_result.code == 0);
    CHECK(json::parse(json_result.out)["score"]["point"].get<double>() < 25);
    const CommandResult text = grader(home, {"grade", folder, "--no-store"});
    CHECK(text.out.find(row.says) != std::string::npos);
  }
}

TEST_CASE("broken and odd files never keep the rest from being graded")
{
  const TemporaryFolder home;
  const std::string folder = graded_folder(
    home,
    "odd",
    {{"models.py",
      "from sqlalchemy import Column, Integer, String\nfrom sqlalchemy.orm import "
      "declarative_base\nBase = declarative_base()\n"
      "class User(Base):\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n"
      "    email = Column(String(100), unique=True, nullable=False)\n"},
     {"broken.py", "def f(:\n    pass\nclass X(\n"},
     {"latin.py", "name = 'caf\xE9'\n"},
     {"utf16.py",
      std::string("\xFF\xFEx\0=\0"
                  "1\0",
                  8)},
     {"binary.py", std::string("\0\1\2\3", 4)},
     {"empty.py", ""}});
  fs::create_directory_symlink("..", fs::path(folder) / "loop");
  const CommandResult result = grader(home, {"grade", folder, "--format", "json", "--no-store"});
  REQUIRE(result.code == 0);
  const json record = json::parse(result.out);
  CHECK(record["entities"]["user"]["class"] == "models.User");
}

TEST_CASE("every command that the documents name exists")
{
  const TemporaryFolder home;
  int seen = 0;
  std::vector<fs::path> documents = {fs::path(ASSAY_SOURCE_DIR) / "README.md"};
  for (const auto& entry : fs::directory_iterator(fs::path(ASSAY_SOURCE_DIR) / "docs")) {
    if (entry.path().extension() == ".md") {
      documents.push_back(entry.path());
    }
  }
  for (const fs::path& document : documents) {
    const std::string text = read_text(document);
    for (std::size_t at = text.find("`assay "); at != std::string::npos;
         at = text.find("`assay ", at + 1)) {
      std::vector<std::string> words;
      std::string word;
      for (std::size_t i = at + 7; i < text.size() && text[i] != '`'; ++i) {
        if (text[i] == ' ') {
          words.push_back(word);
          word.clear();
        } else {
          word += text[i];
        }
      }
      words.push_back(word);
      std::erase_if(words, [](const std::string& each) {
        return each.empty() || !std::islower(static_cast<unsigned char>(each[0]));
      });
      words.emplace_back("--help");
      CAPTURE(document, at);
      CHECK(grader(home, words).code == 0);
      ++seen;
    }
  }
  CHECK(seen >= 7);
}

TEST_CASE("an installed copy finds its rubrics and runs submissions as the built one does")
{
  const TemporaryFolder home;
  const std::string prefix = (home.path() / "prefix").string();
  REQUIRE(run({"cmake", "--install", ASSAY_BUILD_DIR, "--prefix", prefix}).code == 0);
  const CommandResult result =
    run({prefix + "/bin/assay", "rubric", "check", "sqlalchemy-blog"}, "cd / &&");
  CHECK(result.code == 0);
  CHECK(result.out.starts_with("ok: sqlalchemy-blog"));

  const auto graded = [&](const std::string& assay) {
    const CommandResult run_of = run(
      {assay, "grade", sample_folder("select-joined").string(), "--no-store", "--format", "json"},
      "cd / && " + at_home(home));
    CAPTURE(run_of.err);
    REQUIRE(run_of.code == 0);
    const json record = json::parse(run_of.out);
    return json{record["environment"], record["score"], record["checks"]};
  };
  CHECK(graded(prefix + "/bin/assay") == graded(k_assay));
}
