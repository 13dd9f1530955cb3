// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Mapped classes extend an entity", "[checks][mapping.inheritance]")
{
  const Row row = GENERATE(values<Row>({
    {"a joined subclass",
     []([[maybe_unused]] World& world) {
       world.add(
         "",
         "Essay",
         test::table_of("essays", {test::integer("id").primary()}, {foreign_key("id", "posts")}));
       world.mapped("Essay").inherits = "app.models.Post";
     },
     State::decided,
     1.0},
    {"a subclass of a subclass",
     []([[maybe_unused]] World& world) {
       world.add(
         "",
         "Essay",
         test::table_of("essays", {test::integer("id").primary()}, {foreign_key("id", "posts")}));
       world.mapped("Essay").inherits = "app.models.Post";
       world.add("", "Poem", test::table_of("poems", {test::identity()}));
       world.mapped("Poem").inherits = "app.models.Essay";
     },
     State::decided,
     1.0},
    {"a single-table subclass",
     []([[maybe_unused]] World& world) {
       world.add(
         "",
         "Essay",
         test::table_of("essays", {test::integer("id").primary()}, {foreign_key("id", "posts")}));
       world.mapped("Essay").inherits = "app.models.Post";
       world.mapped("Essay").single_table = true;
     },
     State::decided,
     0.5},
    {"none", []([[maybe_unused]] World& world) {}, State::decided, 0.0},
    {"none was seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     0.0},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("post"); },
     State::decided,
     0.0},
  }));
  expect_row(
    "mapping.inheritance", {{"base", "post"}, {"strategy", "joined"}, {"min_subtypes", "1"}}, row);
}

TEST_CASE("A number of subtypes may be asked for", "[checks][mapping.inheritance]")
{
  const Row row = {"one of two",
                   [](World& world) {
                     world.add("", "Essay", test::table_of("essays", {test::identity()}));
                     world.mapped("Essay").inherits = "app.models.Post";
                   },
                   State::decided,
                   0.5};
  expect_row("mapping.inheritance", {{"base", "post"}, {"min_subtypes", "2"}}, row);
}

} // namespace assay
