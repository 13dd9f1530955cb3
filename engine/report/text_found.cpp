// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/time.hpp"
#include "engine/model/query_role.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace assay::report {

namespace {

constexpr std::size_t k_paths_in_summary = 3;

/// Labels and what they stand for, in two columns.
class Pairs {
public:
  void add(std::string label, std::string text, Style style = Style::plain)
  {
    labels_.push_back(std::move(label));
    texts_.push_back({std::move(text), style});
  }

  void print(Page& page) const
  {
    std::size_t columns = 0;
    for (const std::string& label : labels_) {
      columns = std::max(columns, display_width(harmless(label, page.charset())));
    }
    columns = std::min<std::size_t>(columns, 24);
    for (std::size_t i = 0; i < labels_.size(); ++i) {
      const std::size_t used = display_width(harmless(labels_[i], page.charset()));
      page.paragraph(
        {2, columns + 4},
        {{labels_[i] + std::string(columns > used ? columns - used : 0, ' ') + "  "}, texts_[i]});
    }
  }

private:
  std::vector<std::string> labels_;
  std::vector<Span> texts_;
};

std::string entity_text(const ResolvedEntity& entity)
{
  std::string text = entity.class_name;
  if (!entity.table.empty()) {
    text += (text.empty() ? "table " : ", table ") + entity.table;
  }
  return text + fmt::format(" ({:.0f} % sure)", std::round(entity.confidence * 100.0));
}

void add_entities(Pairs& pairs, const RunRecord& record)
{
  const Resolution& resolution = record.judgement.resolution;
  for (const EntitySpec& spec : record.rubric.entities) {
    const auto found = resolution.entities.find(spec.id);
    if (found == resolution.entities.end()) {
      pairs.add(spec.id, "not found", Style::yellow);
    } else {
      pairs.add(spec.id, entity_text(found->second));
    }
  }
}

std::string callable_text(const Callable& callable)
{
  return callable.where.line > 0 ? fmt::format("{}, line {}", callable.ref, callable.where.line)
                                 : callable.ref;
}

void add_chosen_queries(Pairs& pairs, const RunRecord& record)
{
  const auto& callables = record.facts.queries.callables;
  for (const QuerySpec& query : record.rubric.queries) {
    const auto chosen = record.judgement.resolution.queries.find(query.id);
    if (chosen == record.judgement.resolution.queries.end()) {
      pairs.add(query.id, "not found", Style::yellow);
      continue;
    }
    const auto callable = std::ranges::find(callables, chosen->second, &Callable::ref);
    pairs.add(query.id, callable == callables.end() ? chosen->second : callable_text(*callable));
  }
}

void add_other_queries(Pairs& pairs, const RunRecord& record, Detail detail)
{
  std::size_t others = 0;
  for (const Callable& callable : record.facts.queries.callables) {
    const auto roles = query_roles(record.rubric, record.judgement.resolution, callable);
    if (roles.front() == "bad_example") {
      const std::string why =
        callable.bad_example_reason.empty() ? "" : " (" + callable.bad_example_reason + ")";
      pairs.add("bad example", callable_text(callable) + ", not judged" + why);
    } else if (roles.front() == "other") {
      ++others;
      if (detail == Detail::everything) {
        pairs.add("other", callable_text(callable));
      }
    }
  }
  if (others > 0 && detail == Detail::summary) {
    pairs.add("other",
              counted(others, "callable reads", "callables read") + " the database besides");
  }
}

std::string migration_text(const MigrationFacts& migration)
{
  std::string text;
  switch (migration.kind) {
  case MigrationKind::none:
    return "not found";
  case MigrationKind::alembic:
    text = "Alembic";
    break;
  case MigrationKind::flask_migrate:
    text = "Flask-Migrate";
    break;
  case MigrationKind::lone_revision:
    text = "revisions without an Alembic environment";
    break;
  }
  if (!migration.directory.empty()) {
    text += " in " + migration.directory;
  }
  return text + ", " + counted(migration.revisions.size(), "revision", "revisions") + ", "
         + counted(migration.heads.size(), "head", "heads");
}

std::string database_text(const EnvironmentFacts& environment)
{
  std::string text;
  switch (environment.dialect) {
  case Dialect::unknown:
    text = "not evident";
    break;
  case Dialect::sqlite:
    text = "SQLite";
    break;
  case Dialect::postgresql:
    text = "PostgreSQL";
    break;
  case Dialect::mysql:
    text = "MySQL";
    break;
  case Dialect::other:
    text = "another one";
    break;
  }
  if (environment.uses_sqlalchemy && environment.sqlalchemy_major > 0) {
    text += fmt::format(
      "; SQLAlchemy {}.{}", environment.sqlalchemy_major / 10, environment.sqlalchemy_major % 10);
  }
  if (!environment.sqlalchemy_pin.empty()) {
    text += fmt::format(" (pinned {})", environment.sqlalchemy_pin);
  }
  return text;
}

std::string signals_text(const std::vector<Signal>& signals)
{
  std::string present;
  for (const Signal& signal : signals) {
    if (signal.present && !is_trouble(signal)) {
      present += (present.empty() ? "" : ", ") + signal.id;
    }
  }
  return present;
}

std::string reason_text(SkipReason reason)
{
  std::string text(codec::word(reason));
  std::ranges::replace(text, '_', ' ');
  return text;
}

std::string skipped_text(const SkippedPath& path)
{
  return path.detail.empty() ? path.path : path.path + " (" + path.detail + ")";
}

void note(Page& page, const std::string& text)
{
  page.paragraph({2, 4}, {{std::string(page.sign("\u2022 ", "- ")) + text}});
}

void note_damaged_files(Page& page, const RunRecord& record)
{
  std::string places;
  std::size_t files = 0;
  for (const SourceFile& file : record.facts.files) {
    if (!file.syntax_errors.empty()) {
      ++files;
      places += (places.empty() ? "" : ", ") + place_text(file.syntax_errors.front().where);
    }
  }
  if (files > 0) {
    note(page,
         counted(files, "file has syntax errors", "files have syntax errors") + " (" + places
           + "); the rest of the code counts.");
  }
}

void note_history(Page& page, const RunRecord& record)
{
  const SubmissionRecord& submission = record.submission;
  if (submission.before) {
    std::string text =
      fmt::format("The last commit up to {} was graded", codec::time_text(*submission.before));
    if (submission.history.commits_after > 0) {
      text += fmt::format("; {} later",
                          counted(static_cast<std::size_t>(submission.history.commits_after),
                                  "commit of the branch is",
                                  "commits of the branch are"));
    }
    note(page, text + ".");
  }
  if (submission.history.committed_at) {
    note(page, "Commit dates are the candidate's own claim: a hint, no proof of a deadline.");
  }
}

} // namespace

void print_found(Page& page, const RunRecord& record, Detail detail)
{
  page.heading("What was found");
  Pairs pairs;
  add_entities(pairs, record);
  add_chosen_queries(pairs, record);
  add_other_queries(pairs, record, detail);
  pairs.add("migration", migration_text(record.facts.migration));
  pairs.add("database", database_text(record.facts.environment));
  if (const std::string signals = signals_text(record.facts.signals); !signals.empty()) {
    pairs.add("also seen", signals);
  }
  for (const Signal& signal : record.facts.signals) {
    for (const Evidence& evidence :
         is_trouble(signal) ? signal.evidence : std::vector<Evidence>{}) {
      pairs.add("unscored", evidence.note);
    }
  }
  pairs.print(page);
  for (const std::string& text : record.judgement.resolution.notes) {
    note(page, text);
  }
}

void print_interview(Page& page, const RunRecord& record)
{
  const auto topics = interview_topics(record);
  if (topics.empty()) {
    return;
  }
  page.heading("To ask in the interview");
  for (const InterviewTopic& topic : topics) {
    std::string because;
    for (const std::string_view check : topic.because) {
      because += (because.empty() ? "" : ", ") + std::string(check);
    }
    const std::string& title = topic.topic->title.empty() ? topic.topic->id : topic.topic->title;
    page.paragraph(
      {2, 4},
      {{title + ": ", Style::bold}, {topic.topic->question}, {"  (" + because + ")", Style::dim}});
  }
}

void print_skipped(Page& page, const RunRecord& record, Detail detail)
{
  const auto& skipped = record.submission.skipped;
  if (skipped.empty()) {
    return;
  }
  std::map<SkipReason, std::vector<const SkippedPath*>> by_reason;
  for (const SkippedPath& path : skipped) {
    by_reason[path.reason].push_back(&path);
  }
  const std::size_t limit =
    detail == Detail::everything ? std::numeric_limits<std::size_t>::max() : k_paths_in_summary;
  page.heading(fmt::format("Not graded: {}", counted(skipped.size(), "path", "paths")));
  for (const auto& [reason, paths] : by_reason) {
    std::string names;
    for (std::size_t i = 0; i < paths.size() && i < limit; ++i) {
      names += (i > 0 ? ", " : "") + skipped_text(*paths[i]);
    }
    if (paths.size() > limit) {
      names += fmt::format(" and {} more", paths.size() - limit);
    }
    page.paragraph({2, 4}, {{reason_text(reason) + ": ", Style::bold}, {names}});
  }
}

namespace {

std::string runtime_text(const ExecutionRecord& execution)
{
  std::string versions;
  for (const auto& [name, version] : {std::pair("Python", execution.python),
                                      std::pair("SQLAlchemy", execution.sqlalchemy),
                                      std::pair("Alembic", execution.alembic)}) {
    if (!version.empty()) {
      versions += fmt::format("{}{} {}", versions.empty() ? "" : ", ", name, version);
    }
  }
  return fmt::format("{} ({})", execution.runtime, versions);
}

void note_execution(Page& page, const RunRecord& record, Detail detail)
{
  const ExecutionFacts& run = record.facts.execution;
  if (!run.ran) {
    note(page,
         "The submission was read, nothing of it was executed"
           + (run.not_run.empty() ? std::string() : " (" + run.not_run + ")")
           + ": what only a run can show is not certain.");
    return;
  }
  std::vector<std::string> ran{"models"};
  std::vector<std::string> only_read;
  (record.facts.migration.run.ran ? ran : only_read).push_back("migrations");
  (record.facts.query_runs.ran ? ran : only_read).push_back("queries");
  note(page,
       fmt::format("Its {} ran in {}{} at isolation {}{}.",
                   fmt::join(ran, ran.size() > 2 ? ", " : " and "),
                   runtime_text(record.execution),
                   run.database == "postgresql" ? " on PostgreSQL" : " on SQLite",
                   record.execution.isolation,
                   only_read.empty()
                     ? std::string()
                     : fmt::format("; its {} were read", fmt::join(only_read, " and "))));
  if (!run.database_note.empty()) {
    note(page,
         fmt::format("{}; it ran on {}.",
                     run.database_note,
                     run.database == "postgresql" ? "PostgreSQL" : "SQLite"));
  }
  if (record.execution.isolation == "L0") {
    note(page,
         "Nothing that was tested held its code on this host; it ran because it was trusted.");
  }
  if (!run.stopped.empty()) {
    note(page, "A run was " + run.stopped + ".");
  }
  std::size_t shown = 0;
  for (const ModuleImport& module : run.modules) {
    const bool helped = module.outcome == ImportOutcome::stubbed;
    if (module.outcome == ImportOutcome::imported || module.outcome == ImportOutcome::not_tried) {
      continue;
    }
    if (++shown > k_paths_in_summary && detail == Detail::summary) {
      note(page, "More modules were not imported as they are.");
      break;
    }
    note(page,
         helped ? fmt::format(
           "{} was imported with stand-ins for {}.", module.name, fmt::join(module.stand_ins, ", "))
                : fmt::format("{} could not be imported: {}{}",
                              module.name,
                              module.error.type.empty() ? "" : module.error.type + ": ",
                              module.error.message));
  }
}

} // namespace

void print_notes(Page& page, const RunRecord& record, const RenderOptions& options)
{
  page.heading("Notes");
  note_execution(page, record, options.detail);
  note_damaged_files(page, record);
  note_history(page, record);
  const std::string stored = options.run ? fmt::format("assay show {}", options.run->value) : "";
  if (options.detail == Detail::summary) {
    note(page,
         (stored.empty() ? "With --all" : stored + " --all")
           + std::string(stored.empty() ? " the report has" : " prints")
           + " every check with its evidence; --format json gives it as data.");
  } else if (!stored.empty()) {
    note(page, fmt::format("{} --format json gives this as data.", stored));
  }
}

} // namespace assay::report
