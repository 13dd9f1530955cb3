// SPDX-License-Identifier: MIT
// What was measured in a run, as text for whoever asks with ASSAY_TABLE=1.
#pragma once

#include "engine/model/run_record.hpp"
#include "tests/support/sample_key.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <string>
#include <string_view>

namespace assay::test {

inline std::string describe_run(const DriveRun& run)
{
  std::string text = fmt::format(
    "    ({},{}) call {} walk {} claims {} rows {} | roots {} foreign {} repeated {} bare {} | "
    "leaves {} attached {} foreign {} whole {} cut {} |",
    run.roots,
    run.leaves,
    run.in_call,
    run.in_walk,
    run.in_claims,
    run.rows,
    run.roots_seen,
    run.roots_foreign,
    run.roots_repeated,
    run.bare_seen,
    run.leaves_seen,
    run.leaves_attached,
    run.leaves_foreign,
    run.roots_whole,
    run.roots_cut);
  for (const LateLoad& load : run.loads) {
    text += fmt::format(" {}{} x{} {}:{}",
                        load.refresh ? "refresh " : "",
                        load.relation,
                        load.count,
                        load.where.path,
                        load.where.line);
  }
  for (const RelationState& state : run.relations) {
    text += fmt::format(" [{} {}/{} unreachable {} {}]",
                        state.relation,
                        state.loaded,
                        state.objects,
                        state.unreachable,
                        state.error);
  }
  return text;
}

inline void print_query_runs(const RunRecord& record)
{
  const QueryRunFacts& facts = record.facts.query_runs;
  fmt::print(
    "  {} in {} ms\n", facts.ran ? "ran" : "not run: " + facts.not_run, record.timings.execute_ms);
  for (const DrivenCallable& each : facts.callables) {
    std::string bound;
    for (const std::string& part : each.bound) {
      bound += (bound.empty() ? "" : ", ") + part;
    }
    fmt::print("  {} outcome {} ({}) {}{}{} {} {} stale {}\n",
               each.ref,
               static_cast<int>(each.outcome),
               bound,
               each.asked ? "asked" : "",
               each.printed ? " printed" : "",
               each.without_sql ? " NO SQL" : "",
               each.detail,
               each.error.type + " " + each.error.message,
               static_cast<int>(each.stale));
    for (const std::string& warning : each.warnings) {
      fmt::print("    {}\n", warning.substr(0, 160));
    }
    for (const DriveRun& run : each.runs) {
      fmt::print("{}\n", describe_run(run));
    }
  }
  for (const auto& [query, ref] : record.judgement.resolution.queries) {
    fmt::print("  {} = {}\n", query, ref);
  }
}

inline std::string word_of(Truth truth)
{
  return truth == Truth::yes ? "yes" : truth == Truth::no ? "no" : "unknown";
}

inline void print_migration_run(const std::string& name, const RunRecord& record)
{
  const MigrationRun& run = record.facts.migration.run;
  fmt::print("\n== {}: loads {} {} {} heads [{}] wired [{}] {}{}\n",
             name,
             word_of(run.loads),
             run.load_error.type,
             run.load_error.message,
             fmt::join(run.heads, " "),
             fmt::join(run.wired_tables, " "),
             run.not_run,
             run.alone ? " alone" : "");
  for (const MigrationStep& step : run.steps) {
    fmt::print("   {}: {} {} {} at {}:{} changes {} [{}]\n",
               step.name,
               word_of(step.ok),
               step.error.type,
               step.error.message.substr(0, 150),
               step.error.where.path,
               step.error.where.line,
               step.changes,
               fmt::join(step.tables, " "));
  }
  for (const MigrationStep& step : run.singly) {
    fmt::print("   singly: {} of {} {} {}\n",
               step.name,
               step.revision,
               word_of(step.ok),
               step.error.message.substr(0, 150));
  }
}

/// Verdicts of a category, one line each.
inline void print_verdicts(const RunRecord& record, std::string_view category)
{
  for (const Verdict& verdict : record.judgement.verdicts) {
    if (verdict.check.starts_with(category)) {
      fmt::print("   {:<44} {:>5} {} {}\n",
                 verdict.check,
                 shown(verdict),
                 verdict.basis == Basis::observed ? "ran " : "read",
                 verdict.reason.substr(0, 160));
    }
  }
}

} // namespace assay::test
