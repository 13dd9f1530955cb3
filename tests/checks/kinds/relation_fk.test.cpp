// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::foreign_key;
using test::key_of;
using test::Row;
using test::State;
using test::World;

TEST_CASE("A relation is a foreign key", "[checks][relation.fk]")
{
  const Row row = GENERATE(values<Row>({
    {"a foreign key", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"a column of any name",
     []([[maybe_unused]] World& world) {
       world.column("posts", "user_id").name = "writer";
       world.table("posts").foreign_keys.front().columns = {"writer"};
     },
     State::decided,
     1.0},
    {"without the columns pointed to",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().target_columns.clear();
     },
     State::decided,
     1.0},
    {"with a schema",
     []([[maybe_unused]] World& world) {
       world.table("users").schema = "blog";
       world.table("posts").foreign_keys.front().target_table = "blog.users";
     },
     State::decided,
     1.0},
    {"nullable",
     []([[maybe_unused]] World& world) { world.column("posts", "user_id").nullable = Truth::yes; },
     State::decided,
     1.0},
    {"composite with a tenant",
     []([[maybe_unused]] World& world) {
       world.table("posts").columns.push_back(test::integer("tenant_id"));
       world.table("users").columns.push_back(test::integer("tenant_id"));
       world.table("users").keys.push_back(key_of(KeyKind::unique_constraint, {"tenant_id", "id"}));
       auto& key = world.table("posts").foreign_keys.front();
       key.columns = {"tenant_id", "user_id"};
       key.target_columns = {"tenant_id", "id"};
     },
     State::decided,
     1.0},
    {"to a joined subclass",
     []([[maybe_unused]] World& world) {
       world.add(
         "",
         "Author",
         test::table_of("authors", {test::integer("id").primary()}, {foreign_key("id", "users")}));
       world.mapped("Author").inherits = "app.models.User";
       world.table("posts").foreign_keys.front().target_table = "authors";
     },
     State::decided,
     1.0},
    {"to a profile",
     []([[maybe_unused]] World& world) {
       world.add("",
                 "Profile",
                 test::table_of("profiles",
                                {test::identity(), test::integer("user_id").unique()},
                                {foreign_key("user_id", "users")}));
       world.roles.entities["user"].aliases = {"app.models.Profile"};
       world.roles.entities["user"].alias_tables = {"profiles"};
       world.table("posts").foreign_keys.front().target_table = "profiles";
     },
     State::decided,
     1.0},
    {"to a class that goes by a name of the target",
     []([[maybe_unused]] World& world) {
       world.add("", "Writer", test::table_of("authors", {test::identity()}));
       world.table("posts").foreign_keys.front().target_table = "authors";
     },
     State::decided,
     1.0},
    {"a plain integer",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
     },
     State::decided,
     0.0},
    {"a foreign key to another entity",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.table("posts").foreign_keys.front().target_table = "tags";
     },
     State::decided,
     0.0},
    {"to a column that is no key",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().target_columns = {"name"};
     },
     State::decided,
     0.0},
    {"joined by the mapper only",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       world.relationship("Post.author").foreign_annotated = true;
       world.relationship("Post.author").custom_join = true;
     },
     State::decided,
     0.3},
    {"only in the migration",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.add_migrated(test::table_of("users", {test::identity()}));
       world.add_migrated(test::table_of(
         "posts", {test::identity(), test::integer("user_id")}, {foreign_key("user_id", "users")}));
     },
     State::decided,
     0.6},
    {"kept as text",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.remove_column("posts", "user_id");
       world.table("posts").columns.push_back(test::string("author_name"));
     },
     State::decided,
     0.25},
    {"a pair of type and id",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.remove_column("posts", "user_id");
       world.table("posts").columns.push_back(test::string("owner_type"));
       world.table("posts").columns.push_back(test::integer("owner_id"));
     },
     State::decided,
     0.3},
    {"no column at all",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.remove_column("posts", "user_id");
     },
     State::decided,
     0.0},
    {"none was seen, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.hide_something();
     },
     State::undetermined,
     0.0},
    {"none was seen, and the class is not understood",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.mapped("Post").complete = Truth::no;
     },
     State::undetermined,
     0.0},
    {"none was seen, and the migrations are not understood",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.clear();
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       world.add_migrated(test::table_of("posts", {}));
       world.facts.migration.tables_complete = Truth::no;
     },
     State::undetermined,
     0.0},
    {"a foreign key that was not followed",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User.posts", "Post.author"}) {
         world.remove_relationship(name);
       }
       auto& key = world.table("posts").foreign_keys.front();
       key.target_table.clear();
       key.target_known = Truth::unknown;
     },
     State::undetermined,
     0.5},
    {"the parent is missing",
     []([[maybe_unused]] World& world) { world.remove_role("user"); },
     State::decided,
     0.0},
    {"both in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("user");
       world.remove_role("post");
       world.add_bare("user", EntityOrigin::raw_sql, test::table_of("users", {test::identity()}));
       world.add_bare("post",
                      EntityOrigin::raw_sql,
                      test::table_of("posts",
                                     {test::identity(), test::integer("user_id")},
                                     {foreign_key("user_id", "users")}));
     },
     State::decided,
     0.6},
  }));
  expect_row("relation.fk", {{"relation", "authored"}}, row, {{"as_text", 0.25}});
}

TEST_CASE("The reason names the column without a constraint", "[checks][relation.fk]")
{
  REQUIRE(test::reason_of("relation.fk",
                          {{"relation", "authored"}},
                          [](World& world) { world.table("posts").foreign_keys.clear(); })
          == "Post.user_id has no foreign key constraint");
}

TEST_CASE("A foreign key may be required to have an action", "[checks][relation.fk]")
{
  const Row row = GENERATE(values<Row>({
    {"it has", [](World&) {}, State::decided, 1.0},
    {"it has another",
     [](World& world) { world.table("posts").foreign_keys.front().ondelete = "SET NULL"; },
     State::decided,
     0.0},
  }));
  expect_row("relation.fk", {{"relation", "authored"}, {"ondelete", "CASCADE"}}, row);
}

} // namespace assay
