// SPDX-License-Identifier: MIT
// Models of every shape: each gets rows for its roles, and each row loads through the ORM. A file
// in tests/probe/seeds/ is a case.
#include "engine/facts/extract.hpp"
#include "engine/facts/merge.hpp"
#include "engine/probe/models.hpp"
#include "engine/probe/query_call.hpp"
#include "engine/probe/seed_database.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <set>

using namespace assay;
using wire::Value;
namespace fs = std::filesystem;

namespace {

/// Loads a row of each role; what went wrong, empty if nothing did.
std::string load_rows(cell::Run& run,
                      const Resolution& roles,
                      const SchemaFacts& schema,
                      const probe::Seeds& seeds)
{
  Value::List items;
  for (const probe::SeedRow& row : seeds.rows) {
    const auto role = roles.entities.find(row.role);
    if (role == roles.entities.end() || items.size() >= 60) {
      continue;
    }
    const auto table = std::ranges::find(schema.tables, row.table, &Table::name);
    Value::List key;
    for (const Column& column : table->columns) {
      if (column.primary_key == Truth::yes) {
        key.push_back(*probe::cell_of(row, column.name));
      }
    }
    items.emplace_back(Value::List{Value(role->second.class_name), Value(std::move(key))});
  }
  const cell::Reply reply =
    run.step("rows", Value(Value::Dict{{"items", Value(std::move(items))}}));
  if (reply.kind != cell::Reply::Kind::value) {
    return "the process ended";
  }
  std::string wrong;
  for (const Value& answer : *reply.value.member("items")->get<Value::List>()) {
    if (const Value* message = answer.member("message"); message != nullptr && wrong.empty()) {
      wrong = *message->get<std::string>();
    }
  }
  return wrong;
}

int count(const probe::Seeds& seeds, std::string_view role, int owner)
{
  return static_cast<int>(std::count_if(
    seeds.rows.begin(),
    seeds.rows.begin() + static_cast<std::ptrdiff_t>(seeds.later),
    [&](const probe::SeedRow& row) { return row.role == role && row.owner == owner; }));
}

} // namespace

TEST_CASE("Every odd model gets rows that its own mappers can load")
{
  const auto installation = probe::find_installation(fs::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  // A model for PostgreSQL runs there by itself; those that any database takes run on both.
  const auto choice = GENERATE(probe::DatabaseChoice::sqlite, probe::DatabaseChoice::postgresql);
  CAPTURE(choice == probe::DatabaseChoice::postgresql);
  probe::SandboxOptions options;
  options.database = choice;
  probe::Sandboxes sandboxes(*installation, "", options);
  const auto sandbox = sandboxes.fit({});
  if (!sandbox) {
    WARN("not run: " << sandbox.error().message);
    return;
  }
  const fs::path source(ASSAY_SOURCE_DIR);
  const Rubric rubric =
    rubric::load_rubric(source / "rubrics" / "sqlalchemy-blog" / "rubric.yaml").value();
  const probe::SeedShape shape = probe::shape_of(rubric, rubric.queries.front());
  const char* const only = std::getenv("ASSAY_CASE");
  int models = 0;
  for (const auto& entry : fs::directory_iterator(source / "tests" / "probe" / "seeds")) {
    if (only != nullptr && entry.path().stem() != only) {
      continue;
    }
    ++models;
    if (choice == probe::DatabaseChoice::postgresql
        && test::read_text(entry.path()).find("in words of SQLite's") != std::string::npos) {
      continue;
    }
    const Snapshot snapshot = test::memory_snapshot({{"models.py", test::read_text(entry.path())}});
    Facts facts = facts::read(snapshot);
    probe::SubmissionRun submission(**sandbox, snapshot, facts);
    if (auto seen = probe::observe_models(submission)) {
      facts::merge_schema(facts, *std::move(seen));
    }
    const auto readings = facts::resolve(facts, rubric, {});
    CAPTURE(entry.path().stem().string(), facts.execution.not_run);
    REQUIRE_FALSE(readings.empty());
    std::string trouble = "no box";
    const probe::BoxEnd end = submission.in_box([&](cell::Run& run) {
      if (!submission.prepare(run) || !submission.import_again(run)) {
        return false;
      }
      static_cast<void>(run.step("registries", Value()));
      static_cast<void>(run.step("create_all", Value(Value::Dict{{"backend", "postgresql"}})));
      const auto described =
        run.step("callables", Value(Value::Dict{{"items", Value(Value::List{})}}));
      const auto schema = probe::schema_in_database(submission.database(), facts.schema);
      REQUIRE(schema);
      probe::Seeds seeds = probe::make_seeds(*schema,
                                             readings.front(),
                                             rubric,
                                             shape,
                                             {3, 2},
                                             probe::hints_in(described.value),
                                             "secret");
      CHECK(seeds.gaps == std::vector<std::string>{});
      // Three with leaves and one without; the decoy's two.
      CHECK(count(seeds, "post", probe::k_target) == 4);
      CHECK(count(seeds, "post", probe::k_decoy) == 2);
      CHECK(count(seeds, "comment", probe::k_target) == 6);
      const auto inserted =
        probe::insert_seeds(submission.database(), *schema, seeds, 0, seeds.later);
      const std::string refused = inserted ? std::string() : describe(inserted.failure());
      CHECK(refused.empty());
      CAPTURE(refused);
      const auto later =
        probe::insert_seeds(submission.database(), *schema, seeds, seeds.later, seeds.rows.size());
      CHECK(later);
      trouble = load_rows(run, readings.front(), *schema, seeds);
      return true;
    });
    CHECK(end.whole);
    CHECK(trouble.empty());
    CAPTURE(trouble);
    CHECK(trouble == "");
  }
  CHECK((models >= 60 || only != nullptr));
}
