// SPDX-License-Identifier: MIT
#include "engine/batch/manifest.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/temporary_folder.hpp"

#include <string>
#include <vector>

using namespace assay;
using namespace assay::batch;

namespace {

Manifest manifest_of(std::string_view text)
{
  return read_manifest(text, "/lists", "default-rubric").value();
}

std::vector<std::string> issues_of(const Manifest& manifest)
{
  std::vector<std::string> lines;
  for (const ManifestIssue& issue : manifest.issues) {
    lines.push_back(describe(issue, "m.csv"));
  }
  return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("Columns are found in any order and spelling, and unknown ones are kept")
{
  const Manifest manifest = manifest_of(
    "\xef\xbb\xbfTeam,URL,Candidate ID,E-mail,name,Branch,deadline,rubric,tags,Score last year\n"
    "red, https://example.org/ana/blog ,ana,ana@example.org,\"Ana, M.\",dev,2026-11-22,"
    "my/rubric.yaml,senior; remote;,=2+2\n");
  CHECK(issues_of(manifest).empty());
  REQUIRE(manifest.entries.size() == 1);
  const BatchEntry& entry = manifest.entries.front();
  CHECK(entry.row == 2);
  CHECK(entry.candidate == "ana");
  CHECK(entry.name == "Ana, M.");
  CHECK(entry.email == "ana@example.org");
  CHECK(entry.repository == "https://example.org/ana/blog");
  CHECK(entry.ref == "dev");
  CHECK(to_iso8601(entry.deadline.value()) == "2026-11-22T23:59:59Z");
  CHECK(entry.rubric == "/lists/my/rubric.yaml");
  CHECK(entry.tags == Lines{"senior", "remote"});
  CHECK(entry.extra
        == std::vector<std::pair<std::string, std::string>>{{"Team", "red"},
                                                            {"Score last year", "=2+2"}});
  CHECK(manifest.columns == Lines{"Team", "Score last year"});
}

TEST_CASE("A row needs nothing but a repository")
{
  const Manifest manifest = manifest_of("repository\ninbox/blog\n/abs/blog\n");
  REQUIRE(manifest.entries.size() == 2);
  CHECK(manifest.entries[0].repository == "/lists/inbox/blog");
  CHECK(manifest.entries[0].candidate == "/lists/inbox/blog");
  CHECK(manifest.entries[0].rubric == "default-rubric");
  CHECK(manifest.entries[1].repository == "/abs/blog");
}

TEST_CASE("JSON lines say the same as a table")
{
  const Manifest manifest = manifest_of(
    "{\"repository\": \"https://example.org/a/b\", \"tags\": [\"x\", \"y\"], \"age\": 41}\n"
    "\n{\"candidate\": \"none\"}\nnot json\n[1]\n{\"repository\": {\"url\": 1}}\n");
  REQUIRE(manifest.entries.size() == 1);
  CHECK(manifest.entries[0].tags == Lines{"x", "y"});
  CHECK(manifest.entries[0].extra
        == std::vector<std::pair<std::string, std::string>>{{"age", "41"}});
  const Lines issues = issues_of(manifest);
  REQUIRE(issues.size() == 4);
  CHECK(issues[0] == "m.csv: row 2 (line 3), column \"repository\": is empty");
  CHECK(issues[1].starts_with("m.csv: row 3 (line 4): "));
  CHECK(issues[2] == "m.csv: row 4 (line 5): is not a JSON record");
  CHECK(issues[3]
        == "m.csv: row 5 (line 6): column \"repository\": is neither text, a number nor a list of "
           "these");
}

TEST_CASE("A bad row is named with its column and stops no other")
{
  const Manifest manifest = manifest_of("candidate,repository,deadline\n"
                                        "a,,\n"
                                        "b,https://user:secret@example.org/x/y,\n"
                                        "c,https://example.org/c/c,tomorrow\n"
                                        "d,https://example.org/d/d,,more\n"
                                        "e,https://example.org/e/e\n"
                                        "e,https://example.org/e/e,\n"
                                        "f\x01,https://example.org/f/f,\n");
  REQUIRE(manifest.entries.size() == 1);
  CHECK(manifest.entries[0].candidate == "e");
  const Lines issues = issues_of(manifest);
  REQUIRE(issues.size() == 6);
  CHECK(issues[0] == "m.csv: row 2, column \"repository\": is empty");
  CHECK(issues[1].starts_with("m.csv: row 3, column \"repository\": "));
  CHECK(issues[1].find("secret@") == std::string::npos);
  CHECK(issues[2].starts_with("m.csv: row 4, column \"deadline\": "));
  CHECK(issues[3] == "m.csv: row 5: has 4 cells, the heading has 3");
  CHECK(issues[4] == "m.csv: row 7: asks for the same as row 6");
  CHECK(issues[5] == "m.csv: row 8, column \"candidate\": holds a control character");
}

TEST_CASE("What a spreadsheet of another country saves is read")
{
  const Manifest manifest = manifest_of("name;repository\nJos\xe9;https://example.org/j/j\n");
  REQUIRE(manifest.entries.size() == 1);
  CHECK(manifest.entries[0].name == "Jos\xc3\xa9");
}

TEST_CASE("A file that is no manifest is refused with what it lacks")
{
  struct Row {
    std::string text;
    const char* message;
  };

  const auto row = GENERATE(values<Row>({
    {"", "has no heading"},
    {"name,mail\nx,y\n", "the heading has no column \"repository\" (it has \"name\", \"mail\")"},
    {std::string("\xff\xfer\0e\0", 6), "is UTF-16; save it as CSV with UTF-8"},
  }));
  const auto manifest = read_manifest(row.text, "/lists", "r");
  REQUIRE_FALSE(manifest);
  CHECK(manifest.error().message == row.message);
}

TEST_CASE("A manifest that is not there is named")
{
  const test::TemporaryFolder folder;
  const auto missing = load_manifest(folder / "none.csv", "r");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::not_found);
  CHECK(missing.error().message.ends_with("none.csv: there is no such file"));
}
