// SPDX-License-Identifier: MIT
// Each folder of tests/facts/queries is a small submission: its Python files, and in expected.txt
// what must be read from them (query_dump.hpp says how it is written). models.py of the parent
// folder is added where a case has none.
#include "engine/facts/extract.hpp"
#include "engine/facts/queries/labels.hpp"
#include "tests/facts/query_dump.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <filesystem>

namespace {

namespace fs = std::filesystem;

const fs::path k_cases = fs::path(ASSAY_SOURCE_DIR) / "tests/facts/queries";

assay::Snapshot snapshot_of(const fs::path& folder)
{
  assay::Snapshot snapshot = assay::test::folder_snapshot(folder);
  if (!snapshot.files.contains("models.py")) {
    assay::test::add_file(snapshot, "models.py", assay::test::read_text(k_cases / "models.py"));
  }
  return snapshot;
}

std::vector<std::string> query_cases()
{
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(k_cases)) {
    if (entry.is_directory()) {
      names.push_back(entry.path().filename().string());
    }
  }
  std::ranges::sort(names);
  return names;
}

assay::QueryFacts read_queries_of(const assay::Snapshot& snapshot)
{
  assay::facts::Program program(snapshot);
  const assay::SchemaFacts schema = assay::facts::read_schema(program, assay::EnvironmentFacts{});
  return assay::facts::read_queries(program, schema);
}

} // namespace

TEST_CASE("Queries are read as each case expects")
{
  for (const std::string& name : query_cases()) {
    DYNAMIC_SECTION(name)
    {
      const assay::Snapshot snapshot = snapshot_of(k_cases / name);
      CHECK(query_dump::dump(read_queries_of(snapshot))
            == assay::test::read_text(k_cases / name / "expected.txt"));
    }
  }
}

TEST_CASE("There are at least forty cases of queries")
{
  CHECK(query_cases().size() >= 40);
}

TEST_CASE("What was not understood is named")
{
  const assay::Snapshot snapshot = snapshot_of(k_cases / "not_understood");
  for (const assay::Callable& callable : read_queries_of(snapshot).callables) {
    CAPTURE(callable.ref);
    CHECK(callable.complete == assay::Truth::no);
    REQUIRE_FALSE(callable.gaps.empty());
    CHECK(callable.gaps.front().size() > 20);
  }
}

TEST_CASE("Evidence of a query stands where the candidate wrote it")
{
  const assay::Snapshot snapshot = snapshot_of(k_cases / "select_selectin");
  const assay::QueryFacts facts = read_queries_of(snapshot);
  REQUIRE(facts.callables.size() == 2);
  const assay::Callable& callable = facts.callables.front();
  CHECK(callable.where.path == "queries.py");
  CHECK(callable.where.text == "def posts_by_user(session: Session, user_id: int) -> list[Post]:");
  REQUIRE(callable.statements.size() == 1);
  CHECK(callable.statements.front().where.text == "select(Post)");
  CHECK(callable.statements.front().filters.front().text == "Post.author_id == user_id");
  CHECK(callable.return_annotation == "list[Post]");
  CHECK(callable.docstring == "Posts of a user with their comments.");
  CHECK(callable.returns_class == "models.Post");
}

TEST_CASE("Style tells which API is used and how query functions are written")
{
  const auto style_of = [](const std::string& name) {
    const assay::Snapshot snapshot = snapshot_of(k_cases / name);
    assay::facts::Program program(snapshot);
    const assay::SchemaFacts schema = assay::facts::read_schema(program, assay::EnvironmentFacts{});
    return assay::facts::read_style(program, assay::facts::read_queries(program, schema));
  };
  const assay::StyleFacts modern = style_of("select_selectin");
  CHECK(modern.uses_select);
  CHECK_FALSE(modern.uses_legacy_query);
  CHECK(modern.query_functions == 2);
  CHECK(modern.typed_query_functions == 1);
  CHECK(modern.documented_query_functions == 1);
  const assay::StyleFacts legacy = style_of("query_joined");
  CHECK(legacy.uses_legacy_query);
  CHECK_FALSE(legacy.uses_select);
  CHECK(legacy.typed_query_functions == 0);
}

TEST_CASE("A label in the negative praises")
{
  struct Row {
    std::string name;
    std::string docstring;
    bool bad;
  };

  const auto row = GENERATE(values<Row>({
    {"bad_posts", "", true},
    {"get_posts_naive", "", true},
    {"posts_n_plus_1", "", true},
    {"nPlusOneProblem", "", true},
    {"posts_no_eager", "", true},
    {"consulta_ingenua", "", true},
    {"consulta_ruim", "", true},
    {"posts_con_n_mas_1", "", true},
    {"posts", "Bad example: one query for each post.", true},
    {"posts", "Anti-pattern, shown for comparison.", true},
    {"posts", "Ejemplo malo.", true},
    {"posts", "Exemplo ruim.", true},
    {"no_n_plus_one", "", false},
    {"fix_n_plus_one", "", false},
    {"n_plus_one_free_posts", "", false},
    {"posts_not_lazy", "", false},
    {"posts_sem_n_mais_um", "", false},
    {"badge_counts", "", false},
    {"normal_posts", "", false},
    {"posts", "Loads comments eagerly, which avoids the N+1 problem.", false},
    {"posts", "Lazy relationships are loaded by selectinload.", false},
    {"posts", "Without eager loading this would be slow.", false},
    {"posts", "Uses selectinload instead of the naive approach.", false},
    {"posts", "", false},
  }));
  CAPTURE(row.name, row.docstring);
  CHECK(assay::facts::queries::bad_example_label(row.name, row.docstring, {}).empty() != row.bad);
}
