// SPDX-License-Identifier: MIT
#include "engine/probe/integrity.hpp"

#include "tests/support/catch.hpp"

using namespace assay;

namespace {

broker::LoggedStatement statement(std::int64_t step, std::string kind)
{
  broker::LoggedStatement made;
  made.step = step;
  made.kind = std::move(kind);
  made.sql = "SQL of " + made.kind;
  return made;
}

ExecutionFacts run_of(ImportOutcome outcome, Truth configures)
{
  ExecutionFacts facts;
  facts.ran = true;
  ModuleImport module;
  module.path = "app/models.py";
  module.outcome = outcome;
  facts.modules.push_back(module);
  RegistryRun registry;
  registry.name = "Base";
  registry.configures = configures;
  registry.error.message = "<object at 0x7f>";
  facts.registries.push_back(registry);
  return facts;
}

} // namespace

TEST_CASE("statements within steps and what a driver does late raise no flag")
{
  cell::Run::Log log;
  log.statements = {statement(1, "select"),
                    statement(2, "ddl"),
                    statement(0, "transaction"),
                    statement(0, "pragma")};
  CHECK(probe::unasked_statements(log).empty());
}

TEST_CASE("SQL while nothing was asked raises one flag, however much there is")
{
  const std::string kind = GENERATE("select", "insert", "update", "delete", "ddl");
  cell::Run::Log log;
  log.statements = {statement(1, "select"), statement(0, kind), statement(0, kind)};
  const auto flags = probe::unasked_statements(log);
  REQUIRE(flags.size() == 1);
  CHECK(flags[0].flag == "sql_outside_step");
  CHECK(flags[0].detail.find("SQL of " + kind) != std::string::npos);
}

TEST_CASE("two runs differ by what came of them, not by the texts of errors")
{
  ExecutionFacts first = run_of(ImportOutcome::imported, Truth::no);
  ExecutionFacts second = first;
  second.registries[0].error.message = "<object at 0x55>";
  CHECK(probe::differences(first, second).empty());
  second.modules[0].outcome = ImportOutcome::failed;
  CHECK(probe::differences(first, second)
        == std::vector<std::string>{
          "Import of app/models.py: imported at first, failed when repeated"});
  second = first;
  second.registries.clear();
  CHECK(probe::differences(first, second).size() == 1);
  CHECK(probe::differences(second, first).size() == 1);
}

TEST_CASE("a repetition that did not run tells nothing")
{
  Facts facts;
  facts.execution = run_of(ImportOutcome::imported, Truth::yes);
  Facts second;
  probe::note_differences(facts, second);
  CHECK(facts.integrity.empty());
  second.execution.ran = true;
  probe::note_differences(facts, second);
  CHECK(facts.integrity.size() == 2);
}

TEST_CASE("query code that both runs called is held against itself")
{
  QueryRunFacts first;
  first.ran = true;
  DrivenCallable& called = first.callables.emplace_back();
  called.ref = "app/queries.py::posts_of";
  called.root = "post";
  called.by = "user";
  called.outcome = DriveOutcome::ran;
  called.runs.resize(1);
  called.runs[0].roots = 3;
  called.runs[0].leaves = 2;
  called.runs[0].in_call = 2;
  QueryRunFacts second = first;
  second.callables[0].warnings = {"its text may hold times"};
  CHECK(probe::differences(first, second).empty());
  second.callables[0].runs[0].in_walk = 5;
  CHECK(probe::differences(first, second)
        == std::vector<std::string>{
          "Calling app/queries.py::posts_of for post of user at 3 by 2: 2 statements, 0 and 0 "
          "objects at first, 7 statements, 0 and 0 objects when repeated"});
  second.callables[0].ref = "app/queries.py::others";
  CHECK(probe::differences(first, second).empty());
}
