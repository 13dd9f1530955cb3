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

void note_differences(Facts& facts, const ExecutionFacts& second)
{
  if (!facts.execution.ran || !second.ran) {
    return; // ours or the host's: it tells nothing
  }
  constexpr std::size_t k_most = 10;
  for (std::string& text : differences(facts.execution, second)) {
    if (std::ranges::find(facts.integrity, text, &IntegrityFlag::detail) == facts.integrity.end()
        && std::ranges::count(facts.integrity, k_repeat_flag, &IntegrityFlag::flag)
             < static_cast<std::ptrdiff_t>(k_most)) {
      facts.integrity.push_back({std::string(k_repeat_flag), {}, std::move(text)});
    }
  }
}

} // namespace assay::probe
