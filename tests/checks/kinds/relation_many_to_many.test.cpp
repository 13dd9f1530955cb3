// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Two entities are many-to-many", "[checks][relation.many_to_many]")
{
  const Row row = GENERATE(values<Row>({
    {"secondary", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"from one side",
     []([[maybe_unused]] World& world) { world.remove_relationship("Tag.posts"); },
     State::decided,
     1.0},
    {"from the other side",
     []([[maybe_unused]] World& world) { world.remove_relationship("Post.tags"); },
     State::decided,
     1.0},
    {"an association object",
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
       world.relate("PostTag.post", "Post", Direction::many_to_one);
       world.relate("PostTag.tag", "Tag", Direction::many_to_one);
     },
     State::decided,
     1.0},
    {"an association object reached from one side",
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
       world.relate("Post.links", "PostTag", Direction::one_to_many);
       world.relate("PostTag.tag", "Tag", Direction::many_to_one);
     },
     State::decided,
     1.0},
    {"an association object with a surrogate key and payload",
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
       world.table("post_tags").columns.push_back(test::identity());
       world.table("post_tags").columns.push_back(test::moment("tagged_at"));
       world.relate("PostTag.post", "Post", Direction::many_to_one);
       world.relate("PostTag.tag", "Tag", Direction::many_to_one);
     },
     State::decided,
     1.0},
    {"a secondary table that is mapped as well",
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
     },
     State::decided,
     1.0},
    {"a link class that is not navigable",
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
     },
     State::decided,
     0.65},
    {"a link class that leads to one side only",
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
       world.relate("PostTag.post", "Post", Direction::many_to_one);
     },
     State::decided,
     0.65},
    {"a link table that nothing uses",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
     },
     State::decided,
     0.5},
    {"a link table that something unread may use",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.hide_something();
     },
     State::undetermined,
     0.6},
    {"a link table joined to the wrong entity",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").foreign_keys.back().target_table = "users";
     },
     State::decided,
     0.0},
    {"a link table that was not read",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.tags").secondary = world.relationship("Tag.posts").secondary =
         "elsewhere";
     },
     State::undetermined,
     1.0},
    {"a link table only in the migration",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.add_migrated(
         test::table_of("post_tags",
                        {test::integer("post_id").primary(), test::integer("tag_id").primary()},
                        {foreign_key("post_id", "posts"), foreign_key("tag_id", "tags")}));
     },
     State::decided,
     0.5},
    {"an ARRAY of tags",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.table("posts").columns.push_back(test::ColumnOf("tags", TypeFamily::array));
     },
     State::decided,
     0.25},
    {"JSON tags, without a tag entity",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.remove_role("tag");
       world.table("posts").columns.push_back(test::ColumnOf("tag_list", TypeFamily::json));
     },
     State::decided,
     0.25},
    {"tags joined by commas",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.remove_role("tag");
       world.table("posts").columns.push_back(test::string("tags"));
     },
     State::decided,
     0.15},
    {"tag_id on posts",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.table("posts").columns.push_back(test::integer("tag_id"));
       world.table("posts").foreign_keys.push_back(foreign_key("tag_id", "tags"));
     },
     State::decided,
     0.15},
    {"post_id on tags",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.table("tags").columns.push_back(test::integer("post_id"));
       world.table("tags").foreign_keys.push_back(foreign_key("post_id", "posts"));
     },
     State::decided,
     0.1},
    {"nothing",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
     },
     State::decided,
     0.0},
    {"nothing was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"no tags",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.remove_role("tag");
     },
     State::decided,
     0.0},
    {"everything in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
       world.remove_role("post");
       world.remove_role("tag");
       world.add_bare("post", EntityOrigin::raw_sql, test::table_of("posts", {test::identity()}));
       world.add_bare("tag", EntityOrigin::raw_sql, test::table_of("tags", {test::identity()}));
       world.facts.raw_sql_schema.tables.push_back(
         test::table_of("post_tags",
                        {test::integer("post_id"), test::integer("tag_id")},
                        {foreign_key("post_id", "posts"), foreign_key("tag_id", "tags")}));
     },
     State::decided,
     0.5},
  }));
  expect_row("relation.many_to_many", {{"relation", "tagged"}}, row);
}

} // namespace assay
