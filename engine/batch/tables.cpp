// SPDX-License-Identifier: MIT
#include "engine/batch/tables.hpp"

#include "engine/base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace assay::batch {

namespace {

bool scored(const Standing& standing)
{
  return standing.record && standing.record->scorecard.band != "none";
}

std::string place_text(const Place& place)
{
  return place.best == place.worst ? std::to_string(place.best)
                                   : fmt::format("{}-{}", place.best, place.worst);
}

std::string state_text(const Standing& standing)
{
  switch (standing.entry.state) {
  case EntryState::waiting:
    return "waiting";
  case EntryState::graded:
    return "no score: nothing of it could be determined";
  case EntryState::not_obtained:
    return "not obtained: " + standing.entry.detail;
  case EntryState::engine_fault:
    return "engine fault, not graded: " + standing.entry.detail;
  }
  return {};
}

std::string remarks(const Standing& standing)
{
  std::vector<std::string> notes;
  const Scorecard& card = standing.record->scorecard;
  if (card.needs_review) {
    notes.emplace_back("review");
  }
  for (const GateResult& gate : card.gates) {
    if (gate.tripped) {
      notes.push_back("gate " + gate.id);
    }
  }
  std::set<std::string> flags;
  for (const IntegrityFlag& flag : standing.record->facts.integrity) {
    flags.insert(flag.flag);
  }
  notes.insert(notes.end(), flags.begin(), flags.end());
  if (!standing.reviews.empty()) {
    notes.push_back(fmt::format("{} reviewed", standing.reviews.size()));
  }
  if (!standing.outdated.empty()) {
    notes.push_back(fmt::format("{} of other facts", standing.outdated.size()));
  }
  if (std::string history = provenance(standing); !history.empty()) {
    notes.push_back(std::move(history));
  }
  return join(notes, ", ");
}

std::vector<std::string> category_ids(const std::vector<Standing>& standings)
{
  std::vector<std::string> ids;
  for (const Standing& standing : standings) {
    if (!standing.record) {
      continue;
    }
    for (const CategoryScore& category : standing.record->scorecard.categories) {
      if (std::ranges::find(ids, category.category) == ids.end()) {
        ids.push_back(category.category);
      }
    }
  }
  return ids;
}

std::string category_text(const Standing& standing, const std::string& id)
{
  for (const CategoryScore& category : standing.record->scorecard.categories) {
    if (category.category == id && category.applicable) {
      return fmt::format("{:.1f}", category.score.point.value());
    }
  }
  return "-";
}

std::string_view outcome_mark(Outcome outcome)
{
  switch (outcome) {
  case Outcome::pass:
    return "pass";
  case Outcome::partial:
    return "part";
  case Outcome::fail:
    return "fail";
  case Outcome::unverified:
    return "?";
  case Outcome::not_applicable:
    return "n/a";
  }
  return {};
}

std::string verdict_text(const Standing& standing, const std::string& check)
{
  if (!standing.record) {
    return "-";
  }
  for (const Verdict& verdict : standing.record->judgement.verdicts) {
    if (verdict.check == check) {
      return verdict.credit
               ? fmt::format("{} {:.0f} %", outcome_mark(verdict.outcome), *verdict.credit * 100)
               : std::string(outcome_mark(verdict.outcome));
    }
  }
  return "-";
}

bool is_figure(std::string_view cell)
{
  return !cell.empty() && cell.find_first_not_of("0123456789.-") == std::string_view::npos;
}

} // namespace

TextTable::TextTable(std::vector<std::string> heading)
{
  add(std::move(heading));
}

void TextTable::add(std::vector<std::string> cells)
{
  for (std::string& cell : cells) {
    cell = printable(to_utf8_lossy(cell));
  }
  rows_.push_back(std::move(cells));
}

std::string TextTable::text() const
{
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], display_width(row[i]));
    }
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string space(widths[i] - display_width(row[i]), ' ');
      line += i == 0 ? "" : "  ";
      line += is_figure(row[i]) ? space + row[i] : row[i] + space;
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

std::string render_rank(const std::vector<Standing>& standings)
{
  const std::vector<std::string> categories = category_ids(standings);
  const std::vector<Place> found = places(standings);
  std::vector<std::string> heading{"place", "candidate", "score", "interval", "band", "run"};
  heading.insert(heading.end(), categories.begin(), categories.end());
  heading.emplace_back("remarks");
  TextTable table(heading);
  std::string rest;
  bool overlaps = false;
  for (std::size_t i = 0; i < standings.size(); ++i) {
    const Standing& each = standings[i];
    if (!scored(each)) {
      rest +=
        fmt::format("  {}: {}\n", printable(each.entry.candidate), printable(state_text(each)));
      continue;
    }
    const Interval& total = each.record->scorecard.total;
    overlaps = overlaps || found[i].best != found[i].worst;
    std::vector<std::string> row{
      place_text(found[i]),
      each.entry.candidate,
      fmt::format("{:.1f}", total.point.value()),
      total.low == total.high ? std::string()
                              : fmt::format("{:.1f}-{:.1f}", total.low.value(), total.high.value()),
      each.record->scorecard.band,
      each.entry.run ? std::to_string(each.entry.run->value) : ""};
    for (const std::string& category : categories) {
      row.push_back(category_text(each, category));
    }
    row.push_back(remarks(each));
    table.add(std::move(row));
  }
  std::string text = table.text();
  if (overlaps) {
    text += "\nA place like 2-4 is a tie, or intervals that overlap: the order within it is not "
            "established.\n";
  }
  if (!rest.empty()) {
    text += "\nWithout a score:\n" + rest;
  }
  return text;
}

std::string render_compare(const std::vector<Standing>& standings)
{
  std::vector<std::string> heading{"check"};
  std::vector<std::string> scores{"score"};
  std::vector<std::string> bands{"band"};
  std::vector<std::string> checks;
  for (const Standing& each : standings) {
    heading.push_back(each.entry.candidate);
    if (!each.record) {
      scores.push_back(state_text(each));
      bands.emplace_back("-");
      continue;
    }
    const Interval& total = each.record->scorecard.total;
    scores.push_back(total.low == total.high ? fmt::format("{:.1f}", total.point.value())
                                             : fmt::format("{:.1f} ({:.1f}-{:.1f})",
                                                           total.point.value(),
                                                           total.low.value(),
                                                           total.high.value()));
    bands.push_back(each.record->scorecard.band);
    for (const Verdict& verdict : each.record->judgement.verdicts) {
      if (std::ranges::find(checks, verdict.check) == checks.end()) {
        checks.push_back(verdict.check);
      }
    }
  }
  TextTable table(heading);
  table.add(scores);
  table.add(bands);
  for (const std::string& check : checks) {
    std::vector<std::string> row{check};
    std::set<std::string> different;
    for (const Standing& each : standings) {
      row.push_back(verdict_text(each, check));
      different.insert(row.back());
    }
    row.emplace_back(different.size() > 1 ? "*" : "");
    table.add(std::move(row));
  }
  return table.text() + "\n* the candidates differ\n";
}

} // namespace assay::batch
