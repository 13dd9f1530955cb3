// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Required columns are NOT NULL", "[checks][entity.not_null]")
{
  const Row row = GENERATE(values<Row>({
    {"all of them", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one of five may be NULL",
     []([[maybe_unused]] World& world) { world.column("comments", "body").nullable = Truth::yes; },
     State::decided,
     0.8},
    {"one of five was not understood",
     []([[maybe_unused]] World& world) {
       world.column("comments", "body").nullable = Truth::unknown;
     },
     State::undetermined,
     0.9},
    {"a nullable body of a draft",
     []([[maybe_unused]] World& world) {
       world.column("posts", "body").nullable = Truth::yes;
       world.table("posts").columns.push_back(test::string("status"));
     },
     State::decided,
     1.0},
    {"a nullable body without a draft state",
     []([[maybe_unused]] World& world) { world.column("posts", "body").nullable = Truth::yes; },
     State::decided,
     0.8},
    {"a draft state excuses the body only",
     []([[maybe_unused]] World& world) {
       world.column("posts", "title").nullable = Truth::yes;
       world.table("posts").columns.push_back(test::flag("is_draft"));
     },
     State::decided,
     0.8},
    {"posts without titles",
     []([[maybe_unused]] World& world) {
       world.remove_column("posts", "title");
       world.roles.entities["post"].columns.erase("title");
     },
     State::decided,
     1.0},
    {"a CHECK",
     []([[maybe_unused]] World& world) {
       world.column("tags", "name").nullable = Truth::yes;
       world.table("tags").checks.push_back({"", "name IS NOT NULL", {}});
     },
     State::decided,
     1.0},
    {"a primary key",
     []([[maybe_unused]] World& world) {
       auto& name = world.column("tags", "name");
       name.nullable = Truth::unknown;
       name.primary_key = Truth::yes;
     },
     State::decided,
     1.0},
    {"a validator does not count",
     []([[maybe_unused]] World& world) {
       world.column("tags", "name").nullable = Truth::yes;
       world.column("tags", "name").validators = {"check_name"};
     },
     State::decided,
     0.8},
    {"of two identities the unique one counts",
     []([[maybe_unused]] World& world) {
       world.column("users", "name").nullable = Truth::yes;
       world.roles.entities["user"].columns["identity"] = {"name", "email"};
     },
     State::decided,
     1.0},
    {"the unique identity may be NULL, the other not",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").nullable = Truth::yes;
       world.roles.entities["user"].columns["identity"] = {"name", "email"};
     },
     State::decided,
     0.8},
    {"a missing entity counts nothing",
     []([[maybe_unused]] World& world) { world.remove_role("tag"); },
     State::decided,
     0.8},
    {"a missing entity that may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.hide_something();
     },
     State::undetermined,
     0.8},
    {"NOT NULL in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag",
                      EntityOrigin::raw_sql,
                      test::table_of("tags", {test::string("name")}),
                      {{"name", {"name"}}});
     },
     State::decided,
     0.9},
    {"the column was not found, but another may be it",
     []([[maybe_unused]] World& world) { world.roles.entities["tag"].columns.clear(); },
     State::undetermined,
     0.9},
  }));
  expect_row("entity.not_null",
             {{"columns", "[user.identity, post.title, post.body, comment.body, tag.name]"},
              {"draft_columns", "[post.body]"}},
             row);
}

} // namespace assay
