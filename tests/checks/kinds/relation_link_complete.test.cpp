// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Both columns of a link lead somewhere", "[checks][relation.link_complete]")
{
  const Row row = GENERATE(values<Row>({
    {"both with ON DELETE CASCADE", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"without ON DELETE",
     []([[maybe_unused]] World& world) {
       for (ForeignKey& key : world.table("post_tags").foreign_keys) {
         key.ondelete.clear();
       }
     },
     State::decided,
     0.75},
    {"one without ON DELETE",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").foreign_keys.front().ondelete.clear();
     },
     State::decided,
     0.75},
    {"nullable",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.column("post_tags", "tag_id").nullable = Truth::yes;
     },
     State::decided,
     0.4},
    {"nullable and without ON DELETE",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.column("post_tags", "tag_id").nullable = Truth::yes;
       world.table("post_tags").foreign_keys.front().ondelete.clear();
     },
     State::decided,
     0.3},
    {"a primary key implies NOT NULL",
     []([[maybe_unused]] World& world) {
       world.column("post_tags", "tag_id").nullable = Truth::unknown;
     },
     State::decided,
     1.0},
    {"nullable was not understood",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       world.column("post_tags", "tag_id").nullable = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"one foreign key",
     []([[maybe_unused]] World& world) { world.table("post_tags").foreign_keys.pop_back(); },
     State::decided,
     0.5},
    {"one foreign key, but the table is not understood",
     []([[maybe_unused]] World& world) {
       world.table("post_tags").foreign_keys.pop_back();
       world.table("post_tags").complete = Truth::no;
     },
     State::undetermined,
     0.5},
    {"no foreign key",
     []([[maybe_unused]] World& world) { world.table("post_tags").foreign_keys.clear(); },
     State::decided,
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
  }));
  expect_row("relation.link_complete", {{"relation", "tagged"}}, row);
}

} // namespace assay
