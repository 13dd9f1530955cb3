// SPDX-License-Identifier: MIT
#include "tests/support/kind_rows.hpp"

namespace assay {

using test::Row;
using test::State;
using test::World;

TEST_CASE("Importing the models only defines them", "[checks][module.import_clean]")
{
  const Row row = GENERATE(values<Row>({
    {"nothing happens", []([[maybe_unused]] World& world) {}, State::decided, 1.0},
    {"tables are created",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::create_tables, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.5},
    {"rows are written",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::data_change, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"tables are created and something is printed",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::create_tables, "", {"app/models.py", 60, 1, 60, "x"}});
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::print, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"a library is patched",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::patch, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"a file is written",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::write_file, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"a server is started",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::server, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"a connection is opened",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::connect, "", {"app/database.py", 60, 1, 60, "x"}});
     },
     State::decided,
     0.0},
    {"something else",
     []([[maybe_unused]] World& world) {
       world.facts.schema.import_effects.push_back(
         {ImportEffectKind::other, "", {"app/models.py", 60, 1, 60, "x"}});
     },
     State::decided,
     1.0},
    {"nothing is mapped",
     []([[maybe_unused]] World& world) {
       world.facts.schema.classes.clear();
       world.facts.schema.tables.clear();
     },
     State::decided,
     0.0},
  }));
  expect_row("module.import_clean", {}, row);
}

} // namespace assay
