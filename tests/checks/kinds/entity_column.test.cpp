// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Columns exist under any of their names", "[checks][entity.column]")
{
  const Row row = GENERATE(values<Row>({
    {"both", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one is missing",
     []([[maybe_unused]] World& world) {
       world.remove_column("posts", "body");
       world.remove_column("posts", "created_at");
       world.roles.entities["post"].columns.erase("body");
     },
     State::decided,
     0.5},
    {"one is missing, but another may be it",
     []([[maybe_unused]] World& world) { world.roles.entities["post"].columns.erase("body"); },
     State::undetermined,
     0.65},
    {"one is missing, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_column("posts", "body");
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("post"); },
     State::decided,
     0.0},
    {"in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("post");
       world.add_bare("post",
                      EntityOrigin::raw_sql,
                      test::table_of("posts", {test::string("title"), test::text("body")}),
                      {{"title", {"title"}}, {"body", {"body"}}});
     },
     State::decided,
     0.2},
  }));
  expect_row("entity.column", {{"columns", "[post.title, post.body]"}}, row);
}

TEST_CASE("Columns may be held to type families", "[checks][entity.column]")
{
  const Row row = GENERATE(values<Row>({
    {"it has one of them", [](World&) {}, State::decided, 1.0},
    {"it has another",
     [](World& world) { world.column("posts", "title").family = TypeFamily::integer; },
     State::decided,
     0.0},
    {"its type was not understood",
     [](World& world) { world.column("posts", "title").family = TypeFamily::other; },
     State::undetermined,
     1.0},
  }));
  expect_row("entity.column", {{"columns", "[post.title]"}, {"families", "[string, text]"}}, row);
}

} // namespace assay
