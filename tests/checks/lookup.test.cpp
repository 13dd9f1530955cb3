// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/facts_builder.hpp"

namespace assay {

using test::foreign_key;
using test::World;

TEST_CASE("A role that is not filled gives an empty view", "[checks][lookup]")
{
  World world = test::sound_world();
  world.remove_role("tag");
  const checks::EntityView view = checks::view_entity(world.subject(), "tag");
  REQUIRE_FALSE(view.found());
  REQUIRE(view.table() == nullptr);
  REQUIRE(view.complete == Truth::yes);
  REQUIRE(checks::columns_of(view, "name").empty());
  REQUIRE(checks::label(view) == "Tag");
}

TEST_CASE("A view holds the tables of bases, subclasses and aliases", "[checks][lookup]")
{
  World world = test::sound_world();
  world.add("", "Person", test::table_of("people", {test::identity()}));
  world.add("", "Editor", test::table_of("editors", {test::identity()}));
  world.add("", "Profile", test::table_of("profiles", {test::identity()}));
  world.mapped("User").inherits = "app.models.Person";
  world.mapped("Editor").inherits = "app.models.User";
  world.roles.entities["user"].aliases = {"app.models.Profile"};
  std::vector<std::string> names;
  for (const Table* table : checks::view_entity(world.subject(), "user").tables) {
    names.push_back(table->name);
  }
  REQUIRE(names == std::vector<std::string>{"users", "people", "editors", "profiles"});
}

TEST_CASE("A subclass with a role of its own is no part of its base", "[checks][lookup]")
{
  World world = test::sound_world();
  world.mapped("Comment").inherits = "app.models.Post";
  REQUIRE(checks::view_entity(world.subject(), "post").classes
          == std::vector<std::string>{"app.models.Post"});
}

TEST_CASE("Inheritance that goes in a circle ends", "[checks][lookup]")
{
  World world = test::sound_world();
  world.mapped("User").inherits = "app.models.User";
  REQUIRE(checks::view_entity(world.subject(), "user").classes.size() == 1);
}

TEST_CASE("The foreign key of joined inheritance is no relation", "[checks][lookup]")
{
  World world = test::sound_world();
  world.add(
    "", "Editor", test::table_of("editors", {test::identity()}, {foreign_key("id", "users")}));
  world.mapped("Editor").inherits = "app.models.User";
  const checks::EntityView user = checks::view_entity(world.subject(), "user");
  REQUIRE(checks::foreign_keys(user, user).empty());
}

TEST_CASE("Foreign keys that carry a preferred name come first", "[checks][lookup]")
{
  World world = test::sound_world();
  Table& posts = world.table("posts");
  posts.columns.push_back(test::integer("editor_id"));
  posts.foreign_keys.insert(posts.foreign_keys.begin(), foreign_key("editor_id", "users"));
  const checks::Subject subject = world.subject();
  const auto keys = checks::foreign_keys(
    checks::view_entity(subject, "post"), checks::view_entity(subject, "user"), {"user"});
  REQUIRE(keys.size() == 2);
  REQUIRE(keys.front().key->columns.front() == "user_id");
}

TEST_CASE("Words are matched side by side and whole", "[checks][lookup]")
{
  struct Names {
    const char* name;
    const char* wanted;
    bool matches;
  };

  const Names row = GENERATE(values<Names>({{"author_id", "author", true},
                                            {"authorId", "author", true},
                                            {"created_by", "created_by", true},
                                            {"created_at_by", "created_by", false},
                                            {"authority", "author", false},
                                            {"", "author", false},
                                            {"author", "", false}}));
  CAPTURE(row.name, row.wanted);
  REQUIRE(checks::has_words(row.name, row.wanted) == row.matches);
}

TEST_CASE("An index leads with its first column only", "[checks][lookup]")
{
  Table table = test::table_of(
    "posts", {test::identity(), test::integer("user_id"), test::moment("created_at")});
  table.keys.push_back(test::key_of(KeyKind::index, {"created_at", "user_id"}));
  REQUIRE(checks::leads_index(table, "created_at"));
  REQUIRE(checks::leads_index(table, "id"));
  REQUIRE_FALSE(checks::leads_index(table, "user_id"));
  REQUIRE_FALSE(checks::leads_index(table, "title"));
}

TEST_CASE("A CHECK that has an alternative does not make a column required", "[checks][lookup]")
{
  Table table =
    test::table_of("posts", {test::text("body").nullable(), test::text("link").nullable()});
  table.checks.push_back({"", "body IS NOT NULL OR link IS NOT NULL", {}});
  REQUIRE(checks::is_nullable({&table, &table.columns.front()}) == Truth::yes);
  table.checks.front().text = "body IS NOT NULL";
  REQUIRE(checks::is_nullable({&table, &table.columns.front()}) == Truth::no);
}

TEST_CASE("A link table is found without being named, and a role's own table is none",
          "[checks][lookup]")
{
  World world = test::sound_world();
  world.roles.relations.clear();
  world.remove_relationship("Post.tags").remove_relationship("Tag.posts");
  Table& comments = world.table("comments");
  comments.columns.push_back(test::integer("tag_id"));
  comments.foreign_keys.push_back(foreign_key("tag_id", "tags"));
  const checks::Subject subject = world.subject();
  const auto links = checks::links(subject, *checks::find_relation_spec(subject, "tagged"));
  REQUIRE(links.size() == 1);
  REQUIRE(links.front().table->name == "post_tags");
  REQUIRE(links.front().from_key->columns.front() == "post_id");
  REQUIRE(links.front().to_key->columns.front() == "tag_id");
}

TEST_CASE("A link of an entity with itself has two foreign keys", "[checks][lookup]")
{
  World world = test::sound_world();
  world.rubric.relations.push_back(
    test::relation_spec("follows", "user", "user", Cardinality::many_to_many, {"followers"}));
  world.add_table(
    test::table_of("follows",
                   {test::integer("follower_id").primary(), test::integer("followed_id").primary()},
                   {foreign_key("follower_id", "users"), foreign_key("followed_id", "users")}));
  const checks::Subject subject = world.subject();
  const auto links = checks::links(subject, *checks::find_relation_spec(subject, "follows"));
  REQUIRE(links.size() == 1);
  REQUIRE(links.front().from_key->columns.front() == "follower_id");
  REQUIRE(links.front().to_key->columns.front() == "followed_id");
}

TEST_CASE("Absence proves something only where everything was read", "[checks][lookup]")
{
  World world = test::sound_world();
  REQUIRE(checks::absence_proves(world.subject()));

  SECTION("a gap in the models")
  {
    world.hide_something("Base.prepare() reflects tables");
    REQUIRE(checks::why_incomplete(world.subject()) == "Base.prepare() reflects tables");
  }
  SECTION("a graded file that could not be parsed")
  {
    SourceFile file;
    file.path = "app/tags.py";
    file.role = FileRole::graded;
    world.facts.files.push_back(file);
    REQUIRE_FALSE(checks::absence_proves(world.subject()));
  }
  SECTION("a test that could not be parsed does not matter")
  {
    SourceFile file;
    file.path = "tests/test_tags.py";
    file.role = FileRole::test;
    world.facts.files.push_back(file);
    REQUIRE(checks::absence_proves(world.subject()));
  }
}

} // namespace assay
