// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Constraints have names", "[checks][schema.naming]")
{
  const Row row = GENERATE(values<Row>({
    {"a naming convention", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"nothing is named, on SQLite",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
     },
     State::decided,
     0.0},
    {"nothing is named, on PostgreSQL",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
       world.facts.environment.dialect = Dialect::postgresql;
     },
     State::decided,
     0.5},
    {"nothing is named, on a database that is not known",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
       world.facts.environment.dialect = Dialect::unknown;
     },
     State::decided,
     0.5},
    {"some are named",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
       world.table("posts").foreign_keys.front().name = "fk_posts_users";
     },
     State::decided,
     0.5},
    {"all are named",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
       for (Table& table : world.facts.schema.tables) {
         for (ForeignKey& key : table.foreign_keys) {
           key.name = "fk_" + table.name;
         }
       }
     },
     State::decided,
     1.0},
    {"whether there is a convention was not understood",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"nothing is named, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.facts.schema.metadata.front().naming_convention = Truth::no;
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"no tables",
     []([[maybe_unused]] World& world) { world.facts.schema.tables.clear(); },
     State::decided,
     0.0},
  }));
  expect_row("schema.naming", {}, row);
}

} // namespace assay
