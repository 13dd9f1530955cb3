// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("An identity is unique and NOT NULL", "[checks][entity.unique]")
{
  const Row row = GENERATE(values<Row>({
    {"unique=True", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"unique=True and index=True make one unique index",
     []([[maybe_unused]] World& world) { world.column("users", "email").indexed = Truth::yes; },
     State::decided,
     1.0},
    {"a UniqueConstraint",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").keys.push_back(key_of(KeyKind::unique_constraint, {"email"}));
     },
     State::decided,
     1.0},
    {"a unique index",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").keys.push_back(key_of(KeyKind::unique_index, {"email"}));
     },
     State::decided,
     1.0},
    {"a functional unique index",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       Key key = key_of(KeyKind::unique_index, {"email"});
       key.functional = true;
       world.table("users").keys.push_back(key);
     },
     State::decided,
     1.0},
    {"the identity is the primary key",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.column("users", "id").primary_key = Truth::no;
       world.column("users", "email").primary_key = Truth::yes;
     },
     State::decided,
     1.0},
    {"with a tenant",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").columns.push_back(test::integer("tenant_id"));
       world.table("users").keys.push_back(
         key_of(KeyKind::unique_constraint, {"tenant_id", "email"}));
     },
     State::decided,
     1.0},
    {"with a soft-delete column",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").columns.push_back(test::moment("deleted_at"));
       world.table("users").keys.push_back(
         key_of(KeyKind::unique_constraint, {"email", "deleted_at"}));
     },
     State::decided,
     1.0},
    {"another identity is enough",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.column("users", "name").unique = Truth::yes;
       world.roles.entities["user"].columns["identity"] = {"email", "name"};
     },
     State::decided,
     1.0},
    {"a plain index",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.column("users", "email").indexed = Truth::yes;
     },
     State::decided,
     0.0},
    {"unique but nullable",
     []([[maybe_unused]] World& world) { world.column("users", "email").nullable = Truth::yes; },
     State::decided,
     0.7},
    {"a CHECK makes it NOT NULL",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").nullable = Truth::yes;
       world.table("users").checks.push_back({"", "email IS NOT NULL", {}});
     },
     State::decided,
     1.0},
    {"unique only in the migration",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.add_migrated(
         test::table_of("users", {test::identity(), test::string("email").unique()}));
     },
     State::decided,
     0.5},
    {"nullable, and unique only in the migration",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.column("users", "email").nullable = Truth::yes;
       world.add_migrated(
         test::table_of("users", {test::identity(), test::string("email").unique()}));
     },
     State::decided,
     0.35},
    {"unique together with the name",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").keys.push_back(key_of(KeyKind::unique_constraint, {"email", "name"}));
     },
     State::decided,
     0.3},
    {"looked up before writing",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       Filter filter;
       filter.class_name = "app.models.User";
       filter.attribute = "email";
       filter.operand = Operand::parameter;
       Statement statement;
       statement.filters.push_back(filter);
       Callable callable;
       callable.name = "register_user";
       callable.writes = true;
       callable.live = Truth::yes;
       callable.statements.push_back(statement);
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.2},
    {"looked up when reading",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       Filter filter;
       filter.class_name = "app.models.User";
       filter.attribute = "email";
       filter.operand = Operand::parameter;
       Statement statement;
       statement.filters.push_back(filter);
       Callable callable;
       callable.name = "find_user";
       callable.live = Truth::yes;
       callable.statements.push_back(statement);
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.0},
    {"not unique, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"not unique, but the table is not understood completely",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.table("users").complete = Truth::no;
     },
     State::undetermined,
     0.0},
    {"not unique, and the migrations are not understood",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").unique = Truth::no;
       world.add_migrated(test::table_of("users", {test::identity()}));
       world.facts.migration.tables_complete = Truth::no;
     },
     State::undetermined,
     0.0},
    {"unique given by a helper that was not understood",
     []([[maybe_unused]] World& world) { world.column("users", "email").unique = Truth::unknown; },
     State::undetermined,
     1.0},
    {"nullable not understood",
     []([[maybe_unused]] World& world) {
       world.column("users", "email").nullable = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"no identity column, but another text may be it",
     []([[maybe_unused]] World& world) { world.roles.entities["user"].columns.clear(); },
     State::undetermined,
     0.5},
    {"no identity column and no other text",
     []([[maybe_unused]] World& world) {
       world.roles.entities["user"].columns.clear();
       world.remove_column("users", "email");
       world.remove_column("users", "name");
     },
     State::decided,
     0.0},
    {"no such entity",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::decided,
     0.0},
    {"no such entity, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_role("user");
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"the identity is on a profile table",
     []([[maybe_unused]] World& world) {
       world.remove_column("users", "email");
       world.add("",
                 "Profile",
                 test::table_of("profiles", {test::identity(), test::string("email").unique()}));
       world.roles.entities["user"].aliases = {"app.models.Profile"};
       world.roles.entities["user"].alias_tables = {"profiles"};
     },
     State::decided,
     1.0},
    {"unique in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("user");
       world.add_bare("user",
                      EntityOrigin::raw_sql,
                      test::table_of("users", {test::identity(), test::string("email").unique()}),
                      {{"identity", {"email"}}});
     },
     State::decided,
     0.5},
  }));
  expect_row("entity.unique", {{"columns", "[user.identity]"}}, row);
}

TEST_CASE("The reason names the column and what is wrong", "[checks][entity.unique]")
{
  const test::Given given = {{"columns", "[user.identity]"}};
  REQUIRE(
    test::reason_of("entity.unique",
                    given,
                    [](World& world) { world.column("users", "email").nullable = Truth::yes; })
    == "User.email is unique but may be NULL");
  REQUIRE(test::reason_of("entity.unique",
                          given,
                          [](World& world) { world.column("users", "email").unique = Truth::no; })
          == "User.email has no unique constraint");
}

TEST_CASE("What counts as unique can be narrowed", "[checks][entity.unique]")
{
  const Row row = {"a unique index where only constraints count",
                   [](World& world) {
                     world.column("users", "email").unique = Truth::no;
                     world.table("users").keys.push_back(key_of(KeyKind::unique_index, {"email"}));
                   },
                   State::decided,
                   0.0};
  expect_row("entity.unique", {{"columns", "[user.identity]"}, {"allow", "[constraint]"}}, row);
}

TEST_CASE("A tag name may be unique per owner", "[checks][entity.unique]")
{
  const Row row = GENERATE(values<Row>({
    {"unique (user_id, name)",
     [](World& world) {
       world.column("tags", "name").unique = Truth::no;
       world.table("tags").columns.push_back(test::integer("user_id"));
       world.table("tags").keys.push_back(key_of(KeyKind::unique_constraint, {"user_id", "name"}));
     },
     State::decided,
     1.0},
    {"a unique slug",
     [](World& world) {
       world.column("tags", "name").unique = Truth::no;
       world.table("tags").columns.push_back(test::string("slug").unique());
       world.roles.entities["tag"].columns["name"] = {"name", "slug"};
     },
     State::decided,
     1.0},
    {"the name as primary key",
     [](World& world) {
       world.column("tags", "name").unique = Truth::no;
       world.remove_column("tags", "id");
       world.column("tags", "name").primary_key = Truth::yes;
     },
     State::decided,
     1.0},
    {"nullable",
     [](World& world) { world.column("tags", "name").nullable = Truth::yes; },
     State::decided,
     0.8},
  }));
  expect_row("entity.unique",
             {{"columns", "[tag.name]"}, {"scope", "[tenant, user, owner]"}},
             row,
             {{"nullable", 0.8}, {"code_only", 0.3}});
}

} // namespace assay
