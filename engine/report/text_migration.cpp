// SPDX-License-Identifier: MIT
// The revisions as a graph: one line each, what it does and what its downgrade does beside it.
#include "engine/base/text.hpp"
#include "engine/report/migration_words.hpp"
#include "engine/report/text_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace assay::report {

namespace {

/// The lanes of the graph, as `git log --graph` has them: one for each revision that nothing
/// follows yet.
class Lanes {
public:
  /// The lanes beside `revision`, its own marked with `mark`.
  std::string next(const Revision& revision, std::string_view mark, std::string_view line)
  {
    std::size_t own = tips_.size();
    for (const std::string& before : revision.down_revisions) {
      const auto found = std::ranges::find(tips_, before);
      if (found == tips_.end()) {
        continue;
      }
      const auto at = static_cast<std::size_t>(found - tips_.begin());
      if (own == tips_.size()) {
        own = at;
      } else {
        tips_.erase(found);
        own -= at < own ? 1 : 0;
      }
    }
    if (own == tips_.size()) {
      tips_.emplace_back();
    }
    tips_[own] = revision.id;
    std::string drawn;
    for (std::size_t i = 0; i < tips_.size(); ++i) {
      drawn += (i == 0 ? "" : " ") + std::string(i == own ? mark : line);
    }
    return drawn;
  }

private:
  std::vector<std::string> tips_;
};

void print_graph(Page& page, const MigrationFacts& migration, Detail detail)
{
  constexpr std::size_t k_in_summary = 12;
  Lanes lanes;
  std::size_t shown = 0;
  for (const Revision& revision : migration.revisions) {
    const std::string lane =
      lanes.next(revision, page.sign("\u25cf", "*"), page.sign("\u2502", "|"));
    if (++shown > k_in_summary && detail == Detail::summary) {
      page.paragraph({2, 4},
                     {{fmt::format("and {} more", migration.revisions.size() - k_in_summary)}});
      return;
    }
    std::string after;
    if (revision.down_revisions.size() > 1) {
      after = " merges " + join(revision.down_revisions, " and ") + ",";
    }
    page.paragraph({2, 6},
                   {{lane + " "},
                    {revision.id.empty() ? revision.path : revision.id, Style::bold},
                    {after + " " + upgrade_text(revision)},
                    {"; downgrade " + downgrade_text(revision), Style::dim}});
  }
}

void print_run_of(Page& page, const MigrationRun& run)
{
  if (!run.ran) {
    return;
  }
  std::vector<std::string> parts;
  if (run.loads == Truth::no) {
    parts.push_back("env.py fails: " + run.load_error.type + ": " + run.load_error.message);
  }
  for (const MigrationStep& step : run.steps) {
    const bool placed = step.ok == Truth::no && step.error.where.line > 0;
    parts.push_back(step_text(step)
                    + (placed ? " (" + place_text(step.error.where) + ")" : std::string()));
  }
  if (std::string singly = singly_text(run); !singly.empty()) {
    parts.push_back(std::move(singly));
  }
  if (!parts.empty()) {
    page.paragraph({2, 4}, {{"run on " + run.database + ": "}, {join(parts, "; ")}});
  }
}

void print_advice(Page& page, const RunRecord& record)
{
  for (const Evidence& risk : migration_risks(record)) {
    page.paragraph({2, 4}, {{risk.note + " "}, {"(" + place_text(risk.where) + ")", Style::dim}});
  }
}

} // namespace

void print_migration(Page& page, const RunRecord& record, Detail detail)
{
  const MigrationFacts& migration = record.facts.migration;
  if (migration.revisions.empty()) {
    return;
  }
  page.heading("The migration");
  print_graph(page, migration, detail);
  print_run_of(page, migration.run);
  print_advice(page, record);
}

} // namespace assay::report
