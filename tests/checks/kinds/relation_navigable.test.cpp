// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("A relation is navigable from both sides", "[checks][relation.navigable]")
{
  const Row row = GENERATE(values<Row>({
    {"back_populates on both sides", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a backref",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       auto& up = world.relationship("Post.author");
       up.back_populates.clear();
       up.reverse.clear();
       up.backref = "posts";
     },
     State::decided,
     1.0},
    {"a dynamic collection",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").collection = "dynamic";
       world.relationship("User.posts").lazy = "dynamic";
     },
     State::decided,
     1.0},
    {"an additional viewonly relationship",
     []([[maybe_unused]] World& world) {
       world.relate("User.recent_posts", "Post", Direction::one_to_many).viewonly = true;
     },
     State::decided,
     1.0},
    {"an additional many-to-many of likes",
     []([[maybe_unused]] World& world) {
       world.relate("User.liked", "Post", Direction::many_to_many).secondary = "likes";
     },
     State::decided,
     1.0},
    {"one side only",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.relationship("Post.author").back_populates.clear();
       world.relationship("Post.author").reverse.clear();
     },
     State::decided,
     0.6},
    {"one side, and likes on the other",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.relationship("Post.author").back_populates.clear();
       world.relationship("Post.author").reverse.clear();
       world.relate("User.liked", "Post", Direction::many_to_many).secondary = "likes";
     },
     State::decided,
     0.6},
    {"one side, and something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.relationship("Post.author").back_populates.clear();
       world.hide_something();
     },
     State::undetermined,
     0.6},
    {"one side, and a relationship that was not followed",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.relationship("Post.author").back_populates.clear();
       auto& one = world.relate("User.things", "Thing", Direction::unknown);
       one.target.clear();
       one.target_exists = Truth::unknown;
     },
     State::undetermined,
     0.6},
    {"two sides that are not linked",
     []([[maybe_unused]] World& world) { world.unlink("User.posts", "Post.author"); },
     State::decided,
     0.5},
    {"back_populates names something else",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").reverse_ok = Truth::no;
       world.relationship("User.posts").reverse.clear();
     },
     State::decided,
     0.5},
    {"a link that was not followed",
     []([[maybe_unused]] World& world) {
       auto& down = world.relationship("User.posts");
       auto& up = world.relationship("Post.author");
       down.reverse.clear();
       up.reverse.clear();
       down.reverse_ok = up.reverse_ok = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"one object where many are meant",
     []([[maybe_unused]] World& world) {
       auto& down = world.relationship("User.posts");
       down.uselist = Truth::no;
       down.direction = Direction::one_to_one;
     },
     State::decided,
     0.0},
    {"a foreign key alone",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.remove_relationship("Post.author");
     },
     State::decided,
     0.0},
    {"nothing was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.posts");
       world.remove_relationship("Post.author");
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"the parent is missing",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::decided,
     0.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       world.facts.schema = SchemaFacts();
       world.facts.schema.basis = Basis::reading;
       world.facts.schema.confidence = 0.75;
       world.facts.environment.uses_sqlalchemy = false;
       world.facts.environment.other_technology = "django";
     },
     State::decided,
     0.0},
  }));
  expect_row("relation.navigable", {{"relation", "authored"}}, row);
}

TEST_CASE("One direction may be enough", "[checks][relation.navigable]")
{
  const Row row = GENERATE(values<Row>({
    {"both directions", [](World&) {}, State::decided, 1.0},
    {"from the child",
     [](World& world) { world.remove_relationship("User.comments"); },
     State::decided,
     1.0},
    {"from the parent",
     [](World& world) { world.remove_relationship("Comment.author"); },
     State::decided,
     1.0},
    {"a foreign key alone",
     [](World& world) {
       world.remove_relationship("User.comments");
       world.remove_relationship("Comment.author");
     },
     State::decided,
     0.4},
    {"a stated design does not excuse a foreign key without a relationship",
     [](World& world) {
       world.remove_relationship("User.comments");
       world.remove_relationship("Comment.author");
       world.state("guest_comments");
     },
     State::decided,
     0.4},
    {"the author kept as text",
     [](World& world) {
       world.remove_relationship("User.comments");
       world.remove_relationship("Comment.author");
       world.table("comments").foreign_keys.pop_back();
       world.remove_column("comments", "user_id");
       world.table("comments").columns.push_back(test::string("author"));
     },
     State::decided,
     0.0},
    {"guests only, as the README says",
     [](World& world) {
       world.remove_relationship("User.comments");
       world.remove_relationship("Comment.author");
       world.table("comments").foreign_keys.pop_back();
       world.remove_column("comments", "user_id");
       world.state("guest_comments");
     },
     State::not_applicable,
     0.0},
  }));
  expect_row("relation.navigable",
             {{"relation", "written_by"}, {"directions", "one"}, {"absent_when", "guest_comments"}},
             row,
             {{"no_relationship", 0.4}});
}

} // namespace assay
