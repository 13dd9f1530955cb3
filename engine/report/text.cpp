// SPDX-License-Identifier: MIT
#include "engine/report/report.hpp"
#include "engine/report/text_sections.hpp"

namespace assay::report {

std::string render_text(const RunRecord& record, const RenderOptions& options)
{
  const auto checks = check_figures(record);
  Page page(options);
  print_subject(page, record);
  print_alarms(page, record);
  print_score(page, record);
  print_lost(page, record, checks);
  print_uncertain(page, record, checks);
  switch (options.detail) {
  case Detail::summary:
    print_passed(page, record, checks);
    break;
  case Detail::everything:
    print_every_check(page, record, checks);
    break;
  }
  print_found(page, record, options.detail);
  print_migration(page, record, options.detail);
  print_interview(page, record);
  print_skipped(page, record, options.detail);
  print_notes(page, record, options);
  return page.text();
}

} // namespace assay::report
