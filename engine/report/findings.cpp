// SPDX-License-Identifier: MIT
#include "engine/report/findings.hpp"

#include "engine/base/digest.hpp"
#include "engine/base/text.hpp"
#include "engine/report/page.hpp"
#include "engine/report/words.hpp"

#include <algorithm>
#include <map>
#include <tuple>

namespace assay::report {

namespace {

constexpr Points k_small_loss{50}; // of the total: half a point

std::vector<Evidence> with_path(const std::vector<Evidence>& evidence)
{
  std::vector<Evidence> places = evidence;
  std::erase_if(places, [](const Evidence& each) { return each.where.path.empty(); });
  return places;
}

Severity severity_of(const CheckFigures& check)
{
  if (check.lost_of_total < k_small_loss) {
    return Severity::note;
  }
  return check.verdict->outcome == Outcome::fail ? Severity::error : Severity::warning;
}

std::string words_of(std::string_view line)
{
  std::string words;
  for (const char byte : line) {
    const bool space = byte == ' ' || byte == '\t';
    if (!space || (!words.empty() && words.back() != ' ')) {
      words += space ? ' ' : byte;
    }
  }
  return words;
}

/// From the rule, the file and the words of the line, not its number: a finding stays the same when
/// lines are added above it. Equal ones are counted.
class Fingerprints {
public:
  std::string of(const Finding& finding)
  {
    const Location where = finding.places.empty() ? Location{} : finding.places.front().where;
    std::string basis = finding.rule + '\0' + where.path + '\0' + words_of(where.text);
    const int before = seen_[basis]++;
    return sha256(basis + '\0' + std::to_string(before)).substr(std::string_view("sha256:").size());
  }

private:
  std::map<std::string, int> seen_;
};

void add_flags(std::vector<Finding>& all, const RunRecord& record)
{
  for (const FlagWeight weight : {FlagWeight::grave, FlagWeight::notice}) {
    for (const IntegrityFlag& flag : record.facts.integrity) {
      if (weight_of(record.rubric, flag) != weight) {
        continue;
      }
      Finding& finding = all.emplace_back();
      finding.kind = FindingKind::flag;
      finding.severity = weight == FlagWeight::grave ? Severity::error : Severity::warning;
      finding.rule = "integrity." + harmless(flag.flag, Charset::unicode);
      finding.title = flag_title(flag.flag);
      finding.message = flag.detail;
      finding.places = with_path({{flag.where, ""}});
    }
  }
}

void add_checks(std::vector<Finding>& all, std::vector<CheckFigures> checks)
{
  std::ranges::stable_sort(checks, [](const CheckFigures& a, const CheckFigures& b) {
    return std::tie(a.lost_of_total, a.undetermined_of_total)
           > std::tie(b.lost_of_total, b.undetermined_of_total);
  });
  for (const CheckFigures& check : checks) {
    const bool lost = check.lost != Points{};
    if (!lost && check.verdict->outcome != Outcome::unverified) {
      continue;
    }
    Finding& finding = all.emplace_back();
    finding.kind = lost ? FindingKind::lost : FindingKind::unverified;
    finding.severity = lost ? severity_of(check) : Severity::note;
    finding.rule = check.id;
    finding.title = check.title;
    finding.message = check.verdict->reason;
    finding.advice = check.advice;
    finding.places = with_path(check.verdict->evidence);
    finding.lost_of_total = check.lost_of_total;
    finding.undetermined_of_total = check.undetermined_of_total;
  }
}

} // namespace

std::vector<Finding> findings(const RunRecord& record, Audience audience)
{
  std::vector<Finding> all;
  if (audience == Audience::manager) {
    add_flags(all, record);
  }
  add_checks(all, shown_to(audience, record, check_figures(record)));
  Fingerprints fingerprints;
  for (Finding& finding : all) {
    finding.fingerprint = fingerprints.of(finding);
  }
  return all;
}

Location fallback_place(const RunRecord& record)
{
  const auto& files = record.facts.files;
  Location place;
  if (const auto graded = std::ranges::find(files, FileRole::graded, &SourceFile::role);
      graded != files.end()) {
    place.path = graded->path;
  } else if (!files.empty()) {
    place.path = files.front().path;
  }
  return place;
}

} // namespace assay::report
