// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Models keep one style and say what they are", "[checks][mapping.style]")
{
  const Row row = GENERATE(values<Row>({
    {"consistent, documented, with __repr__",
     []([[maybe_unused]] World& world) {},
     State::decided,
     1.0},
    {"half of the classes have a __repr__",
     []([[maybe_unused]] World& world) {
       world.mapped("User").has_repr = world.mapped("Post").has_repr = false;
     },
     State::decided,
     1.0},
    {"most have none",
     []([[maybe_unused]] World& world) {
       world.mapped("User").has_repr = world.mapped("Post").has_repr =
         world.mapped("Tag").has_repr = false;
     },
     State::decided,
     0.8},
    {"SQLModel brings a repr",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment", "Tag"}) {
         world.mapped(name).has_repr = false;
         world.mapped(name).style = MappingStyle::sqlmodel;
       }
     },
     State::decided,
     1.0},
    {"annotations instead of docstrings",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment", "Tag"}) {
         world.mapped(name).has_docstring = false;
         world.mapped(name).annotated = true;
       }
     },
     State::decided,
     1.0},
    {"neither annotations nor docstrings",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment", "Tag"}) {
         world.mapped(name).has_docstring = false;
       }
     },
     State::decided,
     0.7},
    {"two styles",
     []([[maybe_unused]] World& world) { world.mapped("User").style = MappingStyle::typed; },
     State::decided,
     0.5},
    {"dataclasses are typed classes",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment"}) {
         world.mapped(name).style = MappingStyle::typed;
       }
       world.mapped("Tag").style = MappingStyle::dataclass;
     },
     State::decided,
     1.0},
    {"no repr, no documentation",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment", "Tag"}) {
         world.mapped(name).has_docstring = world.mapped(name).has_repr = false;
       }
     },
     State::decided,
     0.5},
    {"the repr may come from a base that was not understood",
     []([[maybe_unused]] World& world) {
       for (const char* name : {"User", "Post", "Comment", "Tag"}) {
         world.mapped(name).has_repr = false;
         world.mapped(name).complete = Truth::no;
       }
     },
     State::undetermined,
     0.8},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       for (const char* role : {"user", "post", "comment", "tag"}) {
         world.remove_role(role);
       }
     },
     State::decided,
     0.0},
  }));
  expect_row("mapping.style", {{"entities", "[user, post, comment, tag]"}}, row);
}

} // namespace assay
