// SPDX-License-Identifier: MIT
#include "engine/codec/enums.hpp"
#include "engine/report/text_sections.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace assay::report {

namespace {

constexpr std::size_t k_all = std::numeric_limits<std::size_t>::max();
constexpr std::size_t k_places_in_summary = 3;
constexpr std::size_t k_lost_in_full = 10;  // further ones: one place, no advice
constexpr std::size_t k_lost_columns = 5;   // "-12.5"
constexpr std::size_t k_up_to_columns = 10; // "up to 12.5"

std::vector<CheckFigures> ordered(std::vector<CheckFigures> checks, Points CheckFigures::*by)
{
  std::erase_if(checks, [&](const CheckFigures& check) { return check.*by == Points{}; });
  std::ranges::stable_sort(
    checks, [&](const CheckFigures& a, const CheckFigures& b) { return a.*by > b.*by; });
  return checks;
}

std::string category_title(const RunRecord& record, std::string_view id)
{
  const auto found = std::ranges::find(record.scorecard.categories, id, &CategoryScore::category);
  return found == record.scorecard.categories.end() || found->title.empty() ? std::string(id)
                                                                            : found->title;
}

/// `amount` is set flush right in `columns`.
void print_amount(Page& page,
                  std::size_t columns,
                  const std::string& amount,
                  Style style,
                  const CheckFigures& check,
                  Points part)
{
  const std::size_t space = columns > amount.size() ? columns - amount.size() : 0;
  page.paragraph(
    {2 + space, 4 + columns},
    {{amount, style},
     {"  "},
     {std::string(check.title), Style::bold},
     {fmt::format("  {} of {} points in {}", tenths(part), tenths(check.points), check.category),
      Style::dim}});
}

std::string outcome_word(Outcome outcome)
{
  switch (outcome) {
  case Outcome::not_applicable:
    return "n/a";
  case Outcome::pass:
  case Outcome::partial:
  case Outcome::fail:
  case Outcome::unverified:
    break;
  }
  return std::string(codec::word(outcome));
}

Style outcome_style(Outcome outcome)
{
  switch (outcome) {
  case Outcome::pass:
    return Style::green;
  case Outcome::partial:
  case Outcome::unverified:
    return Style::yellow;
  case Outcome::fail:
    return Style::red;
  case Outcome::not_applicable:
    return Style::dim;
  }
  throw std::logic_error("unknown Outcome");
}

std::string points_text(const CheckFigures& check)
{
  if (check.verdict->outcome == Outcome::not_applicable) {
    return "its points go to the other checks";
  }
  std::string text =
    fmt::format("{} of {} points earned", tenths(check.earned), tenths(check.points));
  if (check.lost != Points{}) {
    text += fmt::format(", {} lost", tenths(check.lost));
  }
  if (check.undetermined != Points{}) {
    text += fmt::format(", {} not settled", tenths(check.undetermined));
  }
  return text
         + fmt::format(
           "; {}, confidence {:.2f}", basis_word(check.verdict->basis), check.verdict->confidence);
}

/// Checks that nothing is known of come first, gathered under what they have in common: the reason.
void print_unverified(Page& page, const std::vector<CheckFigures>& checks)
{
  std::vector<std::string_view> reasons;
  for (const CheckFigures& check : checks) {
    if (check.verdict->outcome == Outcome::unverified
        && std::ranges::find(reasons, check.verdict->reason) == reasons.end()) {
      reasons.emplace_back(check.verdict->reason);
    }
  }
  for (const std::string_view reason : reasons) {
    const CheckFigures* last = nullptr;
    for (const CheckFigures& check : checks) {
      if (check.verdict->outcome == Outcome::unverified && check.verdict->reason == reason) {
        print_amount(page,
                     k_up_to_columns,
                     "up to " + tenths(check.undetermined_of_total),
                     Style::yellow,
                     check,
                     check.undetermined);
        last = &check;
      }
    }
    page.paragraph({14, 14}, {{std::string(reason)}});
    print_evidence(page, 14, last->verdict->evidence, 1);
  }
}

/// By category, with what each could still bring, because there are many of them and they say the
/// same.
void print_open(Page& page,
                const RunRecord& record,
                const std::vector<CheckFigures>& checks,
                const char* sentence,
                bool (*belongs)(Outcome))
{
  bool first = true;
  for (const CategoryScore& category : record.scorecard.categories) {
    Points sum;
    std::string titles;
    for (const CheckFigures& check : checks) {
      if (check.category == category.category && belongs(check.verdict->outcome)) {
        sum += check.undetermined_of_total;
        titles += fmt::format("{}{} ({})",
                              titles.empty() ? "" : "; ",
                              check.title,
                              tenths(check.undetermined_of_total));
      }
    }
    if (titles.empty()) {
      continue;
    }
    if (first) {
      page.paragraph({2, 2}, {{sentence}});
      first = false;
    }
    page.paragraph(
      {4, 6},
      {{fmt::format("{}, up to {}: ", category_title(record, category.category), tenths(sum)),
        Style::bold},
       {titles}});
  }
}

bool is_settled_pass(const CheckFigures& check)
{
  return check.verdict->outcome == Outcome::pass && check.undetermined_of_total == Points{};
}

bool does_not_apply(const CheckFigures& check)
{
  return check.verdict->outcome == Outcome::not_applicable;
}

/// Titles of the checks that belong here, one paragraph for each category.
void print_titles(Page& page,
                  const RunRecord& record,
                  const std::vector<CheckFigures>& checks,
                  std::string_view heading,
                  bool (*belongs)(const CheckFigures&))
{
  if (std::ranges::none_of(checks, belongs)) {
    return;
  }
  page.heading(heading);
  for (const CategoryScore& category : record.scorecard.categories) {
    std::string titles;
    for (const CheckFigures& check : checks) {
      if (check.category == category.category && belongs(check)) {
        titles += (titles.empty() ? "" : "; ") + std::string(check.title);
      }
    }
    if (!titles.empty()) {
      page.paragraph({2, 4},
                     {{category_title(record, category.category) + ": ", Style::bold}, {titles}});
    }
  }
}

} // namespace

std::string place_text(const Location& where)
{
  return where.line > 0 && !where.path.empty() ? fmt::format("{}:{}", where.path, where.line)
                                               : where.path;
}

void print_evidence(Page& page,
                    std::size_t indent,
                    const std::vector<Evidence>& evidence,
                    std::size_t limit)
{
  for (std::size_t i = 0; i < evidence.size() && i < limit; ++i) {
    const Evidence& each = evidence[i];
    std::vector<Span> spans{{place_text(each.where), Style::cyan}};
    if (!each.where.text.empty()) {
      spans.push_back({"  " + each.where.text});
    }
    if (!each.note.empty()) {
      spans.push_back(
        {spans[0].text.empty() && spans.size() == 1 ? each.note : "  (" + each.note + ")",
         Style::dim});
    }
    page.paragraph({indent, indent + 2}, spans);
  }
  if (evidence.size() > limit) {
    page.paragraph(
      {indent, indent},
      {{fmt::format("and {}", counted(evidence.size() - limit, "more place", "more places")),
        Style::dim}});
  }
}

void print_lost(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  const auto lost = ordered(checks, &CheckFigures::lost_of_total);
  if (lost.empty()) {
    return;
  }
  const Points all = Points{10'000} - record.scorecard.total.high;
  page.heading(fmt::format("Points lost: {} of 100", tenths(all)));
  std::size_t printed = 0;
  for (const CheckFigures& check : lost) {
    print_amount(
      page, k_lost_columns, "-" + tenths(check.lost_of_total), Style::red, check, check.lost);
    page.paragraph({9, 9}, {{check.verdict->reason}});
    const bool in_full = printed++ < k_lost_in_full;
    print_evidence(page, 9, check.verdict->evidence, in_full ? k_places_in_summary : 1);
    if (in_full && !check.advice.empty()) {
      page.paragraph({9, 9}, {{"Better: ", Style::green}, {std::string(check.advice)}});
    }
  }
}

void print_uncertain(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  const auto open = ordered(checks, &CheckFigures::undetermined_of_total);
  if (open.empty()) {
    return;
  }
  const Points all = record.scorecard.total.high - record.scorecard.total.low;
  page.heading(fmt::format("Not certain: {} of 100", tenths(all)));
  print_unverified(page, open);
  print_open(page,
             record,
             open,
             "Right as far as reading shows; running it would prove it:",
             [](Outcome outcome) { return outcome == Outcome::pass; });
  print_open(page, record, open, "Settled in part:", [](Outcome outcome) {
    return outcome == Outcome::partial || outcome == Outcome::fail;
  });
}

void print_passed(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  print_titles(page, record, checks, "Passed", is_settled_pass);
  print_titles(page, record, checks, "Does not apply", does_not_apply);
}

void print_every_check(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  std::string_view category;
  for (const CheckFigures& check : checks) {
    if (check.category != category || &check == &checks.front()) {
      page.heading(category_title(record, check.category));
      category = check.category;
    }
    const Outcome outcome = check.verdict->outcome;
    page.paragraph({2, 14},
                   {{fmt::format("{:<12}", outcome_word(outcome)), outcome_style(outcome)},
                    {std::string(check.title), Style::bold},
                    {"  " + std::string(check.id), Style::dim}});
    page.paragraph({14, 14}, {{points_text(check), Style::dim}});
    page.paragraph({14, 14}, {{check.verdict->reason}});
    print_evidence(page, 14, check.verdict->evidence, k_all);
  }
}

} // namespace assay::report
