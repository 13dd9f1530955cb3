// SPDX-License-Identifier: MIT
// docs/report-formats.md, "junit". Read by GitHub's and GitLab's test reports and by Jenkins.
#include "engine/report/escape.hpp"
#include "engine/report/figures.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"
#include "engine/report/text_sections.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::report {

namespace {

struct SuiteCounts {
  int tests = 0;
  int failures = 0;
  int skipped = 0;
};

/// A case for each check: one that lost points fails, however few.
bool case_fails(const CheckFigures& check)
{
  return check.lost != Points{};
}

bool case_skipped(const CheckFigures& check)
{
  return !case_fails(check)
         && (check.verdict->outcome == Outcome::unverified
             || check.verdict->outcome == Outcome::not_applicable);
}

SuiteCounts counts_of(const std::vector<CheckFigures>& checks)
{
  const auto count = [&](bool (*is)(const CheckFigures&)) {
    return static_cast<int>(std::ranges::count_if(checks, is));
  };
  return {static_cast<int>(checks.size()), count(case_fails), count(case_skipped)};
}

std::string attributes(const SuiteCounts& counts)
{
  return fmt::format(R"(tests="{}" failures="{}" errors="0" skipped="{}" time="0")",
                     counts.tests,
                     counts.failures,
                     counts.skipped);
}

std::string failure_text(const CheckFigures& check)
{
  std::string text = escape_markup(check.verdict->reason) + "\n";
  for (const Evidence& each : check.verdict->evidence) {
    text += escape_markup(place_text(each.where) + "  " + each.where.text
                          + (each.note.empty() ? "" : "  (" + each.note + ")"))
            + "\n";
  }
  if (!check.advice.empty()) {
    text += "Better: " + escape_markup(check.advice) + "\n";
  }
  return text;
}

std::string test_case(const RunRecord& record, const CheckFigures& check)
{
  const auto& evidence = check.verdict->evidence;
  std::string file;
  if (!evidence.empty() && !evidence.front().where.path.empty()) {
    file = fmt::format(R"( file="{}")", escape_markup(evidence.front().where.path));
  }
  const std::string head =
    fmt::format(R"(    <testcase classname="{}" name="{}"{} time="0")",
                escape_markup(record.rubric.id + "." + std::string(check.category)),
                escape_markup(check.title),
                file);
  if (case_fails(check)) {
    return fmt::format("{}>\n      <failure type=\"{}\" message=\"{} of 100 points lost: {}\">{}"
                       "</failure>\n    </testcase>\n",
                       head,
                       escape_markup(check.id),
                       tenths(check.lost_of_total),
                       escape_markup(check.verdict->reason),
                       failure_text(check));
  }
  if (case_skipped(check)) {
    const bool applies = check.verdict->outcome == Outcome::unverified;
    return fmt::format("{}>\n      <skipped message=\"{}: {}\"/>\n    </testcase>\n",
                       head,
                       applies ? "not settled" : "does not apply",
                       escape_markup(check.verdict->reason));
  }
  return head + "/>\n";
}

} // namespace

std::string render_junit(const RunRecord& record, const RenderOptions& options)
{
  const auto checks = shown_to(options.audience, record, check_figures(record));
  std::string bytes = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  bytes += fmt::format(R"(<testsuites name="assay {}" {}>)",
                       escape_markup(record.rubric.id),
                       attributes(counts_of(checks)))
           + "\n";
  for (const CategoryScore& category : record.scorecard.categories) {
    std::vector<CheckFigures> own = checks;
    std::erase_if(own,
                  [&](const CheckFigures& check) { return check.category != category.category; });
    bytes += fmt::format("  <testsuite name=\"{}\" {}>\n",
                         escape_markup(category.title.empty() ? category.category : category.title),
                         attributes(counts_of(own)));
    for (const CheckFigures& check : own) {
      bytes += test_case(record, check);
    }
    bytes += "  </testsuite>\n";
  }
  return bytes + "</testsuites>\n";
}

} // namespace assay::report
