// SPDX-License-Identifier: MIT
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

/// What was left out could hold anything: a link is read where it leads to, the rest is not.
bool hides_code(const SkippedPath& skipped)
{
  constexpr std::array k_hiding = {SkipReason::too_large,
                                   SkipReason::too_long,
                                   SkipReason::too_deep,
                                   SkipReason::duplicate_casefold,
                                   SkipReason::unreadable,
                                   SkipReason::submodule};
  const bool python = skipped.path.ends_with(".py") || skipped.reason == SkipReason::submodule;
  return python && !is_vendored(skipped.path)
         && std::ranges::find(k_hiding, skipped.reason) != k_hiding.end();
}

/// Absence proves nothing where a file was not read.
void note_left_out(const Snapshot& snapshot, Facts& facts)
{
  for (const SkippedPath& skipped : snapshot.skipped) {
    if (!hides_code(skipped)) {
      continue;
    }
    const std::string gap = skipped.path + " was left out and not read.";
    facts.schema.complete = Truth::no;
    facts.schema.gaps.push_back(gap);
    facts.queries.complete = Truth::no;
    facts.queries.gaps.push_back(gap);
    facts.migration.tables_complete = Truth::no;
    facts.migration.gaps.push_back(gap);
  }
}

} // namespace

Facts read(const Snapshot& snapshot)
{
  Program program(snapshot);
  Facts facts;
  facts.environment = read_environment(program);
  facts.schema = read_schema(program, facts.environment);
  facts.raw_sql_schema = read_raw_sql(program);
  facts.migration = read_migration(program, facts.environment, facts.schema);
  facts.queries = read_queries(program, facts.schema);
  facts.style = read_style(program, facts.queries);
  facts.readme = read_readme(snapshot);
  facts.integrity = read_integrity(program);
  facts.files = program.files();
  facts.signals = read_signals(program, facts);
  note_left_out(snapshot, facts);
  return facts;
}

} // namespace assay::facts
