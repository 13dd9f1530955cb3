// SPDX-License-Identifier: MIT
// docs/report-formats.md, "gitlab-codequality". Source: GitLab, "Code quality report format".
#include "engine/codec/json.hpp"
#include "engine/report/findings.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"

#include <algorithm>

namespace assay::report {

namespace {

using codec::Json;

std::string_view quality_severity(Severity severity)
{
  switch (severity) {
  case Severity::error:
    return "major";
  case Severity::warning:
    return "minor";
  case Severity::note:
    break;
  }
  return "info";
}

Json quality_issue(const Finding& finding, const Location& fallback)
{
  const Location where = finding.places.empty() ? fallback : finding.places.front().where;
  const std::string points = finding.kind == FindingKind::lost
                               ? " (" + tenths(finding.lost_of_total) + " of 100 points lost)"
                               : std::string();
  return Json::Record{
    {"description", harmless(finding.title + points + ": " + finding.message, Charset::unicode)},
    {"check_name", finding.rule},
    {"fingerprint", finding.fingerprint},
    {"severity", quality_severity(finding.severity)},
    {"location",
     Json::Record{{"path", where.path},
                  {"lines", Json::Record{{"begin", std::max(where.line, 1)}}}}}};
}

} // namespace

std::string render_code_quality(const RunRecord& record, const RenderOptions& options)
{
  Json::List issues;
  const Location fallback = fallback_place(record);
  for (const Finding& finding : findings(record, options.audience)) {
    // The format has no issue without a file.
    if (!finding.places.empty() || !fallback.path.empty()) {
      issues.push_back(quality_issue(finding, fallback));
    }
  }
  return codec::dump(issues, codec::Layout::indented);
}

} // namespace assay::report
