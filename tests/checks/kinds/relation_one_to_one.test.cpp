// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("A relation is one-to-one", "[checks][relation.one_to_one]")
{
  const Row row = GENERATE(values<Row>({
    {"a unique foreign key and one object",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.column("posts", "user_id").unique = Truth::yes;
       auto& down = world.relationship("User.posts");
       down.direction = Direction::one_to_one;
       down.uselist = Truth::no;
     },
     State::decided,
     1.0},
    {"the foreign key is the primary key",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.column("posts", "id").primary_key = Truth::no;
       world.column("posts", "user_id").primary_key = Truth::yes;
       auto& down = world.relationship("User.posts");
       down.direction = Direction::one_to_one;
       down.uselist = Truth::no;
     },
     State::decided,
     1.0},
    {"not unique",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       auto& down = world.relationship("User.posts");
       down.direction = Direction::one_to_one;
       down.uselist = Truth::no;
     },
     State::decided,
     0.4},
    {"a collection",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.column("posts", "user_id").unique = Truth::yes;
     },
     State::decided,
     0.7},
    {"neither",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
     },
     State::decided,
     0.28},
    {"no foreign key",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.table("posts").foreign_keys.clear();
     },
     State::decided,
     0.0},
    {"not unique, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"the parent is missing",
     []([[maybe_unused]] World& world) {
       world.rubric.relations.front().cardinality = Cardinality::one_to_one;
       world.remove_role("user");
     },
     State::decided,
     0.0},
  }));
  expect_row("relation.one_to_one", {{"relation", "authored"}}, row);
}

} // namespace assay
