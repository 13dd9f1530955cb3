// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("A CHECK limits a column", "[checks][entity.check]")
{
  const Row row = GENERATE(values<Row>({
    {"a range",
     []([[maybe_unused]] World& world) {
       world.table("posts").checks.push_back({"", "length(title) > 3", {}});
     },
     State::decided,
     1.0},
    {"a CHECK of another form",
     []([[maybe_unused]] World& world) {
       world.table("posts").checks.push_back({"", "title LIKE 'A%'", {}});
     },
     State::decided,
     0.0},
    {"a CHECK of another column",
     []([[maybe_unused]] World& world) {
       world.table("posts").checks.push_back({"", "length(body) > 3", {}});
     },
     State::decided,
     0.0},
    {"none", []([[maybe_unused]] World& world) {}, State::decided, 0.0},
    {"a validator",
     []([[maybe_unused]] World& world) {
       world.column("posts", "title").validators = {"check_title"};
     },
     State::decided,
     0.3},
    {"only in a migration",
     []([[maybe_unused]] World& world) {
       Table posts = test::table_of("posts", {test::string("title")});
       posts.checks.push_back({"", "length(title) > 3", {}});
       world.add_migrated(posts);
     },
     State::decided,
     0.5},
    {"none was seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     0.0},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("post"); },
     State::decided,
     0.0},
  }));
  expect_row("entity.check", {{"columns", "[post.title]"}, {"form", "range"}}, row);
}

} // namespace assay
