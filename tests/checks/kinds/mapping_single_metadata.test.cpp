// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Entities share one MetaData", "[checks][mapping.single_metadata]")
{
  const Row row = GENERATE(values<Row>({
    {"one base", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"two bases with foreign keys between them",
     []([[maybe_unused]] World& world) { world.table("users").metadata = "app.other.Base"; },
     State::undetermined,
     0.5},
    {"two bases and a foreign key that finds nothing",
     []([[maybe_unused]] World& world) {
       world.table("users").metadata = "app.other.Base";
       world.facts.schema.problems.push_back({"unresolved_fk_target", "posts", "users", {}});
     },
     State::decided,
     0.0},
    {"two bases and nothing between them",
     []([[maybe_unused]] World& world) {
       world.table("tags").metadata = "app.other.Base";
       world.remove_relationship("Post.tags");
       world.remove_relationship("Tag.posts");
     },
     State::decided,
     0.0},
    {"a base that was not understood",
     []([[maybe_unused]] World& world) {
       world.table("users").metadata.clear();
       world.mapped("User").metadata.clear();
     },
     State::undetermined,
     1.0},
    {"an entity is missing",
     []([[maybe_unused]] World& world) { world.remove_role("tag"); },
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
  expect_row("mapping.single_metadata", {{"entities", "[user, post, comment, tag]"}}, row);
}

} // namespace assay
