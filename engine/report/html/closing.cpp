// SPDX-License-Identifier: MIT
// What is not part of the score, and what the score rests on.
#include "engine/codec/time.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"
#include "engine/report/words.hpp"

#include <algorithm>
#include <array>

namespace assay::report::html {

namespace {

/// What people of a level usually show in a task of two or three hours; a hint, no measure.
struct SignalWords {
  std::string_view id;
  std::string_view title;
  std::string_view junior;
  std::string_view mid;
  std::string_view senior;
};

constexpr std::array k_signal_words{
  SignalWords{"tests", "Tests of database code", "seldom", "often", "usual"},
  SignalWords{"typing", "Type annotations", "seldom", "often", "usual"},
  SignalWords{"docs", "Documentation", "often", "usual", "usual"},
  SignalWords{"core_sql", "Core or plain SQL beside the ORM", "seldom", "often", "usual"},
  SignalWords{"indexes", "Indexes chosen for queries", "seldom", "often", "usual"},
  SignalWords{"transactions", "Transactions with clear borders", "seldom", "often", "usual"},
  SignalWords{"async", "Async sessions", "seldom", "sometimes", "often"},
  SignalWords{"pooling", "A configured connection pool", "seldom", "sometimes", "often"},
  SignalWords{
    "unindexed_lookups", "Lookups that read a whole table", "often", "sometimes", "seldom"},
};

Markup signal_row(const View& view, const Signal& signal)
{
  const auto* const words = std::ranges::find(k_signal_words, signal.id, &SignalWords::id);
  const bool known = words != k_signal_words.end();
  Markup row;
  row << "<tr><th scope=\"row\">" << (known ? words->title : std::string_view(signal.id))
      << "</th><td><span class=\"outcome "
      << (signal.present && !is_trouble(signal) ? "good" : "calm") << "\">"
      << (signal.present ? "seen" : "not seen") << "</span></td><td>";
  if (!signal.evidence.empty()) {
    Location where = signal.evidence.front().where;
    where.text.clear(); // lines would make the table wide
    row << code_line(where);
  }
  if (is_trouble(signal)) {
    for (const Evidence& evidence : signal.evidence) {
      row << "<div class=\"muted small\">" << evidence.note << "</div>";
    }
  }
  row << "</td>";
  if (view.audience == Audience::manager) {
    for (const std::string_view usual : known ? std::array{words->junior, words->mid, words->senior}
                                              : std::array<std::string_view, 3>{}) {
      row << "<td class=\"level\">" << usual << "</td>";
    }
  }
  row << "</tr>\n";
  return row;
}

void pair(Markup& list, const char* term, const Markup& value)
{
  if (!value.empty()) {
    list << "<dt>" << term << "</dt><dd>" << value << "</dd>\n";
  }
}

Markup code(std::string_view text)
{
  Markup markup;
  if (!text.empty()) {
    markup << "<code>" << text << "</code>";
  }
  return markup;
}

Markup plain(std::string_view text)
{
  Markup markup;
  markup << text;
  return markup;
}

std::string software(const ExecutionRecord& ran)
{
  std::string text = ran.runtime;
  for (const auto& [name, version] : {std::pair("Python", ran.python),
                                      std::pair("SQLAlchemy", ran.sqlalchemy),
                                      std::pair("Alembic", ran.alembic)}) {
    if (!version.empty()) {
      text += fmt::format(", {} {}", name, version);
    }
  }
  return text.empty() ? "none: the submission was read, not executed" : text;
}

std::string_view isolation_words(std::string_view level)
{
  if (level == "L3") {
    return "L3: a box with its own namespaces, accounts, limits and system call filter";
  }
  if (level == "L2" || level == "L1") {
    return level == "L2" ? "L2: a box without some of the host's protections"
                         : "L1: a system call filter and limits only";
  }
  return "L0: nothing held the code";
}

} // namespace

Markup signals(const View& view)
{
  Markup body;
  if (view.record.facts.signals.empty()) {
    return body;
  }
  const bool manager = view.audience == Audience::manager;
  body << "<p class=\"lead\">Not part of the score.";
  if (manager) {
    body << " The last columns say how often people of a level show it in a task of this size: a "
            "hint for the conversation, no measure.";
  }
  body
    << "</p>\n<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Also seen\"><table "
       "class=\"signals\"><thead><tr><th scope=\"col\">What</th><th scope=\"col\">Here</th><th "
       "scope=\"col\">Where</th>";
  if (manager) {
    body << "<th scope=\"col\">Junior</th><th scope=\"col\">Mid</th><th scope=\"col\">Senior</th>";
  }
  body << "</tr></thead><tbody>\n";
  for (const Signal& signal : view.record.facts.signals) {
    body << signal_row(view, signal);
  }
  body << "</tbody></table></div>\n";
  return body;
}

Markup interview(const View& view)
{
  Markup list;
  const auto topics = interview_topics(view.record);
  if (topics.empty()) {
    return list;
  }
  list << "<p class=\"lead\">Topics on which points were lost.</p>\n<ul class=\"topics\">\n";
  for (const InterviewTopic& topic : topics) {
    list << "<li><h3>" << (topic.topic->title.empty() ? topic.topic->id : topic.topic->title)
         << "</h3><p>" << topic.topic->question << "</p><p class=\"muted small\">Because of: ";
    bool first = true;
    for (const std::string_view id : topic.because) {
      const auto check = std::ranges::find(view.checks, id, &CheckFigures::id);
      list << (first ? "" : "; ") << (check == view.checks.end() ? id : check->title);
      first = false;
    }
    list << "</p></li>\n";
  }
  list << "</ul>\n";
  return list;
}

Markup receipt(const View& view)
{
  const RunRecord& record = view.record;
  const ExecutionRecord& ran = record.execution;
  Markup list;
  list << "<p class=\"lead\">The same commit, rubric, engine and runtime give the same "
          "result.</p>\n<dl "
          "class=\"receipt\">\n";
  pair(list, "Source", plain(record.submission.source));
  pair(list, "Commit", code(record.submission.commit));
  pair(list, "Files", code(record.submission.tree_digest));
  pair(list,
       "Rubric",
       Markup() << record.rubric.id << ", version " << record.rubric.version << " <code>"
                << record.rubric.digest << "</code>");
  pair(list, "Engine", plain("assay " + record.engine_version));
  pair(list, "Runtime", plain(software(ran)));
  pair(list, "Database", plain(ran.database));
  if (record.facts.execution.ran) {
    pair(list, "Isolation", plain(isolation_words(ran.isolation)));
  } else {
    pair(list, "Not executed because", plain(record.facts.execution.not_run));
  }
  pair(list, "Graded", plain(minute_text(record.graded_at)));
  if (record.submission.before) {
    pair(list, "Last commit up to", plain(minute_text(*record.submission.before)));
  }
  pair(list,
       "Not graded",
       record.submission.skipped.empty()
         ? Markup()
         : plain(counted(record.submission.skipped.size(), "path", "paths")));
  list << "</dl>\n";
  if (record.submission.history.committed_at) {
    list << "<p class=\"muted small\">Commit dates are the candidate's own claim: a hint, no proof "
            "of a "
            "deadline.</p>\n";
  }
  return list;
}

} // namespace assay::report::html
