// SPDX-License-Identifier: MIT
#include "engine/facts/merge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace assay::facts {

namespace {

Location place_of(const SchemaFacts& schema, const std::string& table, const std::string& column)
{
  const auto found = std::ranges::find(schema.tables, table, &Table::name);
  if (found == schema.tables.end()) {
    return {};
  }
  const auto named = std::ranges::find(found->columns, column, &Column::name);
  return named == found->columns.end() ? found->where : named->where;
}

} // namespace

void note_scans(Facts& facts)
{
  // MySQL makes an index for every foreign key; what it was run on does not.
  if (!facts.query_runs.ran || facts.environment.dialect == Dialect::mysql) {
    return;
  }
  std::map<std::pair<std::string, std::string>, std::set<std::string>> callers;
  for (const DrivenCallable& driven : facts.query_runs.callables) {
    const auto colons = driven.ref.find("::");
    for (const TableScan& scan : driven.scans) {
      callers[{scan.table, scan.column}].insert(
        colons == std::string::npos ? driven.ref : driven.ref.substr(colons + 2));
    }
  }
  Signal signal{"unindexed_lookups", !callers.empty(), {}};
  for (const auto& [scan, names] : callers) {
    const auto& [table, column] = scan;
    signal.evidence.push_back({place_of(facts.schema, table, column),
                               fmt::format("{} reads all of {}: an index on {} ({}) would help",
                                           *names.begin(),
                                           table,
                                           table,
                                           column)});
  }
  std::erase_if(facts.signals, [&](const Signal& each) { return each.id == signal.id; });
  facts.signals.push_back(std::move(signal));
}

} // namespace assay::facts
