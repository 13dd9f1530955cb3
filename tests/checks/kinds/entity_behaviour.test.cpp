// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("What a database does shows only by running", "[checks][entity.behaviour]")
{
  const Row row = GENERATE(values<Row>({
    {"by reading", []([[maybe_unused]] World& world) {}, State::undetermined, 0.5},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::decided,
     0.0},
    {"no such entity was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_role("user");
       world.hide_something();
     },
     State::undetermined,
     0.0},
  }));
  expect_row("entity.behaviour", {{"entity", "user"}, {"steps", "[insert, insert again]"}}, row);
}

} // namespace assay
