// SPDX-License-Identifier: MIT
#include "engine/facts/extract.hpp"
#include "tests/facts/migration_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace assay::facts {

namespace {

std::vector<std::filesystem::path> migration_cases()
{
  std::vector<std::filesystem::path> found;
  for (const auto& entry :
       std::filesystem::directory_iterator(ASSAY_SOURCE_DIR "/tests/facts/migration")) {
    if (entry.path().extension() == ".txt") {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

std::string read_file(const std::filesystem::path& path)
{
  std::ifstream in(path, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

std::vector<std::string> lines_of(const RepositoryCase& repository)
{
  Program program(repository.snapshot);
  const EnvironmentFacts environment;
  const SchemaFacts schema = read_schema(program, environment);
  return migration_lines(read_migration(program, environment, schema));
}

} // namespace

TEST_CASE("Migrations are read as an expert reads them")
{
  const auto all = migration_cases();
  REQUIRE(all.size() >= 40);
  for (const auto& path : all) {
    DYNAMIC_SECTION(path.stem().string())
    {
      const RepositoryCase repository = parse_case(read_file(path));
      REQUIRE_FALSE(repository.expected.empty());
      const auto lines = lines_of(repository);
      for (const std::string& expected : repository.expected) {
        INFO(join(lines, "\n"));
        INFO("expected: " << expected);
        CHECK(meets(lines, expected));
      }
    }
  }
}

} // namespace assay::facts
