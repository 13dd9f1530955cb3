// SPDX-License-Identifier: MIT
// docs/report-formats.md, "html": one file that needs nothing else. It has no script, and its
// policy forbids scripts, requests and frames, whatever a candidate's text may try.
#include "engine/report/html/sections.hpp"
#include "engine/report/report.hpp"
#include "report_assets.hpp"

namespace assay::report {

namespace {

struct Part {
  const char* id;
  const char* title;
  html::Markup body;
};

html::Markup navigation(const std::vector<Part>& parts)
{
  html::Markup nav;
  nav << "<nav class=\"contents\" aria-label=\"Contents\"><ul>";
  for (const Part& part : parts) {
    nav << "<li><a href=\"#" << part.id << "\">" << part.title << "</a></li>";
  }
  nav << "</ul></nav>\n";
  return nav;
}

std::vector<Part> parts_of(const html::View& view)
{
  const bool manager = view.audience == Audience::manager;
  std::vector<Part> parts;
  parts.push_back({"categories", "Categories", html::categories(view)});
  parts.push_back({"lost", manager ? "Points lost" : "What to improve", html::losses(view)});
  parts.push_back({"uncertain", "Not certain", html::uncertain(view)});
  parts.push_back({"schema", "Schema", html::schema(view)});
  parts.push_back({"queries", "Cost of the queries", html::queries(view)});
  parts.push_back({"migration", "Migration", html::migration(view)});
  if (manager) {
    parts.push_back({"interview", "Interview", html::interview(view)});
  }
  parts.push_back({"signals", "Also seen", html::signals(view)});
  parts.push_back({"checks", "Every check", html::every_check(view)});
  parts.push_back({"receipt", "Receipt", html::receipt(view)});
  std::erase_if(parts, [](const Part& part) { return part.body.empty(); });
  return parts;
}

} // namespace

std::string render_html(const RunRecord& record, const RenderOptions& options)
{
  const html::View view{
    record, options.audience, shown_to(options.audience, record, check_figures(record))};
  const auto parts = parts_of(view);
  html::Markup page;
  page << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n"
          "<meta name=\"robots\" content=\"noindex\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n<title>"
       << html::short_name(record.submission.source) << " \u2013 assay</title>\n<style>\n";
  page.asset(html::k_page_css) << "</style>\n</head>\n<body>\n"
                                  "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n";
  page << html::headline(view) << navigation(parts) << "<main id=\"main\">\n" << html::alarms(view);
  for (const Part& part : parts) {
    page << "<section id=\"" << part.id << "\" aria-labelledby=\"" << part.id
         << "-title\">\n<h2 id=\"" << part.id << "-title\">" << part.title << "</h2>\n"
         << part.body << "</section>\n";
  }
  page << "</main>\n</body>\n</html>\n";
  return page.bytes();
}

} // namespace assay::report
