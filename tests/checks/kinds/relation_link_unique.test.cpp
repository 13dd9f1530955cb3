// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("A pair cannot repeat in the link", "[checks][relation.link_unique]")
{
  const Row row = GENERATE(values<Row>({
    {"a composite primary key", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a surrogate key and a UNIQUE",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.table("post_tags").columns.push_back(test::identity());
       world.table("post_tags")
         .keys.push_back(key_of(KeyKind::unique_constraint, {"tag_id", "post_id"}));
     },
     State::decided,
     1.0},
    {"a unique index",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.table("post_tags")
         .keys.push_back(key_of(KeyKind::unique_index, {"post_id", "tag_id"}));
     },
     State::decided,
     1.0},
    {"a PrimaryKeyConstraint",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.table("post_tags").keys.push_back(key_of(KeyKind::primary, {"post_id", "tag_id"}));
     },
     State::decided,
     1.0},
    {"a wider key that the assignment needs",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").columns.push_back(test::integer("position").primary());
     },
     State::decided,
     1.0},
    {"a wider key",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").columns.push_back(test::integer("user_id").primary());
     },
     State::decided,
     0.3},
    {"three columns in the primary key",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").columns.push_back(test::identity());
     },
     State::decided,
     0.3},
    {"a surrogate key alone",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.table("post_tags").columns.push_back(test::identity());
     },
     State::decided,
     0.0},
    {"no key at all",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
     },
     State::decided,
     0.0},
    {"each column indexed, no key",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.column("post_tags", "post_id").indexed = Truth::yes;
     },
     State::decided,
     0.0},
    {"unique only in the migration",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.add_migrated(test::table_of(
         "post_tags", {test::integer("post_id").primary(), test::integer("tag_id").primary()}));
     },
     State::decided,
     0.5},
    {"no key, but the table is not understood",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.table("post_tags").complete = Truth::no;
     },
     State::undetermined,
     0.0},
    {"no key, but something may be hidden",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"no link table",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
       world.roles.relations.clear();
       std::erase_if(world.facts.schema.tables,
                     [](const Table& table) { return table.name == "post_tags"; });
     },
     State::decided,
     0.0},
    {"no link table was seen, but something may be hidden",
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
    {"a link in SQL",
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
                        {test::integer("post_id").primary(), test::integer("tag_id").primary()},
                        {foreign_key("post_id", "posts"), foreign_key("tag_id", "tags")}));
     },
     State::decided,
     0.5},
  }));
  expect_row("relation.link_unique", {{"relation", "tagged"}, {"plus", "[position]"}}, row);
}

} // namespace assay
