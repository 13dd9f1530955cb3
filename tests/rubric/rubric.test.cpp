// SPDX-License-Identifier: MIT
#include "engine/rubric/rubric.hpp"

#include "engine/base/digest.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

using assay::Cardinality;
using assay::ErrorCode;
using assay::Points;
using assay::Rubric;

namespace {

namespace fs = std::filesystem;

const fs::path k_tests = fs::path(ASSAY_SOURCE_DIR) / "tests/rubric";

std::string tiny_text()
{
  std::ifstream file(k_tests / "tiny.yaml", std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Rubric tiny()
{
  auto rubric = assay::rubric::parse_rubric(tiny_text(), "tiny.yaml");
  REQUIRE(rubric.has_value());
  return *rubric;
}

std::string repeated(const std::string& text, std::size_t times)
{
  std::string result;
  result.reserve(text.size() * times);
  for (std::size_t i = 0; i < times; ++i) {
    result += text;
  }
  return result;
}

/// A folder that is gone when the test is over.
class TemporaryFolder {
public:
  TemporaryFolder()
    : path_(fs::temp_directory_path() / ("assay-rubric-test-" + std::to_string(::getpid())))
  {
    fs::create_directories(path_);
  }

  ~TemporaryFolder() { fs::remove_all(path_); }

  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  [[nodiscard]] const fs::path& path() const { return path_; }

private:
  fs::path path_;
};

void write(const fs::path& path, const std::string& text)
{
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

} // namespace

TEST_CASE("a rubric is read with everything it declares")
{
  const Rubric rubric = tiny();
  CHECK(rubric.id == "tiny");
  CHECK(rubric.version == "1");
  REQUIRE(rubric.entities.size() == 2);
  CHECK(rubric.entities[0].names == std::vector<std::vector<std::string>>{{"book"}, {"volume"}});
  CHECK(rubric.entities[0].columns.front().families == std::vector<std::string>{"string"});
  CHECK(rubric.relations.front().cardinality == Cardinality::many_to_one);
  CHECK(rubric.queries.front().paths == std::vector<std::vector<std::string>>{{"author", "book"}});
  REQUIRE(rubric.checks.size() == 3);
  CHECK(rubric.checks[1].points == Points{60'00});
  CHECK(rubric.checks[1].partial.at("nullable") == 0.7);
  CHECK(rubric.checks[1].topics == std::vector<std::string>{"keys"});
  CHECK(rubric.gates.front().cap == "weak");
  CHECK(rubric.flag_weights.at("forged_output") == "cheat");
}

TEST_CASE("a flat list of names has its first name as the canonical one")
{
  CHECK(tiny().entities[1].names == std::vector<std::vector<std::string>>{{"author"}, {"writer"}});
}

TEST_CASE("a check without a category belongs to the one its id starts with")
{
  CHECK(tiny().checks[0].category == "models");
  CHECK(tiny().checks[2].category == "queries");
}

TEST_CASE("the static cap of a check is that of its category")
{
  CHECK(tiny().checks[0].static_cap == 1.0);
  CHECK(tiny().checks[2].static_cap == 0.7);
}

TEST_CASE("what a check has beyond the common keys is kept for its kind with its place")
{
  const Rubric rubric = tiny();
  REQUIRE(rubric.checks[0].params.fields.size() == 1);
  const auto& [key, value] = rubric.checks[0].params.fields.front();
  CHECK(key == "entities");
  CHECK(value.kind == assay::ParamValue::Kind::list);
  CHECK(value.items.front().text == "book");
  CHECK(value.key_position.line == 15);
  CHECK(value.key_position.column == 58);
}

TEST_CASE("bands are ordered from the best to the worst")
{
  std::string text = tiny_text();
  text.replace(text.find("{good: 60, weak: 0}"), 19, "{weak: 0, good: 60, best: 90}");
  const auto rubric = assay::rubric::parse_rubric(text, "tiny.yaml");
  REQUIRE(rubric.has_value());
  CHECK(rubric->bands.front().id == "best");
  CHECK(rubric->bands.back().id == "weak");
}

TEST_CASE("the digest is that of the file's bytes, whatever its path")
{
  CHECK(tiny().digest == assay::sha256(tiny_text()));
  CHECK(assay::rubric::parse_rubric(tiny_text() + "# more\n", "tiny.yaml")->digest
        != tiny().digest);
}

TEST_CASE("points that are no binary fraction stay exact")
{
  std::string text = tiny_text();
  text.replace(text.find("points: 40"), 10, "points: 0.1");
  text.replace(text.find("points: 60"), 10, "points: 99.9");
  const auto rubric = assay::rubric::parse_rubric(text, "tiny.yaml");
  REQUIRE(rubric.has_value());
  CHECK(rubric->checks[0].points == Points{10});
  CHECK(rubric->checks[1].points == Points{99'90});
}

TEST_CASE("hostile documents are refused without exhausting anything")
{
  struct Row {
    std::string what;
    std::string text;
    std::string reason;
  };

  const auto row = GENERATE(values<Row>({
    {"more than a mebibyte", repeated("# a\n", 262'145), "larger than 1048576 bytes"},
    {"too many values", "a: [" + repeated("1,", 60'000) + "1]\n", "more than 50000 values"},
    {"deep flow lists", repeated("[", 100'000), "nested deeper than 24"},
    {"deep flow maps", repeated("{a: ", 100'000), "nested deeper than 24"},
    {"deep block lists", repeated("- ", 100'000) + "x\n", "nested deeper than 24"},
    {"deep explicit keys", repeated("? ", 100'000) + "x\n", "nested deeper than 24"},
    {"many anchors", repeated("- &a x\n", 10'000), "anchors are not allowed"},
    {"an endless scalar", "a: \"" + std::string(1'000'000, 'x'), "not valid YAML"},
  }));
  CAPTURE(row.what);
  const auto rubric = assay::rubric::parse_rubric(row.text, "hostile.yaml");
  REQUIRE_FALSE(rubric.has_value());
  CHECK_THAT(rubric.error().message, Catch::Contains(row.reason));
}

TEST_CASE("a rubric with thousands of faults reports the first hundred and counts the rest")
{
  std::string many = tiny_text();
  for (int i = 0; i < 1'000; ++i) {
    many += "unknown" + std::to_string(i) + ": 1\n";
  }
  const assay::rubric::Reading thousand = assay::rubric::read_rubric(many, "many.yaml");
  REQUIRE(thousand.issues.size() == 101);
  CHECK(thousand.issues.back().message == "and 900 more");
}

TEST_CASE("loading says why a file cannot be had")
{
  const TemporaryFolder folder;
  CHECK(assay::rubric::load_rubric(folder.path() / "none.yaml").error().code
        == ErrorCode::not_found);
  CHECK(assay::rubric::load_rubric(folder.path()).error().code == ErrorCode::invalid_input);
  write(folder.path() / "large.yaml", std::string(1'048'577, '#'));
  CHECK(assay::rubric::load_rubric(folder.path() / "large.yaml").error().code
        == ErrorCode::limit_exceeded);
  write(folder.path() / "tiny.yaml", tiny_text());
  CHECK(assay::rubric::load_rubric(folder.path() / "tiny.yaml").has_value());
}

TEST_CASE("a rubric is found by path, installed or in the source tree")
{
  const TemporaryFolder folder;
  const fs::path& root = folder.path();
  write(root / "prefix/share/assay/rubrics/tiny/rubric.yaml", tiny_text());
  write(root / "source/rubrics/other/rubric.yaml", tiny_text());
  fs::create_directories(root / "prefix/bin");
  fs::create_directories(root / "source/build/dev/engine/cli");

  SECTION("the id of an installed rubric")
  {
    const auto found = assay::rubric::find_rubric("tiny", root / "prefix/bin");
    REQUIRE(found.has_value());
    CHECK(*found == root / "prefix/share/assay/rubrics/tiny/rubric.yaml");
  }
  SECTION("the id of a rubric in the source tree above the build")
  {
    const auto found = assay::rubric::find_rubric("other", root / "source/build/dev/engine/cli");
    REQUIRE(found.has_value());
    CHECK(*found == root / "source/rubrics/other/rubric.yaml");
  }
  SECTION("a path to a file or to its folder")
  {
    const fs::path rubric = root / "source/rubrics/other/rubric.yaml";
    CHECK(*assay::rubric::find_rubric(rubric.string(), "/") == rubric);
    CHECK(*assay::rubric::find_rubric(rubric.parent_path().string(), "/") == rubric);
  }
  SECTION("an unknown id names the nearest one")
  {
    const auto found = assay::rubric::find_rubric("tinny", root / "prefix/bin");
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().code == ErrorCode::not_found);
    CHECK(found.error().message == "no rubric \"tinny\" (did you mean \"tiny\"?)");
  }
  SECTION("a path that leads nowhere")
  {
    CHECK(assay::rubric::find_rubric("missing.yaml", root).error().code == ErrorCode::not_found);
  }
}

TEST_CASE("an id cannot lead out of the folder of rubrics")
{
  const TemporaryFolder folder;
  write(folder.path() / "prefix/share/assay/rubric.yaml", tiny_text());
  fs::create_directories(folder.path() / "prefix/share/assay/rubrics");
  CHECK_FALSE(assay::rubric::find_rubric("..", folder.path() / "prefix/bin").has_value());
}

TEST_CASE("the blog rubric is sound and has the catalogue's 59 checks")
{
  const auto rubric =
    assay::rubric::load_rubric(fs::path(ASSAY_SOURCE_DIR) / "rubrics/sqlalchemy-blog/rubric.yaml");
  if (!rubric) {
    FAIL(rubric.error().message);
  }
  CHECK(rubric->checks.size() == 59);
  CHECK(rubric->entities.size() == 4);
  CHECK(rubric->gates.size() == 4);
  for (const assay::CheckSpec& check : rubric->checks) {
    CAPTURE(check.id);
    CHECK_FALSE(check.title.empty());
    CHECK_FALSE(check.advice.empty());
  }
}
