// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

namespace assay::batch {

namespace {

struct CheckFigures {
  int passed = 0;
  int partly = 0;
  int failed = 0;
  int unverified = 0;
  std::vector<double> credit; ///< of those it applies to and that it determined
  std::vector<double> rest;   ///< the total of the same submission without this check
};

double mean_of(const std::vector<double>& values)
{
  return values.empty() ? 0
                        : std::accumulate(values.begin(), values.end(), 0.0)
                            / static_cast<double>(values.size());
}

/// Pearson's correlation of a check with the rest of the score (item-rest correlation); nothing
/// with fewer than three or without any difference.
std::optional<double> correlation(const std::vector<double>& a, const std::vector<double>& b)
{
  const double mean_a = mean_of(a);
  const double mean_b = mean_of(b);
  double ab = 0;
  double aa = 0;
  double bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - mean_a) * (b[i] - mean_b);
    aa += (a[i] - mean_a) * (a[i] - mean_a);
    bb += (b[i] - mean_b) * (b[i] - mean_b);
  }
  constexpr double k_none = 1e-9;
  return a.size() < 3 || aa < k_none || bb < k_none ? std::nullopt
                                                    : std::optional(ab / std::sqrt(aa * bb));
}

/// The points that a check is worth in the total, of 100.
double share_of_total(const Scorecard& card, const ScoredCheck& check)
{
  double weights = 0;
  double weight = 0;
  double available = 0;
  for (const CategoryScore& category : card.categories) {
    weights += category.applicable ? category.weight : 0;
    weight = category.category == check.category ? category.weight : weight;
  }
  for (const ScoredCheck& other : card.checks) {
    available += other.category == check.category ? other.available.value() : 0;
  }
  return weights > 0 && available > 0 ? check.expected.value() / available * weight / weights * 100
                                      : 0;
}

void count(const RunRecord& record, std::map<std::string, CheckFigures>& checks)
{
  const Scorecard& card = record.scorecard;
  for (const Verdict& verdict : record.judgement.verdicts) {
    CheckFigures& figures = checks[verdict.check];
    figures.passed += verdict.outcome == Outcome::pass ? 1 : 0;
    figures.partly += verdict.outcome == Outcome::partial ? 1 : 0;
    figures.failed += verdict.outcome == Outcome::fail ? 1 : 0;
    figures.unverified += verdict.outcome == Outcome::unverified ? 1 : 0;
    const auto scored = std::ranges::find(card.checks, verdict.check, &ScoredCheck::check);
    if (verdict.credit && scored != card.checks.end()) {
      figures.credit.push_back(*verdict.credit);
      figures.rest.push_back(card.total.point.value() - share_of_total(card, *scored));
    }
  }
}

std::string remark(const CheckFigures& figures)
{
  const int determined = figures.passed + figures.partly + figures.failed;
  if (determined + figures.unverified == 0) {
    return "never applies";
  }
  if (determined == 0) {
    return "never determined";
  }
  if (figures.passed == determined && figures.unverified == 0) {
    return "never fires";
  }
  return figures.failed == determined ? "nobody passes" : "";
}

std::string distribution(std::vector<double> totals)
{
  std::ranges::sort(totals);
  const std::size_t half = totals.size() / 2;
  const double median =
    totals.size() % 2 == 1 ? totals[half] : (totals[half - 1] + totals[half]) / 2;
  std::string text = fmt::format("{} scored: mean {:.1f}, median {:.1f}, from {:.1f} to {:.1f}\n\n",
                                 totals.size(),
                                 mean_of(totals),
                                 median,
                                 totals.front(),
                                 totals.back());
  std::array<std::size_t, 10> tens{};
  for (const double total : totals) {
    ++tens.at(std::min<std::size_t>(9, static_cast<std::size_t>(total / 10)));
  }
  const std::size_t most = *std::ranges::max_element(tens);
  constexpr std::size_t k_bar = 40;
  for (std::size_t i = tens.size(); i-- > 0;) {
    const std::string bar((tens.at(i) * k_bar + most - 1) / most, '#');
    const std::string line =
      fmt::format("{:>3}-{:<3} {:>5}  {}", i * 10, i == 9 ? 100 : i * 10 + 10, tens.at(i), bar);
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  return text + "\n";
}

} // namespace

std::string render_stats(const std::vector<Standing>& standings)
{
  std::vector<double> totals;
  std::map<std::string, CheckFigures> checks;
  std::map<std::string, std::size_t> bands;
  for (const Standing& each : standings) {
    if (!each.record || each.record->scorecard.band == "none") {
      continue;
    }
    totals.push_back(each.record->scorecard.total.point.value());
    ++bands[each.record->scorecard.band];
    count(*each.record, checks);
  }
  if (totals.empty()) {
    return "No entry has a score.\n";
  }
  std::string text = distribution(totals);
  for (const auto& [band, entries] : bands) {
    text += fmt::format("{:<8}{:>5}\n", printable(band), entries);
  }
  TextTable table({"check", "pass", "part", "fail", "?", "mean", "tells", "remark"});
  for (const auto& [check, figures] : checks) {
    const auto tells = correlation(figures.credit, figures.rest);
    table.add({check,
               std::to_string(figures.passed),
               std::to_string(figures.partly),
               std::to_string(figures.failed),
               std::to_string(figures.unverified),
               figures.credit.empty() ? "-" : fmt::format("{:.2f}", mean_of(figures.credit)),
               tells ? fmt::format("{:.2f}", *tells) : "-",
               remark(figures)});
  }
  return text + "\n" + table.text()
         + "\nmean: credit from 0 to 1. tells: correlation with the rest of the score; near 0 or "
           "below, a check does not tell strong work from weak.\n";
}

} // namespace assay::batch
