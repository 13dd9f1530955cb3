// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Database code keeps a few plain rules", "[checks][code.rules]")
{
  const Row row = GENERATE(values<Row>({
    {"it does", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"one frozen default",
     []([[maybe_unused]] World& world) {
       world.column("posts", "created_at").default_kind = DefaultKind::frozen;
     },
     State::decided,
     0.5},
    {"two frozen defaults",
     []([[maybe_unused]] World& world) {
       for (const char* table : {"posts", "users"}) {
         world.column(table, "created_at").default_kind = DefaultKind::frozen;
       }
     },
     State::decided,
     0.0},
    {"SQL from values, twice",
     []([[maybe_unused]] World& world) {
       Callable callable;
       callable.name = "f";
       callable.live = Truth::yes;
       callable.built_sql = {{"f-string", {}}, {"%", {}}};
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.0},
    {"SQL from values in dead code",
     []([[maybe_unused]] World& world) {
       Callable callable;
       callable.name = "f";
       callable.live = Truth::yes;
       callable.live = Truth::no;
       callable.built_sql = {{"f-string", {}}};
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     1.0},
    {"SQL from values in a labelled bad example",
     []([[maybe_unused]] World& world) {
       Callable callable;
       callable.name = "f";
       callable.live = Truth::yes;
       callable.bad_example = true;
       callable.built_sql = {{"f-string", {}}};
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     1.0},
    {"a coroutine that is not awaited",
     []([[maybe_unused]] World& world) {
       Callable callable;
       callable.name = "f";
       callable.live = Truth::yes;
       callable.missing_await = true;
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.5},
    {"a commit while reading",
     []([[maybe_unused]] World& world) {
       Callable callable;
       callable.name = "f";
       callable.live = Truth::yes;
       callable.commits_while_reading = true;
       world.facts.queries.callables.push_back(callable);
     },
     State::decided,
     0.5},
    {"nothing was seen, but the queries were not understood",
     []([[maybe_unused]] World& world) { world.facts.queries.complete = Truth::no; },
     State::undetermined,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       world.facts.schema.classes.clear();
       world.facts.schema.tables.clear();
     },
     State::decided,
     0.0},
  }));
  expect_row("code.rules", {}, row);
}

} // namespace assay
