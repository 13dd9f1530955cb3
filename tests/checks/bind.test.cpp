// SPDX-License-Identifier: MIT
#include "engine/checks/bind.hpp"

#include "tests/checks/sample_kinds.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

using namespace assay;

namespace {

namespace fs = std::filesystem;

const fs::path k_broken = fs::path(ASSAY_SOURCE_DIR) / "tests/checks/bind/broken";

std::string text_of(const fs::path& path)
{
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

TEST_CASE("a rubric that does not fit its kinds is refused with the place and the reason")
{
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(k_broken)) {
    if (entry.path().extension() == ".yaml") {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  REQUIRE(paths.size() >= 20);
  for (const fs::path& path : paths) {
    DYNAMIC_SECTION(path.stem().string())
    {
      const auto rubric = rubric::parse_rubric(text_of(path), path.filename().string());
      if (!rubric) {
        FAIL("the fault must be the kind's to find: " + rubric.error().message);
      }
      checks::Binding binding = checks::bind_against(*rubric, test::sample_kinds());
      const Error error = to_error(rubric->path, std::move(binding.issues));
      fs::path expected = path;
      CHECK(error.message + "\n" == text_of(expected.replace_extension(".txt")));
    }
  }
}

TEST_CASE("parameters arrive as written, the others with their fallback")
{
  const checks::BoundRubric bound = test::bound(test::sample_rubric());
  const checks::Params& one = bound.checks[0].params;
  CHECK(one.text("colour") == "red");
  CHECK(one.number("size") == 2.5);
  CHECK(one.flag("loud"));
  CHECK(one.list("columns") == std::vector<std::string>{"book.name", "author.name"});
  const checks::Params& two = bound.checks[1].params;
  CHECK(two.text("colour") == "green");
  CHECK(two.number("size") == 1.5);
  CHECK_FALSE(two.flag("loud"));
  CHECK(two.list("colours") == std::vector<std::string>{"red", "blue"});
  CHECK(two.list("paths").empty());
}

TEST_CASE("an optional parameter without value or fallback is not there")
{
  const checks::BoundRubric bound = test::bound(test::sample_rubric());
  CHECK(bound.checks[0].params.has("relation"));
  CHECK_FALSE(bound.checks[1].params.has("relation"));
  CHECK_FALSE(bound.checks[1].params.has("columns"));
}

TEST_CASE("a level has the rubric's credit, or else the kind's")
{
  const checks::BoundRubric bound = test::bound(test::sample_rubric());
  CHECK(bound.checks[0].params.credit("half") == 0.6);
  CHECK(bound.checks[0].params.credit("tenth") == 0.1);
  CHECK(bound.checks[1].params.credit("half") == 0.5);
}

TEST_CASE("asking for what a kind does not declare is a bug")
{
  const checks::BoundRubric bound = test::bound(test::sample_rubric());
  const checks::Params& params = bound.checks[0].params;
  CHECK_THROWS_AS(params.text("colr"), std::logic_error);
  CHECK_THROWS_AS(params.credit("hlf"), std::logic_error);
  CHECK_THROWS_AS(params.number("colour"), std::logic_error);
}

TEST_CASE("a path may go on by the id of a relation")
{
  Rubric rubric = test::sample_rubric();
  for (auto& [key, value] : rubric.checks[0].params.fields) {
    if (key == "paths") {
      value.items[0].text = "author.written";
    }
  }
  CHECK(test::bound(rubric).checks[0].params.list("paths")
        == std::vector<std::string>{"author.book"});
}

TEST_CASE("a check is about the entities that its parameters name, directly or through others")
{
  const checks::BoundRubric bound = test::bound(test::sample_rubric());
  CHECK(bound.checks[0].roles == std::vector<std::string>{"author", "book"});
  CHECK(bound.checks[1].roles == std::vector<std::string>{"author"});
  CHECK(bound.checks[2].roles == std::vector<std::string>{"book"});
  CHECK(bound.checks[4].queries == std::vector<std::string>{"by_author", "fast"});
  CHECK(bound.checks[0].queries.empty());
}
