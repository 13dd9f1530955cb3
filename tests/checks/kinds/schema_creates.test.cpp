// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Tables can be created", "[checks][schema.creates]")
{
  const Row row = GENERATE(values<Row>({
    {"everything resolves", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a foreign key to a table that does not exist",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back({"unresolved_fk_target",
                                              "posts",
                                              "there is no table user",
                                              {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.0},
    {"two columns of one name",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back(
         {"duplicate_column", "posts", "title twice", {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.0},
    {"String without a length, on MySQL",
     []([[maybe_unused]] World& world) {
       world.facts.environment.dialect = Dialect::mysql;
       world.facts.schema.problems.push_back(
         {"mysql_length", "tags", "no length", {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.5},
    {"String without a length, elsewhere",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back(
         {"mysql_length", "tags", "no length", {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     1.0},
    {"JSONB on SQLite",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("posts", "body");
       body.family = TypeFamily::json;
       body.type_text = "postgresql.JSONB()";
     },
     State::decided,
     0.5},
    {"JSONB on PostgreSQL",
     []([[maybe_unused]] World& world) {
       world.facts.environment.dialect = Dialect::postgresql;
       auto& body = world.column("posts", "body");
       body.family = TypeFamily::json;
       body.type_text = "JSONB";
     },
     State::decided,
     1.0},
    {"JSONB with a variant for SQLite",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("posts", "body");
       body.family = TypeFamily::json;
       body.type_text = "JSON().with_variant(JSONB(), \"postgresql\")";
     },
     State::decided,
     1.0},
    {"an integer foreign key to a UUID on PostgreSQL",
     []([[maybe_unused]] World& world) {
       world.facts.environment.dialect = Dialect::postgresql;
       world.column("users", "id").family = TypeFamily::uuid;
     },
     State::decided,
     0.5},
    {"an integer foreign key to a UUID on SQLite",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::uuid; },
     State::decided,
     1.0},
    {"a foreign key that was not followed",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().target_known = Truth::no;
     },
     State::undetermined,
     1.0},
    {"a table that was not understood",
     []([[maybe_unused]] World& world) { world.table("posts").complete = Truth::no; },
     State::undetermined,
     1.0},
    {"a problem, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back({"unresolved_fk_target", "posts", "x", {}});
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"no tables",
     []([[maybe_unused]] World& world) { world.facts.schema.tables.clear(); },
     State::decided,
     0.0},
  }));
  expect_row("schema.creates", {}, row);
}

} // namespace assay
