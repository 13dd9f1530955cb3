// SPDX-License-Identifier: MIT
// Every file in broken/ is a rubric that must be refused with exactly the lines of the .txt beside
// it.
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path k_folder = fs::path(ASSAY_SOURCE_DIR) / "tests/rubric/broken";

std::string text_of(const fs::path& path)
{
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> broken_rubrics()
{
  std::vector<fs::path> paths;
  for (const fs::directory_entry& entry : fs::directory_iterator(k_folder)) {
    if (entry.path().extension() == ".yaml") {
      paths.push_back(entry.path());
    }
  }
  std::ranges::sort(paths);
  return paths;
}

} // namespace

TEST_CASE("a broken rubric is refused with the place and the reason of every fault")
{
  const std::vector<fs::path> paths = broken_rubrics();
  REQUIRE(paths.size() >= 40);
  for (const fs::path& path : paths) {
    DYNAMIC_SECTION(path.stem().string())
    {
      const std::string name = path.filename().string();
      const auto rubric = assay::rubric::parse_rubric(text_of(path), name);
      REQUIRE_FALSE(rubric.has_value());
      CHECK(rubric.error().code == assay::ErrorCode::invalid_input);
      fs::path expected = path;
      CHECK(rubric.error().message + "\n" == text_of(expected.replace_extension(".txt")));
    }
  }
}
