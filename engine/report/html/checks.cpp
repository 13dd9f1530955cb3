// SPDX-License-Identifier: MIT
#include "engine/codec/enums.hpp"
#include "engine/report/html/fixes.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"
#include "engine/report/text_sections.hpp"
#include "engine/report/words.hpp"

#include <algorithm>

namespace assay::report::html {

namespace {

constexpr std::size_t k_shown_places = 3;
constexpr std::size_t k_in_full = 10; // losses; smaller ones take a line and open on request

std::string title_of_category(const View& view, std::string_view id)
{
  const auto& all = view.record.scorecard.categories;
  const auto found = std::ranges::find(all, id, &CategoryScore::category);
  return found == all.end() || found->title.empty() ? std::string(id) : found->title;
}

std::string kind_of(const View& view, std::string_view id)
{
  const auto& all = view.record.rubric.checks;
  const auto found = std::ranges::find(all, id, &CheckSpec::id);
  return found == all.end() ? std::string() : found->kind;
}

/// Places that the reason speaks of first: a verdict also rests on lines that are right. Answers
/// how many to show at once.
std::size_t relevant_first(std::vector<Evidence>& evidence, std::string_view reason)
{
  const auto others = std::ranges::stable_partition(
    evidence, [&](const Evidence& each) { return !each.note.empty() && names(reason, each.note); });
  const auto relevant = evidence.size() - others.size();
  return std::min(relevant == 0 ? evidence.size() : relevant, k_shown_places);
}

Markup place_list(std::vector<Evidence> evidence, std::string_view reason)
{
  Markup list;
  const auto item = [](const Evidence& each) {
    Markup text;
    text << "<li>" << code_line(each.where);
    if (!each.note.empty()) {
      text << "<span class=\"note\">" << each.note << "</span>";
    }
    text << "</li>\n";
    return text;
  };
  if (evidence.empty()) {
    return list;
  }
  const std::size_t shown = relevant_first(evidence, reason);
  list << "<ul class=\"places\">\n";
  for (std::size_t i = 0; i < shown; ++i) {
    list << item(evidence[i]);
  }
  list << "</ul>\n";
  if (shown < evidence.size()) {
    list << "<details><summary>" << counted(evidence.size() - shown, "more place", "more places")
         << "</summary><ul class=\"places\">\n";
    for (std::size_t i = shown; i < evidence.size(); ++i) {
      list << item(evidence[i]);
    }
    list << "</ul></details>\n";
  }
  return list;
}

Markup example_of(const View& view, const CheckFigures& check)
{
  Markup text;
  const std::string_view example = fix_example(kind_of(view, check.id));
  if (!example.empty()) {
    text << "<figure class=\"example\"><figcaption>For example, in SQLAlchemy 2.0</figcaption><pre "
            "tabindex=\"0\"><code>"
         << lines(example) << "</code></pre></figure>\n";
  }
  return text;
}

Markup loss_detail(const View& view, const CheckFigures& check)
{
  Markup card;
  card << "<p class=\"muted small\">" << title_of_category(view, check.category) << " \u00b7 "
       << tenths(check.lost) << " of " << tenths(check.points) << " points of the category</p><p>"
       << check.verdict->reason << "</p>\n"
       << place_list(check.verdict->evidence, check.verdict->reason);
  if (!check.advice.empty()) {
    card << "<p class=\"better\"><b>Better:</b> " << check.advice << "</p>\n";
  }
  if (view.audience == Audience::candidate) {
    card << example_of(view, check);
  }
  return card;
}

Markup loss(const View& view, const CheckFigures& check)
{
  Markup card;
  card << "<li class=\"loss\"><div class=\"points\"><b>\u2212" << tenths(check.lost_of_total)
       << "</b><span class=\"sr\"> points of 100</span></div><div class=\"loss-body\"><h3>"
       << check.title << "</h3>" << loss_detail(view, check) << "</div></li>\n";
  return card;
}

Markup small_loss(const View& view, const CheckFigures& check)
{
  Markup card;
  card << "<li><details class=\"small-loss\"><summary><b class=\"bad\">\u2212"
       << tenths(check.lost_of_total) << "</b> " << check.title << "</summary>"
       << loss_detail(view, check) << "</details></li>\n";
  return card;
}

std::string open_word(const CheckFigures& check)
{
  switch (check.verdict->outcome) {
  case Outcome::pass:
    return "right as far as reading shows; running it would prove it";
  case Outcome::partial:
  case Outcome::fail:
    return "settled in part";
  case Outcome::unverified:
  case Outcome::not_applicable:
    break;
  }
  return "could not be judged";
}

std::string_view outcome_tone(Outcome outcome)
{
  switch (outcome) {
  case Outcome::pass:
    return "good";
  case Outcome::fail:
    return "bad";
  case Outcome::partial:
    return "warn";
  case Outcome::unverified:
  case Outcome::not_applicable:
    break;
  }
  return "calm";
}

std::string outcome_words(Outcome outcome)
{
  std::string text(codec::word(outcome));
  std::ranges::replace(text, '_', ' ');
  return text;
}

} // namespace

Markup code_line(const Location& where)
{
  Markup line;
  if (where.path.empty()) {
    return line;
  }
  line << "<code class=\"path\">" << place_text(where) << "</code>";
  if (!where.text.empty()) {
    line << "<pre class=\"line\" tabindex=\"0\"><code>";
    if (where.line > 0) {
      line << "<span class=\"lineno\" aria-hidden=\"true\">" << where.line << "</span>";
    }
    line << "<mark>" << where.text << "</mark></code></pre>";
  }
  return line;
}

Markup losses(const View& view)
{
  std::vector<CheckFigures> lost = view.checks;
  std::erase_if(lost, [](const CheckFigures& check) { return check.lost == Points{}; });
  std::ranges::stable_sort(lost, [](const CheckFigures& a, const CheckFigures& b) {
    return a.lost_of_total > b.lost_of_total;
  });
  Markup list;
  if (lost.empty()) {
    list << "<p>No point was lost.</p>\n";
    return list;
  }
  Points sum;
  for (const CheckFigures& check : lost) {
    sum += check.lost_of_total;
  }
  list << "<p class=\"lead\">" << tenths(sum) << " of 100 points, the most first.</p>\n"
       << "<ol class=\"losses\">\n";
  const std::size_t full = std::min(lost.size(), k_in_full);
  for (std::size_t i = 0; i < full; ++i) {
    list << loss(view, lost[i]);
  }
  list << "</ol>\n";
  if (full < lost.size()) {
    list << "<h3 class=\"further\">" << lost.size() - full
         << " smaller losses</h3>\n<ol class=\"losses further-list\">\n";
    for (std::size_t i = full; i < lost.size(); ++i) {
      list << small_loss(view, lost[i]);
    }
    list << "</ol>\n";
  }
  return list;
}

Markup uncertain(const View& view)
{
  std::vector<CheckFigures> open = view.checks;
  std::erase_if(open,
                [](const CheckFigures& check) { return check.undetermined_of_total == Points{}; });
  std::ranges::stable_sort(open, [](const CheckFigures& a, const CheckFigures& b) {
    return a.undetermined_of_total > b.undetermined_of_total;
  });
  Markup list;
  if (open.empty()) {
    return list;
  }
  list << "<p class=\"lead\">What is not settled costs nothing; it widens the interval.</p>\n<ul "
          "class=\"open\">\n";
  for (const CheckFigures& check : open) {
    list << "<li><b class=\"amount\">up to " << tenths(check.undetermined_of_total)
         << "</b><div><h3>" << check.title << "</h3><p>" << check.verdict->reason
         << "</p><p class=\"muted small\">" << open_word(check) << "</p></div></li>\n";
  }
  list << "</ul>\n";
  return list;
}

Markup every_check(const View& view)
{
  Markup all;
  for (const CategoryScore& category : view.record.scorecard.categories) {
    std::vector<CheckFigures> own = view.checks;
    std::erase_if(own,
                  [&](const CheckFigures& check) { return check.category != category.category; });
    if (own.empty()) {
      continue;
    }
    const auto passed = std::ranges::count_if(
      own, [](const CheckFigures& check) { return check.verdict->outcome == Outcome::pass; });
    const auto applicable = std::ranges::count_if(own, [](const CheckFigures& check) {
      return check.verdict->outcome != Outcome::not_applicable;
    });
    all << "<details class=\"group\"><summary><b>"
        << (category.title.empty() ? category.category : category.title)
        << "</b> <span class=\"muted\">" << passed << " of " << applicable
        << " passed</span></summary>\n<ul class=\"checks\">\n";
    for (const CheckFigures& check : own) {
      all << "<li><span class=\"outcome " << outcome_tone(check.verdict->outcome) << "\">"
          << outcome_words(check.verdict->outcome) << "</span><div><b>" << check.title << "</b><p>"
          << check.verdict->reason << "</p></div><span class=\"num muted\">" << tenths(check.earned)
          << " of " << tenths(check.points) << "</span></li>\n";
    }
    all << "</ul></details>\n";
  }
  return all;
}

} // namespace assay::report::html
