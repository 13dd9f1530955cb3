// SPDX-License-Identifier: MIT
// docs/report-formats.md, "github-annotations". Source: GitHub, "Workflow commands for GitHub
// Actions"; the runner shows ten of each level for a step.
#include "engine/report/findings.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"

#include <fmt/format.h>

#include <map>

namespace assay::report {

namespace {

constexpr int k_most_of_a_level = 10;

enum class CommandPart { message, property };

/// As the runner takes it apart; what is not visible is escaped before.
std::string escape_command(std::string_view text, CommandPart part)
{
  std::string escaped;
  for (const char byte : harmless(text, Charset::unicode)) {
    if (byte == '%') {
      escaped += "%25";
    } else if (part == CommandPart::property && byte == ':') {
      escaped += "%3A";
    } else if (part == CommandPart::property && byte == ',') {
      escaped += "%2C";
    } else {
      escaped += byte;
    }
  }
  return escaped;
}

const char* command_of(Severity severity)
{
  switch (severity) {
  case Severity::error:
    return "error";
  case Severity::warning:
    return "warning";
  case Severity::note:
    break;
  }
  return "notice";
}

std::string place_properties(const Location& where)
{
  std::string text;
  if (!where.path.empty()) {
    text += "file=" + escape_command(where.path, CommandPart::property) + ",";
    if (where.line > 0) {
      text += fmt::format("line={},", where.line);
    }
    if (where.end_line > where.line) {
      text += fmt::format("endLine={},", where.end_line);
    }
  }
  return text;
}

} // namespace

std::string render_annotations(const RunRecord& record, const RenderOptions& options)
{
  std::map<Severity, int> shown;
  std::string bytes;
  for (const Finding& finding : findings(record, options.audience)) {
    if (++shown[finding.severity] > k_most_of_a_level) {
      continue;
    }
    const Location where = finding.places.empty() ? Location{} : finding.places.front().where;
    std::string message = finding.message;
    if (finding.kind == FindingKind::lost) {
      message = tenths(finding.lost_of_total) + " of 100 points lost. " + message;
    }
    if (!finding.advice.empty()) {
      message += (message.ends_with('.') ? " " : ". ") + finding.advice;
    }
    bytes += fmt::format("::{} {}title={}::{}\n",
                         command_of(finding.severity),
                         place_properties(where),
                         escape_command(finding.title, CommandPart::property),
                         escape_command(message, CommandPart::message));
  }
  return bytes;
}

} // namespace assay::report
