// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("Primary keys are surrogates or natural keys", "[checks][entity.primary_key]")
{
  const Row row = GENERATE(values<Row>({
    {"integer keys", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a UUID with a default per row",
     []([[maybe_unused]] World& world) {
       auto& id = world.column("users", "id");
       id.family = TypeFamily::uuid;
       id.default_kind = DefaultKind::callable;
     },
     State::decided,
     1.0},
    {"a string such as a ULID",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::string; },
     State::decided,
     1.0},
    {"text of any length",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::text; },
     State::decided,
     1.0},
    {"a big integer",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").family = TypeFamily::big_integer;
     },
     State::decided,
     1.0},
    {"Identity()",
     []([[maybe_unused]] World& world) {
       auto& id = world.column("users", "id");
       id.generated = Truth::yes;
       id.server_default_kind = DefaultKind::server;
     },
     State::decided,
     1.0},
    {"a PrimaryKeyConstraint",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").primary_key = Truth::no;
       world.table("users").keys.push_back(key_of(KeyKind::primary, {"id"}));
     },
     State::decided,
     1.0},
    {"the name of a tag as its key",
     []([[maybe_unused]] World& world) {
       world.column("tags", "id").primary_key = Truth::no;
       world.column("tags", "name").primary_key = Truth::yes;
     },
     State::decided,
     1.0},
    {"business text as the key",
     []([[maybe_unused]] World& world) {
       world.column("posts", "id").primary_key = Truth::no;
       world.column("posts", "title").primary_key = Truth::yes;
     },
     State::decided,
     0.75},
    {"a default evaluated once",
     []([[maybe_unused]] World& world) {
       auto& id = world.column("users", "id");
       id.family = TypeFamily::uuid;
       id.default_kind = DefaultKind::frozen;
     },
     State::decided,
     0.825},
    {"a default that was not understood",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").default_kind = DefaultKind::unknown;
     },
     State::undetermined,
     1.0},
    {"a type of a private library",
     []([[maybe_unused]] World& world) { world.column("users", "id").family = TypeFamily::other; },
     State::undetermined,
     1.0},
    {"a moment as the key",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").family = TypeFamily::datetime;
     },
     State::decided,
     0.75},
    {"no key",
     []([[maybe_unused]] World& world) { world.column("users", "id").primary_key = Truth::no; },
     State::decided,
     0.75},
    {"no key, but the class is not understood completely",
     []([[maybe_unused]] World& world) {
       world.column("users", "id").primary_key = Truth::no;
       world.mapped("User").complete = Truth::no;
     },
     State::undetermined,
     1.0},
    {"a missing entity counts nothing",
     []([[maybe_unused]] World& world) { world.remove_role("tag"); },
     State::decided,
     0.75},
    {"a table in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag", EntityOrigin::raw_sql, test::table_of("tags", {test::identity()}));
     },
     State::decided,
     0.8},
  }));
  expect_row("entity.primary_key",
             {{"entities", "[user, post, comment, tag]"},
              {"forbid", "[post.title, post.body, comment.body]"}},
             row);
}

} // namespace assay
