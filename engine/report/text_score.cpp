// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::report {

namespace {

constexpr std::size_t k_least_cells = 10;
constexpr std::size_t k_most_cells = 30;
constexpr std::size_t k_number_columns = 24; // "   64.0  (28.0 to 100.0)"
constexpr std::size_t k_label_columns = 10;

void alarm(Page& page,
           std::string_view label,
           Style style,
           const std::string& title,
           const std::string& text)
{
  std::string padded(label);
  padded.resize(std::max(padded.size() + 1, k_label_columns), ' ');
  page.paragraph({2, 2 + k_label_columns}, {{padded, style}, {title, Style::bold}, {text}});
}

void print_flags(Page& page, const RunRecord& record, FlagWeight weight)
{
  const bool grave = weight == FlagWeight::grave;
  for (const IntegrityFlag& flag : record.facts.integrity) {
    if (weight_of(record.rubric, flag) == weight) {
      const std::string place = place_text(flag.where);
      alarm(page,
            grave ? "FLAG" : "NOTICE",
            grave ? Style::bold_red : Style::bold_yellow,
            flag.flag,
            (place.empty() ? "" : " in " + place) + ": " + flag.detail);
    }
  }
}

Style band_style(const Rubric& rubric, const std::string& band)
{
  const auto found = std::ranges::find(rubric.bands, band, &BandSpec::id);
  const auto rank = found - rubric.bands.begin();
  if (found == rubric.bands.end() || found + 1 == rubric.bands.end()) {
    return Style::bold_red;
  }
  return rank < 2 ? Style::green : Style::bold_yellow;
}

std::size_t cells(Points points, std::size_t all)
{
  const auto share =
    static_cast<double>(std::clamp<std::int64_t>(points.hundredths, 0, 10'000)) / 10'000.0;
  return static_cast<std::size_t>(share * static_cast<double>(all) + 0.5);
}

std::string repeated(std::string_view sign, std::size_t count)
{
  std::string text;
  for (std::size_t i = 0; i < count; ++i) {
    text += sign;
  }
  return text;
}

std::vector<Span> bar(const Page& page, const Interval& score, std::size_t all)
{
  const std::size_t sure = cells(score.low, all);
  const std::size_t possible = std::max(sure, cells(score.high, all));
  return {{repeated(page.sign("\u2588", "#"), sure), Style::green},
          {repeated(page.sign("\u2592", "?"), possible - sure), Style::yellow},
          {repeated(page.sign("\u2591", "."), all - possible), Style::dim}};
}

std::string number_text(const Interval& score)
{
  std::string text = fmt::format("{:>6}", tenths(score.point));
  if (score.low != score.high) {
    text += fmt::format("  ({} to {})", tenths(score.low), tenths(score.high));
  }
  return text;
}

/// Title, weight, bar and numbers on one line where it has room for them, else the title above.
void print_category(Page& page, const CategoryScore& category, std::size_t columns)
{
  const std::string title = harmless(category.title, page.charset());
  const std::string weight = fmt::format("{:>3} %  ", category.weight);
  const std::size_t beside = 2 + columns + 2 + weight.size() + k_number_columns;
  const bool fits = beside + k_least_cells <= page.width();
  std::vector<Span> spans;
  if (fits) {
    spans.push_back({title + std::string(columns - display_width(title), ' ') + "  " + weight});
  } else {
    page.paragraph({2, 2}, {{fmt::format("{} ({} %)", title, category.weight)}});
  }
  if (category.applicable) {
    const std::size_t all = fits ? std::min(page.width() - beside, k_most_cells) : k_least_cells;
    const auto drawn = bar(page, category.score, all);
    spans.insert(spans.end(), drawn.begin(), drawn.end());
    spans.push_back({" " + number_text(category.score)});
  } else {
    spans.push_back({"does not apply", Style::dim});
  }
  page.paragraph({fits ? std::size_t{2} : 4, 6}, spans);
}

void print_headline(Page& page, const RunRecord& record)
{
  const Scorecard& card = record.scorecard;
  if (card.band == "none") {
    page.paragraph({2, 2},
                   {{"No score", Style::bold_red}, {": nothing of it could be established."}});
    return;
  }
  page.paragraph({2, 2},
                 {{score_text(record.rubric, card.total.point) + " of 100", Style::bold},
                  {"   "},
                  {card.band, band_style(record.rubric, card.band)}});
  const Points open = card.total.high - card.total.low;
  page.paragraph(
    {2, 2},
    {{open == Points{} ? "every point is settled"
                       : fmt::format("between {} and {}: {} points could not be settled",
                                     score_text(record.rubric, card.total.low),
                                     score_text(record.rubric, card.total.high),
                                     tenths(open))}});
  if (const std::string scale = scale_text(record.rubric); !scale.empty()) {
    page.paragraph({2, 2}, {{scale, Style::dim}});
  }
}

} // namespace

void print_subject(Page& page, const RunRecord& record)
{
  const SubmissionRecord& submission = record.submission;
  page.paragraph({0, 2}, {{submission.source, Style::bold}});
  std::string state = submission.ref;
  if (!submission.commit.empty()) {
    state += (state.empty() ? "commit " : ", commit ") + submission.commit.substr(0, 12);
  }
  state += (state.empty() ? "" : "; ")
           + counted(static_cast<std::size_t>(std::max(submission.files, 0)), "file", "files")
           + fmt::format(", {} of them Python; ", submission.python_files)
           + history_text(submission);
  page.paragraph({0, 2}, {{state, Style::dim}});
  const std::string title = record.rubric.title.empty() ? record.rubric.id : record.rubric.title;
  page.paragraph({0, 2},
                 {{fmt::format("graded by assay {} with {}, version {}",
                               record.engine_version,
                               title,
                               record.rubric.version),
                   Style::dim}});
}

void print_alarms(Page& page, const RunRecord& record)
{
  page.gap();
  for (const GateResult& gate : record.scorecard.gates) {
    if (gate.tripped) {
      alarm(page,
            "GATE",
            Style::bold_red,
            gate.title.empty() ? gate.id : gate.title,
            gate_text(record, gate));
    }
  }
  print_flags(page, record, FlagWeight::grave);
  print_flags(page, record, FlagWeight::notice);
  if (record.scorecard.needs_review) {
    std::string reasons = ": ";
    for (const std::string& reason : record.scorecard.review_reasons) {
      reasons += (reasons.size() > 2 ? "; " : "") + reason;
    }
    alarm(page,
          "REVIEW",
          Style::bold_yellow,
          "a person should look",
          reasons.size() > 2 ? reasons : "");
  }
}

void print_score(Page& page, const RunRecord& record)
{
  page.gap();
  print_headline(page, record);
  if (const std::string sentence = explanation(record); !sentence.empty()) {
    page.paragraph({2, 2}, {{sentence, Style::bold_yellow}});
  }
  page.gap();
  std::size_t columns = 0;
  for (const CategoryScore& category : record.scorecard.categories) {
    columns = std::max(columns, display_width(harmless(category.title, page.charset())));
  }
  for (const CategoryScore& category : record.scorecard.categories) {
    print_category(page, category, columns);
  }
}

} // namespace assay::report
