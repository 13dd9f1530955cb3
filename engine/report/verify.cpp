// SPDX-License-Identifier: MIT
#include "engine/report/verify.hpp"

#include "engine/base/text.hpp"
#include "engine/codec/json.hpp"

#include <algorithm>
#include <map>

namespace assay::report {

namespace {

using Values = std::map<std::string, std::string>;

bool is_left_out(std::string_view place)
{
  constexpr std::string_view k_places[] = {
    "graded_at", "submission.ref", "submission.before", "submission.commits_after"};
  return among(place, k_places) || place.starts_with("timings.");
}

Result<std::vector<codec::Leaf>> compared(std::string_view json)
{
  ASSAY_ASSIGN(auto all, codec::leaves(json));
  std::erase_if(all, [](const codec::Leaf& leaf) { return is_left_out(leaf.place); });
  return all;
}

Values by_place(const std::vector<codec::Leaf>& leaves)
{
  Values values;
  for (const codec::Leaf& leaf : leaves) {
    // What two items of a list share a name is counted, so that none hides another.
    std::string place = leaf.place;
    for (int i = 2; !values.emplace(place, leaf.value).second; ++i) {
      place = leaf.place + "#" + std::to_string(i);
    }
  }
  return values;
}

/// The text of a JSON string without escapes; empty for null.
Result<std::string> text_at(const Values& values, const std::string& place)
{
  const auto found = values.find(place);
  if (found == values.end()) {
    return Error{ErrorCode::invalid_input, "not a record of assay: it has no " + place};
  }
  const std::string& value = found->second;
  if (value == "null") {
    return std::string();
  }
  if (value.size() < 2 || value.front() != '"') {
    return Error{ErrorCode::invalid_input, "not a record of assay: " + place + " is no text"};
  }
  std::string text;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    // Of the escapes only these two stand for the letter behind the backslash.
    const bool escape = value[i] == '\\' && (value[i + 1] == '"' || value[i + 1] == '\\');
    text += value[escape ? ++i : i];
  }
  return text;
}

} // namespace

Result<RecordedRun> read_recorded(std::string_view json)
{
  ASSAY_ASSIGN(const auto all, codec::leaves(json));
  const Values values = by_place(all);
  const auto version = values.find("schema_version");
  if (version == values.end() || version->second != "1") {
    return Error{ErrorCode::invalid_input, "not a record of assay with schema_version 1"};
  }
  RecordedRun run;
  ASSAY_ASSIGN(run.source, text_at(values, "submission.source"));
  ASSAY_ASSIGN(run.commit, text_at(values, "submission.commit"));
  ASSAY_ASSIGN(run.rubric, text_at(values, "rubric.id"));
  ASSAY_ASSIGN(run.rubric_digest, text_at(values, "rubric.digest"));
  ASSAY_ASSIGN(run.runtime, text_at(values, "environment.runtime"));
  return run;
}

Result<Comparison> compare(std::string_view recorded, std::string_view again)
{
  ASSAY_ASSIGN(const auto before, compared(recorded));
  ASSAY_ASSIGN(const auto after, compared(again));
  const Values then = by_place(before);
  const Values now = by_place(after);
  Comparison comparison;
  for (const auto& [place, value] : then) {
    ++comparison.values;
    const auto found = now.find(place);
    if (found == now.end()) {
      comparison.differences.push_back({place, value, ""});
    } else if (found->second != value) {
      comparison.differences.push_back({place, value, found->second});
    }
  }
  for (const auto& [place, value] : now) {
    if (!then.contains(place)) {
      ++comparison.values;
      comparison.differences.push_back({place, "", value});
    }
  }
  return comparison;
}

} // namespace assay::report
