// SPDX-License-Identifier: MIT
// Every folder of tests/facts/schema is a small submission; its expected.txt says what an expert
// reads in it.
#include "engine/facts/extract.hpp"
#include "tests/facts/schema_dump.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <filesystem>

namespace assay::facts {

namespace {

namespace fs = std::filesystem;

std::vector<fs::path> schema_cases()
{
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(ASSAY_SOURCE_DIR "/tests/facts/schema")) {
    if (entry.is_directory()) {
      found.push_back(entry.path());
    }
  }
  std::ranges::sort(found);
  return found;
}

} // namespace

TEST_CASE("Models are read as an expert reads them")
{
  const auto all = schema_cases();
  REQUIRE(all.size() >= 40);
  for (const fs::path& folder : all) {
    DYNAMIC_SECTION(folder.filename().string())
    {
      const Snapshot snapshot = test::folder_snapshot(folder);
      Program program(snapshot);
      const SchemaFacts facts = read_schema(program, read_environment(program));
      CHECK(testing::dump(facts) == test::read_text(folder / "expected.txt"));
    }
  }
}

TEST_CASE("Every table, column and relationship says where it is written")
{
  for (const fs::path& folder : schema_cases()) {
    CAPTURE(folder.filename().string());
    const Snapshot snapshot = test::folder_snapshot(folder);
    Program program(snapshot);
    const SchemaFacts facts = read_schema(program, read_environment(program));
    const auto placed = [&](const Location& where) {
      return snapshot.files.contains(where.path) && where.line > 0;
    };
    for (const Table& table : facts.tables) {
      CAPTURE(table.name);
      CHECK(placed(table.where));
      for (const Column& column : table.columns) {
        CAPTURE(column.name);
        CHECK(placed(column.where));
      }
    }
    for (const Relationship& relationship : facts.relationships) {
      CAPTURE(relationship.name);
      CHECK(placed(relationship.where));
    }
  }
}

TEST_CASE("A table that a helper makes is written where the helper is called")
{
  const Snapshot snapshot =
    test::folder_snapshot(fs::path(ASSAY_SOURCE_DIR) / "tests/facts/schema/table_helper");
  Program program(snapshot);
  const SchemaFacts facts = read_schema(program, read_environment(program));
  REQUIRE(facts.tables.size() == 2);
  CHECK(facts.tables[0].where.path == "web/db/model.py");
  CHECK(facts.tables[0].where.text == "people = tools.Table(");
  CHECK(facts.tables[1].where.text == "visits = tools.Table(");
}

} // namespace assay::facts
