// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Rows belong to a tenant", "[checks][relation.tenant_scoped]")
{
  const Row row = GENERATE(values<Row>({
    {"both", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one may be NULL",
     []([[maybe_unused]] World& world) { world.column("posts", "user_id").nullable = Truth::yes; },
     State::decided,
     0.75},
    {"one has none",
     []([[maybe_unused]] World& world) { world.table("posts").foreign_keys.clear(); },
     State::decided,
     0.5},
    {"a unique constraint across tenants",
     []([[maybe_unused]] World& world) { world.column("posts", "title").unique = Truth::yes; },
     State::decided,
     0.85},
    {"a unique constraint within a tenant",
     []([[maybe_unused]] World& world) {
       world.table("posts").keys.push_back(
         key_of(KeyKind::unique_constraint, {"user_id", "title"}));
     },
     State::decided,
     1.0},
    {"one has none that was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"no tenant",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::decided,
     0.0},
  }));
  expect_row("relation.tenant_scoped", {{"tenant", "user"}, {"entities", "[post, comment]"}}, row);
}

} // namespace assay
