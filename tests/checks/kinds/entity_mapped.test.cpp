// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Entities count by how they exist", "[checks][entity.mapped]")
{
  const Row row = GENERATE(values<Row>({
    {"four mapped classes", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"any name",
     []([[maybe_unused]] World& world) {
       world.mapped("Post").name = "app.models.BlogPostModel";
       world.roles.entities["post"].class_name = "app.models.BlogPostModel";
     },
     State::decided,
     1.0},
    {"a __table__ hybrid",
     []([[maybe_unused]] World& world) { world.mapped("User").style = MappingStyle::hybrid_table; },
     State::decided,
     1.0},
    {"imperative mapping",
     []([[maybe_unused]] World& world) { world.mapped("User").style = MappingStyle::imperative; },
     State::decided,
     1.0},
    {"one entity is missing",
     []([[maybe_unused]] World& world) { world.remove_role("tag"); },
     State::decided,
     0.75},
    {"one is missing, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.hide_something();
     },
     State::undetermined,
     0.75},
    {"one is missing and a file has a syntax error",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       SourceFile file;
       file.path = "tags.py";
       file.role = FileRole::graded;
       file.parsed = true;
       file.syntax_errors.push_back({{"tags.py", 3, 1, 3, "class"}, ""});
       world.facts.files.push_back(file);
     },
     State::undetermined,
     0.75},
    {"a Core table that is never mapped",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag", EntityOrigin::core_table, test::table_of("tags", {test::identity()}));
     },
     State::decided,
     0.875},
    {"only in a migration",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag", EntityOrigin::migration, test::table_of("tags", {test::identity()}));
     },
     State::decided,
     0.8},
    {"only in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag", EntityOrigin::raw_sql, test::table_of("tags", {test::identity()}));
     },
     State::decided,
     0.8},
    {"another library maps the classes",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
       world.facts.environment.uses_sqlalchemy = false;
       world.facts.environment.other_technology = "django";
     },
     State::decided,
     0.2},
    {"no models at all",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
     },
     State::decided,
     0.0},
  }));
  expect_row("entity.mapped", {{"entities", "[user, post, comment, tag]"}}, row);
}

TEST_CASE("A missing entity is named by the title the rubric gives it", "[checks][entity.mapped]")
{
  const std::string reason = test::reason_of(
    "entity.mapped", {{"entities", "[user, tag]"}}, [](World& world) { world.remove_role("tag"); });
  REQUIRE(reason == "No mapped class or table for Tag was found");
}

} // namespace assay
