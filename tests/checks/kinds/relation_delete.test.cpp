// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Deleting a parent has a defined result", "[checks][relation.delete]")
{
  const Row row = GENERATE(values<Row>({
    {"ORM and database cascade", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"the ORM cascades alone",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       for (const char* name : {"Post.comments", "User.posts", "User.comments"}) {
         world.relationship(name).passive_deletes.clear();
       }
     },
     State::decided,
     0.9},
    {"the ORM leaves to the database what that does not do",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
     },
     State::undetermined,
     0.6},
    {"in SQL with ON DELETE CASCADE",
     []([[maybe_unused]] World& world) {
       world.facts.environment.uses_sqlalchemy = false;
       world.facts.environment.other_technology = "raw-sql";
       std::vector<Table> tables = world.facts.schema.tables;
       world.facts.schema = SchemaFacts();
       world.facts.schema.basis = Basis::reading;
       world.facts.schema.confidence = 0.75;
       world.roles = Resolution();
       for (Table& table : tables) {
         table.classes.clear();
         world.add_bare(table.name.substr(0, table.name.size() - 1), EntityOrigin::raw_sql, table);
       }
     },
     State::decided,
     0.5},
    {"nothing declared",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
     },
     State::decided,
     0.0},
    {"nothing declared, nullable children",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       world.column("comments", "post_id").nullable = Truth::yes;
     },
     State::decided,
     0.0},
    {"ON DELETE CASCADE without passive_deletes",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
     },
     State::decided,
     0.6},
    {"ON DELETE CASCADE with passive_deletes",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("Post.comments").passive_deletes = "true";
     },
     State::decided,
     1.0},
    {"ON DELETE CASCADE and no relationship in its way",
     []([[maybe_unused]] World& world) { world.remove_relationship("Post.comments"); },
     State::decided,
     1.0},
    {"SET NULL on a nullable column",
     []([[maybe_unused]] World& world) {
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[1].ondelete = "SET NULL";
       world.column("comments", "user_id").nullable = Truth::yes;
     },
     State::decided,
     1.0},
    {"SET NULL on a NOT NULL column",
     []([[maybe_unused]] World& world) {
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[1].ondelete = "SET NULL";
     },
     State::decided,
     0.6},
    {"RESTRICT",
     []([[maybe_unused]] World& world) {
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[1].ondelete = "RESTRICT";
       world.relationship("User.comments").passive_deletes = "all";
     },
     State::decided,
     1.0},
    {"RESTRICT that the ORM gets round",
     []([[maybe_unused]] World& world) {
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[1].ondelete = "RESTRICT";
       world.column("comments", "user_id").nullable = Truth::yes;
     },
     State::decided,
     0.6},
    {"soft deletion of posts",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.mapped("Post").soft_delete = true;
     },
     State::decided,
     1.0},
    {"a service that removes the comments",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       Statement statement;
       statement.roots = {"app.models.Comment"};
       Callable callable;
       callable.name = "delete_post";
       callable.writes = true;
       callable.live = Truth::yes;
       callable.statements.push_back(statement);
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     1.0},
    {"a dead service does not count",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       Statement statement;
       statement.roots = {"app.models.Comment"};
       Callable callable;
       callable.name = "delete_post";
       callable.writes = true;
       callable.live = Truth::no;
       callable.statements.push_back(statement);
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.0},
    {"comments of a deleted user undefined",
     []([[maybe_unused]] World& world) {
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
     },
     State::decided,
     0.6},
    {"comments by the ORM alone, users undefined",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       world.relationship("Post.comments").passive_deletes.clear();
     },
     State::decided,
     0.6},
    {"posts undefined, users defined",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
     },
     State::decided,
     0.4},
    {"the README says so and children are required",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       world.state("restrict");
     },
     State::decided,
     1.0},
    {"the README says SET NULL but the children are required",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       world.state("set_null");
     },
     State::decided,
     0.6},
    {"a cascade from comment to post",
     []([[maybe_unused]] World& world) { world.relationship("Comment.post").cascade = {"all"}; },
     State::decided,
     0.0},
    {"a cascade from post to author",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.author").cascade = {"save-update", "delete"};
     },
     State::decided,
     0.0},
    {"a cascade onto shared tags",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.tags").cascade = {"all", "delete"};
     },
     State::decided,
     0.0},
    {"the link rows may cascade",
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
       world.relate("Post.links", "PostTag", Direction::one_to_many).cascade = {"all",
                                                                                "delete-orphan"};
     },
     State::decided,
     1.0},
    {"from link to tag is upward",
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
       world.relate("PostTag.tag", "Tag", Direction::many_to_one).cascade = {"all"};
     },
     State::decided,
     0.0},
    {"the author kept as text leaves nothing to define",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.comments");
       world.remove_relationship("Comment.author");
       world.table("comments").foreign_keys.pop_back();
       world.remove_column("comments", "user_id");
       world.table("comments").columns.push_back(test::string("author"));
     },
     State::decided,
     1.0},
    {"nothing was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.relationship("Post.comments").cascade.clear();
       world.relationship("Post.comments").passive_deletes.clear();
       world.relationship("User.posts").cascade.clear();
       world.relationship("User.posts").passive_deletes.clear();
       world.relationship("User.comments").cascade.clear();
       world.relationship("User.comments").passive_deletes.clear();
       world.table("posts").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[0].ondelete.clear();
       world.table("comments").foreign_keys[1].ondelete.clear();
       world.hide_something();
     },
     State::undetermined,
     0.6},
    {"no children",
     []([[maybe_unused]] World& world) {
       world.remove_role("comment");
       world.remove_role("post");
     },
     State::decided,
     0.0},
  }));
  expect_row(
    "relation.delete",
    {{"first", "[comments_on]"}, {"then", "[authored, written_by]"}, {"shared", "[tagged]"}},
    row);
}

} // namespace assay
