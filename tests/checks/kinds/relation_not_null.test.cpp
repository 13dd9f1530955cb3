// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Foreign keys of ownership are NOT NULL", "[checks][relation.not_null]")
{
  const Row row = GENERATE(values<Row>({
    {"both", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one nullable by omission",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().ondelete.clear();
       world.column("posts", "user_id").nullable = Truth::yes;
     },
     State::decided,
     0.5},
    {"nullable=True alone",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().ondelete.clear();
       auto& id = world.column("posts", "user_id");
       id.nullable = id.nullable_explicit = Truth::yes;
     },
     State::decided,
     0.5},
    {"nullable with ON DELETE SET NULL",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().ondelete = "SET NULL";
       world.column("posts", "user_id").nullable = Truth::yes;
     },
     State::decided,
     1.0},
    {"nullable with soft deletion",
     []([[maybe_unused]] World& world) {
       world.mapped("User").soft_delete = true;
       world.column("posts", "user_id").nullable = Truth::yes;
     },
     State::decided,
     1.0},
    {"nullable as the README says",
     []([[maybe_unused]] World& world) {
       world.state("set_null");
       world.column("posts", "user_id").nullable = Truth::yes;
     },
     State::decided,
     1.0},
    {"a plain integer that is NOT NULL",
     []([[maybe_unused]] World& world) { world.table("posts").foreign_keys.clear(); },
     State::decided,
     1.0},
    {"a nullable parent of threads does not matter",
     []([[maybe_unused]] World& world) {
       world.table("comments").columns.push_back(test::integer("parent_id").nullable());
       world.table("comments").foreign_keys.push_back(foreign_key("parent_id", "comments"));
     },
     State::decided,
     1.0},
    {"an editor besides the author may be NULL",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::integer("editor_id").nullable());
       world.table("posts").foreign_keys.insert(world.table("posts").foreign_keys.begin(),
                                                foreign_key("editor_id", "users"));
     },
     State::decided,
     1.0},
    {"nullable was not understood",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").nullable = Truth::unknown;
     },
     State::undetermined,
     0.75},
    {"no column",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       world.remove_column("posts", "user_id");
     },
     State::decided,
     0.5},
    {"a missing entity counts nothing",
     []([[maybe_unused]] World& world) { world.remove_role("comment"); },
     State::decided,
     0.5},
  }));
  expect_row("relation.not_null", {{"relations", "[authored, comments_on]"}}, row);
}

} // namespace assay
