// SPDX-License-Identifier: MIT
#include "engine/probe/query_driven.hpp"

#include "engine/probe/plans.hpp"
#include "engine/probe/sent_sql.hpp"

#include <algorithm>

namespace assay::probe {

void accept_run(Driven& driven, Ground& ground, SeedSize size, Attempt& attempt)
{
  attempt.run.roots = size.roots;
  attempt.run.leaves = ground.seeds.leaves;
  driven.facts.printed = driven.facts.printed || attempt.printed;
  driven.facts.outcome = DriveOutcome::ran;
  const bool answers = attempt.run.roots_seen > 0 || attempt.run.leaves_seen > 0;
  const bool changed = answers && attempt.changed_schema && !driven.is_script();
  driven.changed_schema = driven.changed_schema || changed;
  const int statements = attempt.run.in_call + attempt.run.in_walk;
  driven.facts.without_sql = driven.facts.without_sql || (answers && statements == 0);
  if (driven.facts.runs.empty()) {
    const auto root = std::ranges::find(ground.seeds.rows, driven.facts.root, &SeedRow::role);
    driven.facts.selects = root == ground.seeds.rows.end()
                             ? SentSelects{}
                             : describe_selects(attempt.selects, ground.schema, root->table);
  }
  driven.facts.runs.push_back(std::move(attempt.run));
  if (driven.facts.runs.size() == k_drive_sizes.size()) {
    driven.facts.scans = find_scans(*ground.database, ground.schema, attempt.selects);
  }
}

void accept_warnings(Driven& driven, const Ground& ground, const Attempt& attempt)
{
  constexpr std::size_t k_most_warnings = 10;
  std::vector<std::string>& known = driven.facts.warnings;
  for (const std::string& warning : attempt.warnings) {
    std::string text = ground.index->without_secrets(warning);
    if (known.size() < k_most_warnings && std::ranges::find(known, text) == known.end()) {
      known.push_back(std::move(text));
    }
  }
}

} // namespace assay::probe
