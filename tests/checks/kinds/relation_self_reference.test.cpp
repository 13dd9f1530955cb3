// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("References to itself are nullable and go both ways", "[checks][relation.self_reference]")
{
  const Row row = GENERATE(values<Row>({
    {"none", []([[maybe_unused]] World& world) {}, State::not_applicable, 0.0},
    {"none was seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     1.0},
    {"a pair with remote_side",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
       world.relate("Comment.parent", "Comment", Direction::many_to_one).remote_side = true;
       world.relate("Comment.replies", "Comment", Direction::one_to_many);
       world.link("Comment.parent", "Comment.replies");
     },
     State::decided,
     1.0},
    {"replies alone",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
       world.relate("Comment.replies", "Comment", Direction::one_to_many);
     },
     State::decided,
     1.0},
    {"a pair without remote_side",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
       world.relate("Comment.parent", "Comment", Direction::many_to_one).remote_side = true;
       world.relate("Comment.replies", "Comment", Direction::one_to_many);
       world.link("Comment.parent", "Comment.replies");
       world.relationship("Comment.parent").remote_side = false;
     },
     State::decided,
     0.0},
    {"a foreign key without a relationship",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
     },
     State::decided,
     0.5},
    {"a reference that is required",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
       world.relate("Comment.parent", "Comment", Direction::many_to_one).remote_side = true;
       world.relate("Comment.replies", "Comment", Direction::one_to_many);
       world.link("Comment.parent", "Comment.replies");
       world.column("comments", "parent_id").nullable = Truth::no;
     },
     State::decided,
     0.0},
    {"a problem that was found while reading",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
       world.relate("Comment.parent", "Comment", Direction::many_to_one).remote_side = true;
       world.relate("Comment.replies", "Comment", Direction::one_to_many);
       world.link("Comment.parent", "Comment.replies");
       world.facts.schema.problems.push_back(
         {"missing_remote_side", "app.models.Comment.parent", "x", {}});
     },
     State::decided,
     0.0},
    {"a missing entity",
     []([[maybe_unused]] World& world) { world.remove_role("comment"); },
     State::not_applicable,
     0.0},
  }));
  expect_row("relation.self_reference", {{"entities", "[comment]"}}, row);
}

} // namespace assay
