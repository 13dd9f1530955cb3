// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Defaults are not evaluated at import", "[checks][entity.default_not_frozen]")
{
  const Row row = GENERATE(values<Row>({
    {"references", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one of several frozen",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::frozen;
     },
     State::decided,
     0.5},
    {"all frozen",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"users", "posts", "comments"}) {
         world.column(table, "created_at").default_kind = DefaultKind::frozen;
       }
     },
     State::decided,
     0.0},
    {"all times frozen, keys computed",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"users", "posts", "comments"}) {
         world.column(table, "created_at").default_kind = DefaultKind::frozen;
       }
       auto& id = world.column("users", "id");
       id.family = TypeFamily::uuid;
       id.default_kind = DefaultKind::callable;
     },
     State::decided,
     0.0},
    {"a frozen onupdate",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").onupdate_kind = DefaultKind::frozen;
     },
     State::decided,
     0.5},
    {"a shared list",
     []([[maybe_unused]] World& world) {
       auto& column = world.column("tags", "name");
       column.family = TypeFamily::json;
       column.default_kind = DefaultKind::constant;
       column.default_text = "[]";
     },
     State::decided,
     0.0},
    {"a plain constant is fine",
     []([[maybe_unused]] World& world) {
       auto& column = world.column("tags", "name");
       column.default_kind = DefaultKind::constant;
       column.default_text = "'x'";
     },
     State::decided,
     1.0},
    {"func.now()",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::sql;
     },
     State::decided,
     1.0},
    {"no default at all",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"users", "posts", "comments"}) {
         world.column(table, "created_at").default_kind = DefaultKind::none;
       }
     },
     State::decided,
     1.0},
    {"a helper that was not understood",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::unknown;
     },
     State::undetermined,
     1.0},
    {"a mixin that was not understood",
     []([[maybe_unused]] World& world) { world.table("posts").complete = Truth::no; },
     State::undetermined,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
     },
     State::decided,
     0.0},
    {"nothing was found, but something may be hidden",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
       world.hide_something();
     },
     State::undetermined,
     0.0},
  }));
  expect_row("entity.default_not_frozen", {}, row);
}

} // namespace assay
