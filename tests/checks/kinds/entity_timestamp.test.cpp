// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("The time of creation is recorded", "[checks][entity.timestamp]")
{
  const Row row = GENERATE(values<Row>({
    {"default=callable", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a server default",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"posts", "comments"}) {
         auto& at = world.column(table, "created_at");
         at.default_kind = DefaultKind::none;
         at.server_default_kind = DefaultKind::server;
       }
     },
     State::decided,
     1.0},
    {"server_default given as SQL text",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"posts", "comments"}) {
         auto& at = world.column(table, "created_at");
         at.default_kind = DefaultKind::none;
         at.server_default_kind = DefaultKind::sql;
       }
     },
     State::decided,
     1.0},
    {"a frozen default still fills it",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::frozen;
     },
     State::decided,
     1.0},
    {"Unix time",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").family = TypeFamily::integer;
     },
     State::decided,
     1.0},
    {"a Date",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").family = TypeFamily::date;
     },
     State::decided,
     1.0},
    {"nothing fills one of them",
     []([[maybe_unused]] World& world) {
       world.column("comments", "created_at").default_kind = DefaultKind::none;
     },
     State::decided,
     0.7},
    {"default=None fills nothing",
     []([[maybe_unused]] World& world) {
       auto& at = world.column("comments", "created_at");
       at.default_kind = DefaultKind::constant;
       at.default_text = "None";
     },
     State::decided,
     0.7},
    {"posts only",
     []([[maybe_unused]] World& world) { world.remove_column("comments", "created_at"); },
     State::decided,
     0.6},
    {"posts only, and nothing fills it",
     []([[maybe_unused]] World& world) {
       world.remove_column("comments", "created_at");
       world.column("posts", "created_at").default_kind = DefaultKind::none;
     },
     State::decided,
     0.24},
    {"comments only",
     []([[maybe_unused]] World& world) { world.remove_column("posts", "created_at"); },
     State::decided,
     0.4},
    {"none",
     []([[maybe_unused]] World& world) {
       world.remove_column("posts", "created_at");
       world.remove_column("comments", "created_at");
     },
     State::decided,
     0.0},
    {"none, but the classes are not understood",
     []([[maybe_unused]] World& world) {
       world.remove_column("posts", "created_at");
       world.remove_column("comments", "created_at");
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"a default that was not understood",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::unknown;
     },
     State::undetermined,
     1.0},
    {"the time goes by a name that is not known",
     []([[maybe_unused]] World& world) {
       world.roles.entities["comment"].columns.erase("created");
       world.column("comments", "created_at").name = "alta";
     },
     State::undetermined,
     1.0},
    {"only a time of modification",
     []([[maybe_unused]] World& world) {
       world.roles.entities["comment"].columns.erase("created");
       auto& at = world.column("comments", "created_at");
       at.name = at.attribute = "updated_at";
       at.onupdate_kind = DefaultKind::callable;
     },
     State::decided,
     0.6},
    {"a missing entity",
     []([[maybe_unused]] World& world) { world.remove_role("comment"); },
     State::decided,
     0.6},
  }));
  expect_row("entity.timestamp", {{"columns", "[post.created, comment.created]"}}, row);
}

} // namespace assay
