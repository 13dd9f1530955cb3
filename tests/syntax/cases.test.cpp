// SPDX-License-Identifier: MIT
// tests/syntax/cases/<name>.py beside its outline <name>.txt; a new pair of files is a new test.
#include "tests/support/catch.hpp"
#include "tests/syntax/outline.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace fs = std::filesystem;

namespace {

std::string read(const fs::path& path)
{
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

std::set<fs::path> cases()
{
  std::set<fs::path> out;
  for (const auto& entry : fs::directory_iterator{ASSAY_SOURCE_DIR "/tests/syntax/cases"}) {
    if (entry.path().extension() == ".py") {
      out.insert(entry.path());
    }
  }
  return out;
}

} // namespace

TEST_CASE("every case has the outline written beside it", "[syntax]")
{
  const auto found = cases();
  REQUIRE(found.size() >= 40);
  for (const auto& path : found) {
    INFO(path.stem().string());
    auto expected = path;
    expected.replace_extension(".txt");
    CHECK(assay::tests::outline(assay::syntax::parse(read(path))) == read(expected));
  }
}

TEST_CASE("errors leave no trace outside the statement they are in", "[syntax]")
{
  const auto good = read(ASSAY_SOURCE_DIR "/tests/syntax/cases/classes.py");
  const auto expected = read(ASSAY_SOURCE_DIR "/tests/syntax/cases/classes.txt");
  const auto* const bad = GENERATE("x = = 1\n",
                                   "x = (\n",
                                   "def f(a\n",
                                   "class Y(:\n",
                                   "x = 'open\n",
                                   ")\n",
                                   "if\n",
                                   "@\nx = 1\n",
                                   "x = {1: [2)}\n");
  INFO(bad);
  const auto before = assay::tests::outline(assay::syntax::parse(bad + good));
  const auto after = assay::tests::outline(assay::syntax::parse(good + bad));
  CHECK(before.find(expected) != std::string::npos);
  CHECK(after.substr(0, expected.size()) == expected);
}
