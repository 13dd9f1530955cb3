// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Types fit what the names promise", "[checks][entity.sane_types]")
{
  const Row row = GENERATE(values<Row>({
    {"moments and foreign keys", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a Boolean flag",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::flag("is_published"));
     },
     State::decided,
     1.0},
    {"one flag of eight facts is an integer",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::integer("is_published"));
     },
     State::decided,
     0.8571},
    {"published_at is a moment, no flag",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::moment("published_at"));
     },
     State::decided,
     1.0},
    {"created_by is no moment",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::string("created_by"));
     },
     State::decided,
     1.0},
    {"a String state",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::string("status"));
     },
     State::decided,
     0.8571},
    {"a String state with a CHECK",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::string("status"));
       world.table("posts").checks.push_back({"", "status IN ('draft')", {}});
     },
     State::decided,
     1.0},
    {"a state that points to a table of states",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::integer("status_id"));
       world.add_table(test::table_of("statuses", {test::identity()}));
       world.table("posts").foreign_keys.push_back(foreign_key("status_id", "statuses"));
     },
     State::decided,
     1.0},
    {"an Enum",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::ColumnOf("status", TypeFamily::enumeration));
     },
     State::decided,
     1.0},
    {"money as a float",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::ColumnOf("price", TypeFamily::real));
     },
     State::decided,
     0.8571},
    {"money as Numeric",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::ColumnOf("price", TypeFamily::numeric));
     },
     State::decided,
     1.0},
    {"a moment kept as text",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").family = TypeFamily::string;
     },
     State::decided,
     0.8333},
    {"Unix time is left alone",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").family = TypeFamily::integer;
     },
     State::decided,
     1.0},
    {"an integer foreign key to a UUID",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::uuid; },
     State::decided,
     0.6667},
    {"a foreign key without a type",
     []([[maybe_unused]] World& world) {
       auto& id = world.column("posts", "user_id");
       id.family = TypeFamily::unknown;
       id.type_text.clear();
     },
     State::decided,
     1.0},
    {"integers of two sizes agree",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").family = TypeFamily::big_integer;
     },
     State::decided,
     1.0},
    {"a type of a private library is left alone",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::other; },
     State::decided,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
     },
     State::decided,
     0.0},
  }));
  expect_row("entity.sane_types", {{"entities", "[user, post, comment, tag]"}}, row);
}

} // namespace assay
