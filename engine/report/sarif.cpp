// SPDX-License-Identifier: MIT
// docs/report-formats.md, "sarif". Source: Static Analysis Results Interchange Format 2.1.0 plus
// Errata 01.
#include "engine/codec/enums.hpp"
#include "engine/codec/json.hpp"
#include "engine/codec/time.hpp"
#include "engine/report/escape.hpp"
#include "engine/report/findings.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"
#include "engine/report/words.hpp"

#include <algorithm>
#include <map>

namespace assay::report {

namespace {

using codec::Json;

constexpr std::size_t k_most_locations = 10; // what GitHub reads of one result

Json sarif_text(std::string_view text)
{
  return Json::Record{{"text", escape_sarif(text)}};
}

std::string_view level_of(Severity severity)
{
  switch (severity) {
  case Severity::error:
    return "error";
  case Severity::warning:
    return "warning";
  case Severity::note:
    break;
  }
  return "note";
}

bool is_ascii(std::string_view text)
{
  return std::ranges::all_of(text,
                             [](char byte) { return static_cast<unsigned char>(byte) < 128; });
}

Json region(const Location& where)
{
  Json::Record fields{{"startLine", where.line}};
  // Columns of a location count bytes; they are the same as characters where the line is ASCII.
  if (where.column > 0 && is_ascii(where.text)) {
    fields.emplace_back("startColumn", where.column);
  }
  if (where.end_line > where.line) {
    fields.emplace_back("endLine", where.end_line);
  }
  if (!where.text.empty()) {
    fields.emplace_back("snippet", sarif_text(where.text));
  }
  return fields;
}

Json physical(const Location& where)
{
  Json::Record fields{{"artifactLocation", Json::Record{{"uri", uri_of_path(where.path)}}}};
  if (where.line > 0) {
    fields.emplace_back("region", region(where));
  }
  return fields;
}

Json::List locations(const Finding& finding, const Location& fallback)
{
  if (!finding.places.empty()) {
    return {Json::Record{{"physicalLocation", physical(finding.places.front().where)}}};
  }
  return fallback.path.empty() ? Json::List{}
                               : Json::List{Json::Record{{"physicalLocation", physical(fallback)}}};
}

Json::List related(const Finding& finding)
{
  Json::List items;
  for (std::size_t i = 1; i < finding.places.size() && i < k_most_locations; ++i) {
    const Evidence& place = finding.places[i];
    Json::Record fields{{"id", static_cast<std::int64_t>(i)},
                        {"physicalLocation", physical(place.where)}};
    if (!place.note.empty()) {
      fields.emplace_back("message", sarif_text(place.note));
    }
    items.emplace_back(std::move(fields));
  }
  return items;
}

std::string sentence_of(const Finding& finding)
{
  switch (finding.kind) {
  case FindingKind::lost:
    return finding.title + " (" + tenths(finding.lost_of_total)
           + " of 100 points lost): " + finding.message;
  case FindingKind::unverified:
    return finding.title + " (up to " + tenths(finding.undetermined_of_total)
           + " of 100 points are not settled): " + finding.message;
  case FindingKind::flag:
    break;
  }
  return finding.title + ": " + finding.message + " A person decides what it means.";
}

Json result(const Finding& finding,
            const Location& fallback,
            const std::map<std::string, std::int64_t>& indexes)
{
  Json::Record fields{{"ruleId", finding.rule},
                      {"ruleIndex", indexes.at(finding.rule)},
                      {"kind", "fail"},
                      {"level", level_of(finding.severity)},
                      {"message", sarif_text(sentence_of(finding))},
                      {"locations", locations(finding, fallback)}};
  if (auto others = related(finding); !others.empty()) {
    fields.emplace_back("relatedLocations", std::move(others));
  }
  fields.emplace_back("partialFingerprints",
                      Json::Record{{"assayRuleAndLine/v1", finding.fingerprint}});
  fields.emplace_back("properties",
                      Json::Record{{"pointsLost", finding.lost_of_total},
                                   {"pointsNotSettled", finding.undetermined_of_total}});
  return fields;
}

/// "models.user-identity-unique" as SARIF wants names: "ModelsUserIdentityUnique".
std::string rule_name(std::string_view id)
{
  std::string name;
  bool first = true;
  for (const char byte : id) {
    if (byte == '.' || byte == '-' || byte == '_') {
      first = true;
      continue;
    }
    const bool lower = byte >= 'a' && byte <= 'z';
    name += first && lower ? static_cast<char>(byte - 'a' + 'A') : byte;
    first = false;
  }
  return name;
}

Json rule(std::string_view id,
          std::string_view title,
          const std::string& help,
          std::string_view level,
          Json::Record properties)
{
  return Json::Record{
    {"id", id},
    {"name", rule_name(id)},
    {"shortDescription", Json::Record{{"text", harmless(title, Charset::unicode)}}},
    {"fullDescription", Json::Record{{"text", harmless(title, Charset::unicode)}}},
    {"help",
     Json::Record{{"text", harmless(help, Charset::unicode)}, {"markdown", escape_markdown(help)}}},
    {"defaultConfiguration", Json::Record{{"level", level}}},
    {"properties", std::move(properties)}};
}

Json check_rule(const CheckFigures& check)
{
  const std::string help =
    check.advice.empty() ? std::string(check.title) + "." : std::string(check.advice);
  return rule(check.id,
              check.title,
              help,
              "warning",
              {{"tags", Json::List{Json(check.category)}}, {"points", check.points}});
}

Json flag_rule(const std::string& flag)
{
  return rule("integrity." + flag,
              flag_title(flag),
              flag_meaning(flag),
              "warning",
              {{"tags", Json::List{Json("integrity")}}});
}

Json run_properties(const RunRecord& record)
{
  const Scorecard& card = record.scorecard;
  return Json::Record{{"score", card.total.point},
                      {"scoreLow", card.total.low},
                      {"scoreHigh", card.total.high},
                      {"band", card.band},
                      {"needsReview", card.needs_review},
                      {"rubric", record.rubric.id},
                      {"rubricDigest", record.rubric.digest},
                      {"tree", harmless(record.submission.tree_digest, Charset::unicode)}};
}

} // namespace

std::string render_sarif(const RunRecord& record, const RenderOptions& options)
{
  const auto found = findings(record, options.audience);
  Json::List rules;
  std::map<std::string, std::int64_t> indexes;
  for (const CheckFigures& check : shown_to(options.audience, record, check_figures(record))) {
    if (indexes.emplace(check.id, static_cast<std::int64_t>(rules.size())).second) {
      rules.push_back(check_rule(check));
    }
  }
  for (const Finding& finding : found) {
    if (indexes.emplace(finding.rule, static_cast<std::int64_t>(rules.size())).second) {
      rules.push_back(flag_rule(finding.rule.substr(finding.rule.find('.') + 1)));
    }
  }
  Json::List results;
  const Location fallback = fallback_place(record);
  for (const Finding& finding : found) {
    results.push_back(result(finding, fallback, indexes));
  }
  const Json driver = Json::Record{{"name", "assay"},
                                   {"version", record.engine_version},
                                   {"semanticVersion", record.engine_version},
                                   {"rules", std::move(rules)}};
  const Json run =
    Json::Record{{"tool", Json::Record{{"driver", driver}}},
                 {"automationDetails", Json::Record{{"id", "assay/" + record.rubric.id + "/"}}},
                 {"invocations",
                  Json::List{Json::Record{{"executionSuccessful", true},
                                          {"endTimeUtc", codec::time_text(record.graded_at)}}}},
                 {"columnKind", "unicodeCodePoints"},
                 {"results", std::move(results)},
                 {"properties", run_properties(record)}};
  const Json document = Json::Record{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                                     {"version", "2.1.0"},
                                     {"runs", Json::List{run}}};
  return codec::dump(document, codec::Layout::indented);
}

} // namespace assay::report
