// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/batch/delimited.hpp"
#include "engine/batch/tables.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/json.hpp"
#include "engine/codec/time.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace assay::batch {

namespace {

using codec::Json;
using Members = Json::Record;

Json time_or_null(const std::optional<Instant>& instant)
{
  return instant ? Json(codec::time_text(*instant)) : Json();
}

template<class T, class Name>
Json names_of(const std::vector<T>& items, Name name)
{
  std::vector<std::string> names;
  for (const T& item : items) {
    names.push_back(name(item));
  }
  std::ranges::sort(names);
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return {join(names, ";")};
}

void add_entry(Members& members, const BatchEntry& entry)
{
  members.emplace_back("row", entry.row);
  members.emplace_back("candidate", entry.candidate);
  members.emplace_back("name", entry.name);
  members.emplace_back("email", entry.email);
  members.emplace_back("repository", entry.repository);
  members.emplace_back("ref", entry.ref);
  members.emplace_back("deadline", time_or_null(entry.deadline));
  members.emplace_back("rubric", entry.rubric);
  members.emplace_back("tags", join(entry.tags, ";"));
  members.emplace_back("state", codec::word(entry.state));
  members.emplace_back("detail", entry.detail);
}

void add_run(Members& members, const Standing& standing)
{
  const RunRecord none;
  const RunRecord& record = standing.record ? *standing.record : none;
  const bool graded = standing.record.has_value();
  const bool scored = graded && record.scorecard.band != "none";
  const auto if_graded = [&](Json value) { return graded ? std::move(value) : Json(); };
  const auto if_scored = [&](Json value) { return scored ? std::move(value) : Json(); };
  const History& history = record.submission.history;
  members.emplace_back("run", standing.entry.run ? Json(standing.entry.run->value) : Json());
  members.emplace_back("graded_at", if_graded(codec::time_text(record.graded_at)));
  members.emplace_back("commit", if_graded(record.submission.commit));
  members.emplace_back("tree", if_graded(record.submission.tree_digest));
  members.emplace_back("rubric_digest", if_graded(record.rubric.digest));
  members.emplace_back("point", if_scored(record.scorecard.total.point));
  members.emplace_back("low", if_scored(record.scorecard.total.low));
  members.emplace_back("high", if_scored(record.scorecard.total.high));
  members.emplace_back("band", if_graded(record.scorecard.band));
  members.emplace_back("needs_review", if_graded(record.scorecard.needs_review));
  members.emplace_back("flags",
                       if_graded(names_of(record.facts.integrity,
                                          [](const IntegrityFlag& flag) { return flag.flag; })));
  members.emplace_back("reviewed",
                       if_graded(names_of(standing.reviews, [](const store::Review& review) {
                         return review.check;
                       })));
  members.emplace_back("reviewed_of_other_facts", if_graded(join(standing.outdated, ";")));
  members.emplace_back("isolation", if_graded(record.execution.isolation));
  members.emplace_back("commits", if_graded(history.commits));
  members.emplace_back("first_commit_at", time_or_null(history.first_commit_at));
  members.emplace_back("last_commit_at", time_or_null(history.committed_at));
  members.emplace_back("late_seconds", if_graded(late_seconds(standing)));
  members.emplace_back("single_commit", if_graded(history.commits == 1));
  members.emplace_back("replaced_commits", if_graded(standing.entry.replaced_commits));
}

/// Columns that depend on the batch, in an order that all rows share.
struct Columns {
  std::vector<std::string> categories;
  std::vector<std::string> checks;
  std::vector<std::string> extra;
};

void add_new(std::vector<std::string>& names, const std::string& name)
{
  if (std::ranges::find(names, name) == names.end()) {
    names.push_back(name);
  }
}

Columns columns_of(const std::vector<Standing>& standings)
{
  Columns columns;
  for (const Standing& each : standings) {
    for (const auto& [name, value] : each.entry.extra) {
      add_new(columns.extra, name);
    }
    if (!each.record) {
      continue;
    }
    for (const CategoryScore& category : each.record->scorecard.categories) {
      add_new(columns.categories, category.category);
    }
    for (const Verdict& verdict : each.record->judgement.verdicts) {
      add_new(columns.checks, verdict.check);
    }
  }
  return columns;
}

void add_judgement(Members& members, const Standing& standing, const Columns& columns)
{
  for (const std::string& id : columns.categories) {
    Json point;
    if (standing.record) {
      const auto& categories = standing.record->scorecard.categories;
      const auto found = std::ranges::find(categories, id, &CategoryScore::category);
      if (found != categories.end() && found->applicable) {
        point = Json(found->score.point);
      }
    }
    members.emplace_back("category." + id, std::move(point));
  }
  for (const std::string& id : columns.checks) {
    Json outcome;
    Json credit;
    if (standing.record) {
      const auto& verdicts = standing.record->judgement.verdicts;
      const auto found = std::ranges::find(verdicts, id, &Verdict::check);
      if (found != verdicts.end()) {
        outcome = Json(codec::word(found->outcome));
        credit = found->credit ? Json(*found->credit) : Json();
      }
    }
    members.emplace_back("outcome." + id, std::move(outcome));
    members.emplace_back("credit." + id, std::move(credit));
  }
  for (const std::string& name : columns.extra) {
    Json value;
    for (const auto& [column, text] : standing.entry.extra) {
      if (column == name) {
        value = Json(text);
      }
    }
    members.emplace_back("extra." + name, std::move(value));
  }
}

std::string cell_text(const Json& value)
{
  if (std::holds_alternative<std::nullptr_t>(value.value)) {
    return {};
  }
  if (const auto* text = std::get_if<std::string>(&value.value)) {
    return csv_cell(*text);
  }
  return csv_cell(codec::dump(value, codec::Layout::compact));
}

} // namespace

std::string render_export(const std::vector<Standing>& standings, ExportFormat format)
{
  const Columns columns = columns_of(standings);
  const std::string end = format == ExportFormat::excel ? "\r\n" : "\n";
  std::string text = format == ExportFormat::excel ? "\xef\xbb\xbf" : "";
  bool first = true;
  for (const Standing& each : standings) {
    Members members;
    add_entry(members, each.entry);
    add_run(members, each);
    add_judgement(members, each, columns);
    if (format == ExportFormat::jsonl) {
      text += codec::dump(Json(std::move(members)), codec::Layout::compact) + "\n";
      continue;
    }
    std::vector<std::string> names;
    std::vector<std::string> cells;
    for (const auto& [name, value] : members) {
      names.push_back(csv_cell(name));
      cells.push_back(cell_text(value));
    }
    text += first ? join(names, ",") + end : "";
    text += join(cells, ",") + end;
    first = false;
  }
  return text;
}

} // namespace assay::batch
