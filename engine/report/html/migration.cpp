// SPDX-License-Identifier: MIT
#include "engine/report/html/sections.hpp"
#include "engine/report/migration_words.hpp"
#include "engine/report/page.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <algorithm>

namespace assay::report::html {

namespace {

constexpr std::size_t k_revisions_shown = 40;

std::string_view tone_of_step(Truth ok)
{
  switch (ok) {
  case Truth::yes:
    return "good";
  case Truth::no:
    return "bad";
  case Truth::unknown:
    break;
  }
  return "calm";
}

Markup steps(const MigrationRun& run)
{
  Markup list;
  if (!run.ran) {
    list << "<p class=\"muted\">The migrations were read, not run.</p>\n";
    return list;
  }
  list << "<ol class=\"steps\" aria-label=\"How they ran on " << database_title(run.database)
       << "\">\n";
  if (run.loads == Truth::no) {
    list << "<li class=\"bad\"><b>env.py fails</b><span>" << run.load_error.type << ": "
         << run.load_error.message << "</span></li>\n";
  }
  for (const MigrationStep& step : run.steps) {
    const bool empty = step.ok == Truth::yes && step.tables.empty()
                       && step.name.find("upgrade") != std::string::npos;
    list << "<li class=\"" << (empty ? "warn" : tone_of_step(step.ok)) << "\"><b>"
         << step_text(step) << "</b>";
    if (step.ok == Truth::no && !step.error.type.empty()) {
      list << "<span>" << step.error.type << ": " << step.error.message << "</span>";
    } else {
      list << "<span>"
           << (empty ? "and builds nothing: no table afterwards"
                     : counted(step.tables.size(), "table afterwards", "tables afterwards"))
           << "</span>";
    }
    list << "</li>\n";
  }
  list << "</ol>\n";
  if (const std::string singly = singly_text(run); !singly.empty()) {
    list << "<p class=\"small\">Taken " << singly << ".</p>\n";
  }
  list << "<p class=\"muted small\">Run on an empty " << database_title(run.database)
       << " database; its schema was read from outside.</p>\n";
  return list;
}

Markup timeline(const MigrationFacts& migration)
{
  Markup list;
  list << "<ol class=\"timeline\">\n";
  std::size_t shown = 0;
  for (const Revision& revision : migration.revisions) {
    if (shown++ == k_revisions_shown) {
      break;
    }
    const bool head = std::ranges::find(migration.heads, revision.id) != migration.heads.end();
    list << "<li><h3><code>" << (revision.id.empty() ? revision.path : revision.id) << "</code>";
    if (!revision.message.empty()) {
      list << " " << revision.message;
    }
    if (head) {
      list << " <span class=\"tag\">head</span>";
    }
    list << "</h3>";
    if (revision.down_revisions.size() > 1) {
      list << "<p class=\"small muted\">merges " << revision.down_revisions.size()
           << " revisions</p>";
    }
    list << "<p><b>Upgrade</b> " << upgrade_text(revision)
         << "</p><p class=\"muted\"><b>Downgrade</b> " << downgrade_text(revision) << "</p></li>\n";
  }
  list << "</ol>\n";
  if (migration.revisions.size() > k_revisions_shown) {
    list << "<p class=\"muted\">and " << migration.revisions.size() - k_revisions_shown
         << " more</p>\n";
  }
  return list;
}

Markup differences(const View& view)
{
  Markup items;
  for (const CheckFigures& check : view.checks) {
    const auto& specs = view.record.rubric.checks;
    const auto spec = std::ranges::find(specs, check.id, &CheckSpec::id);
    const Outcome outcome = check.verdict->outcome;
    if (spec != specs.end() && spec->kind == "migration.matches"
        && (outcome == Outcome::partial || outcome == Outcome::fail)) {
      items << "<li>" << check.verdict->reason << "</li>\n";
    }
  }
  Markup list;
  if (!items.empty()) {
    list << "<h3>Models and migration differ</h3><ul>\n" << items << "</ul>\n";
  }
  return list;
}

Markup risks(const RunRecord& record)
{
  Markup items;
  for (const Evidence& risk : migration_risks(record)) {
    items << "<li>" << risk.note << " " << code_line(risk.where) << "</li>\n";
  }
  Markup list;
  if (!items.empty()) {
    list << "<h3>To mind on tables in use</h3><ul class=\"places\">\n" << items << "</ul>\n";
  }
  return list;
}

} // namespace

Markup migration(const View& view)
{
  const MigrationFacts& migration = view.record.facts.migration;
  Markup body;
  if (migration.revisions.empty()) {
    body << "<p>No migration was found.</p>\n";
    return body;
  }
  body << steps(migration.run) << timeline(migration) << differences(view) << risks(view.record);
  return body;
}

} // namespace assay::report::html
