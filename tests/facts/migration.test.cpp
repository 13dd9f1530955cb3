// SPDX-License-Identifier: MIT
#include "engine/facts/extract.hpp"
#include "tests/facts/migration_text.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

std::vector<std::string> read_lines(const RepositoryCase& repository)
{
  Program program(repository.snapshot);
  const EnvironmentFacts environment;
  const SchemaFacts schema = read_schema(program, environment);
  return migration_lines(read_migration(program, environment, schema));
}

} // namespace

TEST_CASE("Migrations are read as an expert reads them")
{
  const auto all = test::case_paths(ASSAY_SOURCE_DIR "/tests/facts/migration");
  REQUIRE(all.size() >= 40);
  for (const auto& path : all) {
    DYNAMIC_SECTION(path.stem().string())
    {
      const RepositoryCase repository = read_repository(path);
      REQUIRE_FALSE(repository.expected.empty());
      const auto lines = read_lines(repository);
      for (const std::string& expected : repository.expected) {
        INFO(join(lines, "\n"));
        INFO("expected: " << expected);
        CHECK(meets(lines, expected));
      }
    }
  }
}

} // namespace assay::facts
