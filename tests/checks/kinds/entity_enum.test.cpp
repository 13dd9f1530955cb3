// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("A column holds one of a few values", "[checks][entity.enum]")
{
  const Row row = GENERATE(values<Row>({
    {"any string", []([[maybe_unused]] World& world) {}, State::decided, 0.0},
    {"an Enum",
     []([[maybe_unused]] World& world) {
       auto& title = world.column("posts", "title");
       title.family = TypeFamily::enumeration;
       title.enum_labels = {"a", "b"};
     },
     State::decided,
     1.0},
    {"an Enum of one value",
     []([[maybe_unused]] World& world) {
       auto& title = world.column("posts", "title");
       title.family = TypeFamily::enumeration;
       title.enum_labels = {"a"};
     },
     State::decided,
     0.0},
    {"an Enum whose values were not read",
     []([[maybe_unused]] World& world) {
       world.column("posts", "title").family = TypeFamily::enumeration;
     },
     State::decided,
     1.0},
    {"a CHECK",
     []([[maybe_unused]] World& world) {
       world.table("posts").checks.push_back({"", "title IN ('a', 'b')", {}});
     },
     State::decided,
     1.0},
    {"a table of values",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.push_back(foreign_key("title", "titles"));
     },
     State::decided,
     1.0},
    {"a type of a private library",
     []([[maybe_unused]] World& world) {
       world.column("posts", "title").family = TypeFamily::other;
     },
     State::undetermined,
     0.5},
    {"nothing was seen, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     0.0},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("post"); },
     State::decided,
     0.0},
  }));
  expect_row("entity.enum", {{"column", "post.title"}}, row);
}

} // namespace assay
