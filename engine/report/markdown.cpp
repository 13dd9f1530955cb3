// SPDX-License-Identifier: MIT
// docs/report-formats.md, "markdown": the summary of a CI job or a comment. GitHub cuts a step's
// summary at 1 MiB and a comment at 65 536 characters; this stays below both.
#include "engine/report/escape.hpp"
#include "engine/report/figures.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::report {

namespace {

constexpr std::size_t k_most_bytes = 60'000;
constexpr std::size_t k_kept_for_the_end = 3'000; // bytes for the receipt and "and N more"
constexpr std::size_t k_sentence_bytes = 600;     // of one text, before it is escaped
constexpr std::size_t k_places = 3;

std::string prose(std::string_view text)
{
  return escape_markdown(clipped(text, k_sentence_bytes));
}

std::string code(std::string_view text)
{
  return markdown_code(clipped(text, k_sentence_bytes));
}

/// Blocks as long as there is room; what no longer fits is counted.
class Summary {
public:
  void add(const std::string& block) { bytes_ += block; }

  [[nodiscard]] bool fits(const std::string& block) const
  {
    return bytes_.size() + block.size() + k_kept_for_the_end < k_most_bytes;
  }

  /// All `blocks` under a heading; none: nothing at all.
  void section(const std::string& heading, const std::vector<std::string>& blocks)
  {
    if (blocks.empty()) {
      return;
    }
    const std::string head = "\n### " + heading + "\n\n";
    if (!fits(head)) {
      return;
    }
    bytes_ += head;
    std::size_t shown = 0;
    while (shown < blocks.size() && fits(blocks[shown])) {
      bytes_ += blocks[shown++];
    }
    if (shown < blocks.size()) {
      bytes_ += fmt::format("- and {} more\n", blocks.size() - shown);
    }
  }

  [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
  std::string bytes_;
};

std::string places(const std::vector<Evidence>& evidence)
{
  std::string text;
  for (std::size_t i = 0; i < evidence.size() && i < k_places; ++i) {
    const Evidence& each = evidence[i];
    if (each.where.path.empty() && each.note.empty()) {
      continue;
    }
    text += "  - ";
    if (!each.where.path.empty()) {
      text += code(place_text(each.where)) + " " + code(each.where.text);
    }
    if (!each.note.empty()) {
      text += " \u2014 " + prose(each.note);
    }
    text += "\n";
  }
  if (evidence.size() > k_places) {
    text +=
      fmt::format("  - and {}\n", counted(evidence.size() - k_places, "more place", "more places"));
  }
  return text;
}

std::vector<std::string> lost_blocks(const std::vector<CheckFigures>& checks)
{
  std::vector<CheckFigures> lost = checks;
  std::erase_if(lost, [](const CheckFigures& check) { return check.lost == Points{}; });
  std::ranges::stable_sort(lost, [](const CheckFigures& a, const CheckFigures& b) {
    return a.lost_of_total > b.lost_of_total;
  });
  std::vector<std::string> blocks;
  for (const CheckFigures& check : lost) {
    std::string block = fmt::format("- **\u2212{}** {}: {}\n",
                                    tenths(check.lost_of_total),
                                    prose(check.title),
                                    prose(check.verdict->reason));
    block += places(check.verdict->evidence);
    if (!check.advice.empty()) {
      block += "  - *Better:* " + prose(check.advice) + "\n";
    }
    blocks.push_back(std::move(block));
  }
  return blocks;
}

std::vector<std::string> open_blocks(const std::vector<CheckFigures>& checks)
{
  std::vector<std::string> blocks;
  for (const CheckFigures& check : checks) {
    if (check.undetermined_of_total != Points{}) {
      blocks.push_back(fmt::format("- up to {}: {} \u2014 {}\n",
                                   tenths(check.undetermined_of_total),
                                   prose(check.title),
                                   prose(check.verdict->reason)));
    }
  }
  return blocks;
}

std::string headline(const RunRecord& record)
{
  const Scorecard& card = record.scorecard;
  if (card.band == "none") {
    return "## No score\n\nNothing of the submission could be established.\n";
  }
  std::string text = fmt::format(
    "## {} of 100: {}\n\n", score_text(record.rubric, card.total.point), prose(card.band));
  const Points open = card.total.high - card.total.low;
  text += open == Points{} ? "Every point is settled"
                           : fmt::format("Between {} and {}: {} points could not be settled",
                                         score_text(record.rubric, card.total.low),
                                         score_text(record.rubric, card.total.high),
                                         tenths(open));
  text += ". Bands: " + prose(scale_text(record.rubric)) + ".\n";
  if (const std::string why = explanation(record); !why.empty()) {
    text += "\n" + prose(why) + "\n";
  }
  return text;
}

/// The flags of that weight, as far as they have room.
std::string flags(const RunRecord& record, FlagWeight weight, std::size_t room)
{
  std::string text;
  for (const IntegrityFlag& flag : record.facts.integrity) {
    if (weight_of(record.rubric, flag) != weight) {
      continue;
    }
    if (text.size() > room) {
      return text + "> and more\n>\n";
    }
    text += fmt::format("> **{}:** {} {} {}\n>\n",
                        weight == FlagWeight::grave ? "Flag" : "Notice",
                        prose(flag_title(flag.flag)),
                        code(place_text(flag.where)),
                        prose(flag.detail));
  }
  return text;
}

std::string alarms(const RunRecord& record, Audience audience)
{
  std::string text;
  for (const GateResult& gate : record.scorecard.gates) {
    if (gate.tripped && (audience == Audience::manager || !of_flags(record.rubric, gate))) {
      text += "> **Gate:** " + prose(gate.title.empty() ? gate.id : gate.title)
              + prose(with_titles(record, gate_text(record, gate))) + ".\n>\n";
    }
  }
  if (audience == Audience::candidate) {
    return text.empty() ? text : "\n" + text;
  }
  for (const FlagWeight weight : {FlagWeight::grave, FlagWeight::notice}) {
    text += flags(record, weight, k_most_bytes / 8);
  }
  if (record.scorecard.needs_review) {
    text += "> **A person should look:**";
    for (const std::string& reason : record.scorecard.review_reasons) {
      if (text.size() < k_most_bytes / 3) {
        text += " " + prose(with_titles(record, reason)) + ";";
      }
    }
    text.back() = '.';
    text += "\n";
  }
  return text.empty() ? text : "\n" + text;
}

std::string categories_table(const RunRecord& record)
{
  std::string text = "\n| Category | Weight | Score | Between |\n|---|--:|--:|--:|\n";
  for (const CategoryScore& category : record.scorecard.categories) {
    const Interval& score = category.score;
    const bool settled = score.low == score.high;
    text += fmt::format("| {} | {} % | {} | {} |\n",
                        prose(category.title.empty() ? category.category : category.title),
                        category.weight,
                        category.applicable ? tenths(score.point) : "does not apply",
                        !category.applicable || settled
                          ? std::string()
                          : fmt::format("{} and {}", tenths(score.low), tenths(score.high)));
  }
  return text;
}

std::vector<std::string> topic_blocks(const RunRecord& record)
{
  std::vector<std::string> blocks;
  for (const InterviewTopic& topic : interview_topics(record)) {
    blocks.push_back("- **"
                     + prose(topic.topic->title.empty() ? topic.topic->id : topic.topic->title)
                     + ":** " + prose(topic.topic->question) + "\n");
  }
  return blocks;
}

std::string receipt(const RunRecord& record)
{
  const ExecutionRecord& ran = record.execution;
  return fmt::format(
    "\n<sub>assay {} \u00b7 rubric {} version {} {} \u00b7 commit {} \u00b7 tree {} \u00b7 "
    "{}</sub>\n",
    prose(record.engine_version),
    prose(record.rubric.id),
    prose(record.rubric.version),
    code(record.rubric.digest.substr(0, 19)),
    record.submission.commit.empty() ? "none" : code(record.submission.commit.substr(0, 12)),
    code(record.submission.tree_digest.substr(0, 19)),
    ran.runtime.empty() ? "read, not executed"
                        : prose(ran.runtime + " on " + ran.database + " at " + ran.isolation));
}

} // namespace

std::string render_markdown(const RunRecord& record, const RenderOptions& options)
{
  const auto checks = shown_to(options.audience, record, check_figures(record));
  Summary summary;
  summary.add(headline(record));
  summary.add(alarms(record, options.audience));
  summary.add(categories_table(record));
  summary.section("Points lost", lost_blocks(checks));
  summary.section("Not certain", open_blocks(checks));
  if (options.audience == Audience::manager) {
    summary.section("To ask in the interview", topic_blocks(record));
  }
  summary.add(receipt(record));
  return summary.bytes();
}

} // namespace assay::report
