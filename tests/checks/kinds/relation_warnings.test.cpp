// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Relationships do not get in each other's way", "[checks][relation.warnings]")
{
  const Row row = GENERATE(values<Row>({
    {"linked pairs", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"two sides that are not linked",
     []([[maybe_unused]] World& world) { world.unlink("User.posts", "Post.author"); },
     State::decided,
     0.0},
    {"not linked, but viewonly",
     []([[maybe_unused]] World& world) {
       world.unlink("User.posts", "Post.author");
       world.relationship("User.posts").viewonly = true;
     },
     State::decided,
     1.0},
    {"not linked, but overlaps is declared",
     []([[maybe_unused]] World& world) {
       world.unlink("User.posts", "Post.author");
       world.relationship("User.posts").overlaps = true;
     },
     State::decided,
     1.0},
    {"two many-to-many sides that are not linked",
     []([[maybe_unused]] World& world) { world.unlink("Post.tags", "Tag.posts"); },
     State::decided,
     0.0},
    {"a secondary table besides an association object",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.add(
         "",
         "PostTag",
         test::table_of("post_tags",
                        {test::integer("post_id").primary(), test::integer("tag_id").primary()},
                        {foreign_key("post_id", "posts"), foreign_key("tag_id", "tags")}));
       world.relate("Post.tags", "Tag", Direction::many_to_many).secondary = "post_tags";
       world.relate("PostTag.tag", "Tag", Direction::many_to_one);
     },
     State::decided,
     0.0},
    {"the same, viewonly",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.add(
         "",
         "PostTag",
         test::table_of("post_tags",
                        {test::integer("post_id").primary(), test::integer("tag_id").primary()},
                        {foreign_key("post_id", "posts"), foreign_key("tag_id", "tags")}));
       auto& many = world.relate("Post.tags", "Tag", Direction::many_to_many);
       many.secondary = "post_tags";
       many.viewonly = true;
       world.relate("PostTag.tag", "Tag", Direction::many_to_one);
     },
     State::decided,
     1.0},
    {"two foreign keys may serve two relationships",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::integer("editor_id"));
       world.table("posts").foreign_keys.push_back(foreign_key("editor_id", "users"));
       world.relate("Post.editor", "User", Direction::many_to_one);
     },
     State::decided,
     1.0},
    {"a link that was not followed",
     []([[maybe_unused]] World& world) {
       auto& down = world.relationship("User.posts");
       auto& up = world.relationship("Post.author");
       down.reverse.clear();
       up.reverse.clear();
     },
     State::undetermined,
     1.0},
    {"a conflict that was found while reading",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back({"conflicting_relationships",
                                              "User.posts",
                                              "User.posts conflicts",
                                              {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.0},
    {"no relationships at all",
     []([[maybe_unused]] World& world) { world.facts.schema.relationships.clear(); },
     State::decided,
     1.0},
    {"none seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) { world.facts.schema.classes.clear(); },
     State::decided,
     0.0},
  }));
  expect_row("relation.warnings", {}, row);
}

} // namespace assay
