// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Foreign keys that are looked up lead an index", "[checks][relation.indexed]")
{
  const Row row = GENERATE(values<Row>({
    {"all four", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one without an index",
     []([[maybe_unused]] World& world) { world.column("posts", "user_id").indexed = Truth::no; },
     State::decided,
     0.75},
    {"an Index()",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.table("posts").keys.push_back(key_of(KeyKind::index, {"user_id"}));
     },
     State::decided,
     1.0},
    {"a composite index that it leads",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.table("posts").keys.push_back(key_of(KeyKind::index, {"user_id", "created_at"}));
     },
     State::decided,
     1.0},
    {"a composite index that it trails",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.table("posts").keys.push_back(key_of(KeyKind::index, {"created_at", "user_id"}));
     },
     State::decided,
     0.75},
    {"leading a unique constraint",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.table("posts").keys.push_back(
         key_of(KeyKind::unique_constraint, {"user_id", "title"}));
     },
     State::decided,
     1.0},
    {"an index only in the migration",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.add_migrated(
         test::table_of("posts", {test::identity(), test::integer("user_id").indexed()}));
     },
     State::decided,
     1.0},
    {"MySQL makes indexes itself",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.facts.environment.dialect = Dialect::mysql;
     },
     State::decided,
     1.0},
    {"the second link column has none",
     []([[maybe_unused]] World& world) { world.column("post_tags", "tag_id").indexed = Truth::no; },
     State::decided,
     0.75},
    {"the first link column is served by the key",
     []([[maybe_unused]] World& world) {
       world.column("post_tags", "post_id").indexed = Truth::no;
     },
     State::decided,
     1.0},
    {"the key leads with the tag, the post has none",
     []([[maybe_unused]] World& world) {
       auto& columns = world.table("post_tags").columns;
       std::swap(columns.front(), columns.back());
       for (Column& column : columns) {
         column.indexed = Truth::no;
       }
     },
     State::decided,
     0.75},
    {"a link without a key but with two indexes",
     []([[maybe_unused]] World& world) {
       for (Column& column : world.table("post_tags").columns) {
         column.primary_key = Truth::no;
       }
       for (Column& column : world.table("post_tags").columns) {
         column.indexed = Truth::yes;
       }
     },
     State::decided,
     1.0},
    {"a plain integer with an index",
     []([[maybe_unused]] World& world) { world.table("posts").foreign_keys.clear(); },
     State::decided,
     1.0},
    {"a missing entity counts nothing",
     []([[maybe_unused]] World& world) { world.remove_role("comment"); },
     State::decided,
     0.5},
    {"none was seen, but the migrations are not understood",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.add_migrated(test::table_of("posts", {test::identity()}));
       world.facts.migration.tables_complete = Truth::no;
     },
     State::undetermined,
     0.75},
    {"none was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").indexed = Truth::no;
       world.hide_something();
     },
     State::undetermined,
     0.75},
  }));
  expect_row(
    "relation.indexed", {{"relations", "[authored, comments_on, written_by, tagged]"}}, row);
}

} // namespace assay
