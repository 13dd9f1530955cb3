// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Text columns have fitting types", "[checks][entity.type]")
{
  const Row row = GENERATE(values<Row>({
    {"String and Text", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"unbounded String for a title",
     []([[maybe_unused]] World& world) { world.column("posts", "title").length.reset(); },
     State::decided,
     1.0},
    {"unbounded String for a body",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("comments", "body");
       body.family = TypeFamily::string;
       body.type_text = "String";
     },
     State::decided,
     1.0},
    {"a long String for a body",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("comments", "body");
       body.family = TypeFamily::string;
       body.length = 5000;
     },
     State::decided,
     1.0},
    {"a JSON body",
     []([[maybe_unused]] World& world) { world.column("posts", "body").family = TypeFamily::json; },
     State::decided,
     1.0},
    {"fifty characters for a comment",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("comments", "body");
       body.family = TypeFamily::string;
       body.length = 50;
     },
     State::decided,
     0.6667},
    {"a length that was not understood",
     []([[maybe_unused]] World& world) {
       auto& body = world.column("comments", "body");
       body.family = TypeFamily::string;
       body.type_text = "String(MAX_BODY)";
     },
     State::undetermined,
     1.0},
    {"a title that is a number",
     []([[maybe_unused]] World& world) {
       world.column("posts", "title").family = TypeFamily::integer;
     },
     State::decided,
     0.8333},
    {"String without a length on MySQL",
     []([[maybe_unused]] World& world) {
       world.facts.environment.dialect = Dialect::mysql;
       auto& name = world.column("tags", "name");
       name.length.reset();
       name.type_text = "String";
     },
     State::decided,
     0.6667},
    {"a type of a private library",
     []([[maybe_unused]] World& world) {
       world.column("posts", "body").family = TypeFamily::other;
     },
     State::undetermined,
     1.0},
    {"a missing entity counts nothing",
     []([[maybe_unused]] World& world) { world.remove_role("tag"); },
     State::decided,
     0.6667},
    {"the body goes by a name that is not known",
     []([[maybe_unused]] World& world) { world.roles.entities["comment"].columns.erase("body"); },
     State::undetermined,
     0.8333},
    {"a table in SQL",
     []([[maybe_unused]] World& world) {
       world.remove_role("tag");
       world.add_bare("tag",
                      EntityOrigin::raw_sql,
                      test::table_of("tags", {test::string("name")}),
                      {{"name", {"name"}}});
     },
     State::decided,
     0.7333},
  }));
  expect_row("entity.type",
             {{"short", "[post.title, tag.name]"}, {"long", "[post.body, comment.body]"}},
             row);
}

} // namespace assay
