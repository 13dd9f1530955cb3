// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Mappers configure", "[checks][mapping.configures]")
{
  const Row row = GENERATE(values<Row>({
    {"everything resolves", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one relationship leads nowhere",
     []([[maybe_unused]] World& world) {
       world.remove_relationship("User.comments");
       auto& one = world.relationship("Comment.author");
       one.target_exists = Truth::no;
       one.target.clear();
       one.back_populates.clear();
     },
     State::decided,
     0.4},
    {"two lead nowhere",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"Comment.author", "Comment.post"}) {
         world.relationship(name).target_exists = Truth::no;
       }
     },
     State::decided,
     0.0},
    {"back_populates names nothing",
     []([[maybe_unused]] World& world) { world.relationship("User.posts").reverse_ok = Truth::no; },
     State::decided,
     0.4},
    {"both sides of a pair name something else",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").reverse_ok = world.relationship("Post.author").reverse_ok =
         Truth::no;
     },
     State::decided,
     0.4},
    {"a problem that was found while reading",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back({"ambiguous_foreign_keys",
                                              "app.models.Post.author",
                                              "two foreign keys",
                                              {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.4},
    {"a table is defined twice",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back(
         {"duplicate_table", "users", "users is defined twice", {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.0},
    {"a foreign key names nothing",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back(
         {"unresolved_fk_target", "posts", "no table user", {"app/models.py", 9, 1, 9, "x"}});
     },
     State::decided,
     0.0},
    {"a problem, but something may be hidden",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").reverse_ok = Truth::no;
       world.hide_something();
     },
     State::undetermined,
     0.5},
    {"a target that was not followed",
     []([[maybe_unused]] World& world) {
       world.relationship("User.posts").target_exists = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"a foreign key that was not followed",
     []([[maybe_unused]] World& world) {
       world.table("posts").foreign_keys.front().target_known = Truth::unknown;
     },
     State::undetermined,
     1.0},
    {"no problem, but something may be hidden",
     []([[maybe_unused]] World& world) { world.hide_something(); },
     State::undetermined,
     1.0},
    {"a String without a length is no matter of mappers",
     []([[maybe_unused]] World& world) {
       world.facts.schema.problems.push_back({"mysql_length", "tags", "x", {}});
     },
     State::decided,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) { world.facts.schema.classes.clear(); },
     State::decided,
     0.0},
  }));
  expect_row("mapping.configures", {}, row);
}

} // namespace assay
