// SPDX-License-Identifier: MIT
#include "engine/probe/integrity.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace assay::probe {

namespace {

constexpr std::string_view k_repeat_flag = "differs_when_repeated";

bool touches_data(const broker::LoggedStatement& statement)
{
  constexpr std::array<std::string_view, 5> k_kinds = {
    "select", "insert", "update", "delete", "ddl"};
  return !statement.implicit && std::ranges::find(k_kinds, statement.kind) != k_kinds.end();
}

std::string_view word_of(ImportOutcome outcome)
{
  switch (outcome) {
  case ImportOutcome::not_tried:
    return "not tried";
  case ImportOutcome::imported:
    return "imported";
  case ImportOutcome::stubbed:
    return "imported with stand-ins";
  case ImportOutcome::failed:
    return "failed";
  case ImportOutcome::missing:
    return "could not be judged";
  }
  return {};
}

std::string_view word_of(Truth truth)
{
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

/// Everything that a run can be held to, by what it is about.
std::map<std::string, std::string> outcomes_of(const ExecutionFacts& facts)
{
  std::map<std::string, std::string> outcomes;
  for (const ModuleImport& module : facts.modules) {
    outcomes["Import of " + module.path] = word_of(module.outcome);
  }
  for (const RegistryRun& registry : facts.registries) {
    outcomes["Configuring the mappers of " + registry.name] = word_of(registry.configures);
  }
  for (const SchemaRun& schema : facts.schemas) {
    outcomes["Creating the tables of " + schema.metadata] =
      fmt::format("{}, {} tables", word_of(schema.created), schema.tables_created);
  }
  std::map<std::string, int> statements;
  for (const ImportStatement& statement : facts.import_statements) {
    ++statements[statement.module];
  }
  for (const auto& [module, count] : statements) {
    outcomes["Statements while importing " + module] = std::to_string(count);
  }
  return outcomes;
}

std::string_view word_of(DriveOutcome outcome)
{
  switch (outcome) {
  case DriveOutcome::not_run:
    return "not called";
  case DriveOutcome::ran:
    return "ran";
  case DriveOutcome::raised:
    return "raised an error";
  case DriveOutcome::unbindable:
  case DriveOutcome::unsuitable:
    break;
  }
  return "could not be judged";
}

std::map<std::string, std::string> outcomes_of(const QueryRunFacts& facts)
{
  std::map<std::string, std::string> outcomes;
  for (const DrivenCallable& each : facts.callables) {
    const std::string name = fmt::format("{} for {} of {}", each.ref, each.root, each.by);
    outcomes["Calling " + name] = word_of(each.outcome);
    for (const DriveRun& run : each.runs) {
      outcomes[fmt::format("Calling {} at {} by {}", name, run.roots, run.leaves)] =
        fmt::format("{} statements, {} and {} objects",
                    run.in_call + run.in_walk,
                    run.roots_seen,
                    run.leaves_seen);
    }
  }
  return outcomes;
}

} // namespace

std::vector<IntegrityFlag> unasked_statements(const cell::Run::Log& log)
{
  for (const broker::LoggedStatement& statement : log.statements) {
    if (statement.step == 0 && touches_data(statement)) {
      return {{"sql_outside_step",
               {},
               "SQL reached the database while nothing was asked of the submission: "
                 + to_utf8_lossy(std::string_view(statement.sql).substr(0, 200))}};
    }
  }
  return {};
}

std::vector<std::string> differences(const ExecutionFacts& first, const ExecutionFacts& second)
{
  std::vector<std::string> found;
  const auto before = outcomes_of(first);
  auto after = outcomes_of(second);
  for (const auto& [what, outcome] : before) {
    const std::string other = after.contains(what) ? after[what] : "nothing";
    if (other != outcome) {
      found.push_back(fmt::format("{}: {} at first, {} when repeated", what, outcome, other));
    }
    after.erase(what);
  }
  for (const auto& [what, outcome] : after) {
    found.push_back(fmt::format("{}: nothing at first, {} when repeated", what, outcome));
  }
  return found;
}

std::vector<std::string> differences(const QueryRunFacts& first, const QueryRunFacts& second)
{
  std::vector<std::string> found;
  const auto after = outcomes_of(second);
  for (const auto& [what, outcome] : outcomes_of(first)) {
    const auto other = after.find(what);
    if (other != after.end() && other->second != outcome) {
      found.push_back(
        fmt::format("{}: {} at first, {} when repeated", what, outcome, other->second));
    }
  }
  return found;
}

void note_differences(Facts& facts, const Facts& second)
{
  if (!facts.execution.ran || !second.execution.ran) {
    return; // ours or the host's: it tells nothing
  }
  constexpr std::size_t k_most = 10;
  auto texts = differences(facts.execution, second.execution);
  if (facts.query_runs.ran && second.query_runs.ran) {
    std::ranges::move(differences(facts.query_runs, second.query_runs), std::back_inserter(texts));
  }
  for (std::string& text : texts) {
    if (std::ranges::find(facts.integrity, text, &IntegrityFlag::detail) == facts.integrity.end()
        && std::ranges::count(facts.integrity, k_repeat_flag, &IntegrityFlag::flag)
             < static_cast<std::ptrdiff_t>(k_most)) {
      facts.integrity.push_back({std::string(k_repeat_flag), {}, std::move(text)});
    }
  }
}

} // namespace assay::probe
