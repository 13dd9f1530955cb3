// SPDX-License-Identifier: MIT
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <algorithm>

namespace assay::report::html {

namespace {

/// 0..100, as a share of a bar.
double percent(Points points)
{
  return std::clamp(points.value(), 0.0, 100.0);
}

/// The interval on a scale of 0 to 100, with the floors of the bands as marks.
Markup scale(const RunRecord& record)
{
  const Interval& total = record.scorecard.total;
  Markup bar;
  bar << "<div class=\"scale\" role=\"img\" aria-label=\"Best estimate "
      << score_text(record.rubric, total.point) << ", between "
      << score_text(record.rubric, total.low) << " and " << score_text(record.rubric, total.high)
      << " of 100\"><div class=\"scale-bar\"><span class=\"scale-sure\" style=\"width:"
      << percent(total.low)
      << "%\"></span><span class=\"scale-open\" style=\"left:" << percent(total.low)
      << "%;width:" << percent(total.high) - percent(total.low)
      << "%\"></span><span class=\"scale-point\" style=\"left:" << percent(total.point)
      << "%\"></span></div>";
  for (const BandSpec& band : record.rubric.bands) {
    if (band.at_least > 0 && band.at_least < 100) {
      bar << "<span class=\"scale-mark\" style=\"left:" << band.at_least << "%\"><i></i>"
          << band.at_least << "<br>" << band.id << "</span>";
    }
  }
  bar << "</div>";
  return bar;
}

Markup verdict(const View& view)
{
  const RunRecord& record = view.record;
  const Scorecard& card = record.scorecard;
  Markup box;
  box << "<div class=\"verdict\">";
  if (card.band == "none") {
    box << "<p class=\"number\">No score</p><p class=\"interval\">Nothing of it could be "
           "established.</p></div>";
    return box;
  }
  box << "<p class=\"number\"><strong>" << score_text(record.rubric, card.total.point)
      << "</strong> <span>of 100</span> <span class=\"band "
      << tone_of_band(record.rubric, card.band) << "\">" << card.band << "</span></p>";
  const Points open = card.total.high - card.total.low;
  box << "<p class=\"interval\">";
  if (open == Points{}) {
    box << "Every point is settled.";
  } else {
    box << "Between <b>" << score_text(record.rubric, card.total.low) << "</b> and <b>"
        << score_text(record.rubric, card.total.high) << "</b>: " << tenths(open)
        << " points could not be settled.";
  }
  if (card.band != card.band_before_gates) {
    box << " By the number alone the band would be <b>" << card.band_before_gates
        << "</b>; a gate caps it.";
  }
  box << "</p>" << scale(record) << "</div>";
  return box;
}

void alarm_box(Markup& list, std::string_view tone, std::string_view label, const Markup& text)
{
  list << "<li class=\"alarm " << tone << "\"><span class=\"alarm-label\">" << label
       << "</span><div>" << text << "</div></li>\n";
}

void add_flag_boxes(Markup& list, const RunRecord& record, FlagWeight weight)
{
  const bool grave = weight == FlagWeight::grave;
  for (const IntegrityFlag& flag : record.facts.integrity) {
    if (weight_of(record.rubric, flag) != weight) {
      continue;
    }
    Markup text;
    text << "<p><strong>" << flag_title(flag.flag) << ".</strong> " << flag.detail << "</p><p>"
         << flag_meaning(flag.flag) << "</p>" << code_line(flag.where);
    alarm_box(list, grave ? "bad" : "warn", grave ? "Flag" : "Notice", text);
  }
}

} // namespace

std::string short_name(std::string_view source)
{
  while (source.ends_with('/')) {
    source.remove_suffix(1);
  }
  const auto slash = source.find_last_of("/:");
  std::string_view name = slash == std::string_view::npos ? source : source.substr(slash + 1);
  // Samples and checkouts often end in "repo": the folder above says more.
  if (name == "repo" && slash != std::string_view::npos && slash > 0) {
    const std::string_view above = source.substr(0, slash);
    const auto before = above.find_last_of("/:");
    name = before == std::string_view::npos ? above : above.substr(before + 1);
  }
  if (name.ends_with(".git")) {
    name.remove_suffix(4);
  }
  return name.empty() ? "submission" : std::string(name);
}

std::string_view tone_of_band(const Rubric& rubric, std::string_view band)
{
  const auto found = std::ranges::find(rubric.bands, band, &BandSpec::id);
  if (found == rubric.bands.end() || found + 1 == rubric.bands.end()) {
    return "bad";
  }
  return found - rubric.bands.begin() < 2 ? "good" : "warn";
}

Markup headline(const View& view)
{
  const SubmissionRecord& submission = view.record.submission;
  const Rubric& rubric = view.record.rubric;
  Markup head;
  head << "<header class=\"top\"><div class=\"subject\"><p class=\"kicker\">"
       << (rubric.title.empty() ? rubric.id : rubric.title) << "</p><h1>"
       << short_name(submission.source) << "</h1><p class=\"source\">" << submission.source
       << "</p><p class=\"facts\">";
  if (!submission.commit.empty()) {
    head << (submission.ref.empty() ? std::string("commit") : submission.ref) << " <code>"
         << submission.commit.substr(0, 12) << "</code> \u00b7 ";
  }
  head << history_text(submission) << " \u00b7 "
       << counted(static_cast<std::size_t>(std::max(submission.files, 0)), "file", "files") << ", "
       << submission.python_files << " of them Python</p></div>" << verdict(view) << "</header>\n";
  return head;
}

Markup alarms(const View& view)
{
  const RunRecord& record = view.record;
  const bool manager = view.audience == Audience::manager;
  Markup list;
  if (const std::string why = explanation(record); !why.empty()) {
    Markup text;
    text << "<p>" << why << "</p>";
    alarm_box(list, "warn", "Note", text);
  }
  for (const GateResult& gate : record.scorecard.gates) {
    if (gate.tripped && (manager || !of_flags(record.rubric, gate))) {
      Markup text;
      text << "<p><strong>" << (gate.title.empty() ? gate.id : gate.title) << "</strong>"
           << with_titles(record, gate_text(record, gate)) << ".</p>";
      alarm_box(list, "bad", "Gate", text);
    }
  }
  if (manager) {
    add_flag_boxes(list, record, FlagWeight::grave);
    add_flag_boxes(list, record, FlagWeight::notice);
    if (record.scorecard.needs_review) {
      Markup text;
      text << "<p><strong>A person should look before this result is used.</strong></p><ul>";
      for (const std::string& reason : record.scorecard.review_reasons) {
        text << "<li>" << with_titles(record, reason) << "</li>";
      }
      text << "</ul>";
      alarm_box(list, "warn", "Review", text);
    }
  }
  Markup all;
  if (!list.empty()) {
    all << "<ul class=\"alarms\" aria-label=\"What to know first\">\n" << list << "</ul>\n";
  }
  return all;
}

Markup categories(const View& view)
{
  Markup table;
  table << "<table class=\"bars\"><thead><tr><th scope=\"col\">Category</th><th scope=\"col\" "
           "class=\"num\">Weight</th><th scope=\"col\" class=\"wide\"><span class=\"sr\">Bar"
           "</span></th><th scope=\"col\" class=\"num\">Score</th></tr></thead><tbody>\n";
  for (const CategoryScore& category : view.record.scorecard.categories) {
    const Interval& score = category.score;
    table << "<tr><th scope=\"row\">"
          << (category.title.empty() ? category.category : category.title)
          << "</th><td class=\"num\">" << category.weight << "\u202f%</td>";
    if (!category.applicable) {
      table << "<td class=\"wide\"></td><td class=\"num muted\">does not apply</td></tr>\n";
      continue;
    }
    table << "<td class=\"wide\"><div class=\"bar\" aria-hidden=\"true\"><span class=\"bar-sure\" "
             "style=\"width:"
          << percent(score.low) << "%\"></span><span class=\"bar-open\" style=\"width:"
          << percent(score.high) - percent(score.low)
          << "%\"></span></div></td><td class=\"num\"><b>" << tenths(score.point) << "</b>";
    if (score.low != score.high) {
      table << " <span class=\"muted range\">" << tenths(score.low) << " to " << tenths(score.high)
            << "</span>";
    }
    table << "</td></tr>\n";
  }
  table
    << "</tbody></table>\n<p class=\"legend\"><span class=\"key key-sure\"></span>earned "
       "<span class=\"key key-open\"></span>not settled <span class=\"key key-lost\"></span>lost"
       "</p>\n";
  return table;
}

} // namespace assay::report::html
