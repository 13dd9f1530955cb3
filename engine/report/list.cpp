// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/codec/time.hpp"
#include "engine/report/page.hpp"
#include "engine/report/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <numeric>

namespace assay::report {

namespace {

constexpr std::size_t k_columns = 5;

using Widths = std::array<std::size_t, k_columns>;

struct Row {
  std::string cells[k_columns]; ///< run, graded, score, interval, band: of one line
  Style styles[k_columns] = {};
  std::vector<Span> rest; ///< source and remarks: wraps
};

std::string interval_text(const Interval& total)
{
  return total.low == total.high ? "" : fmt::format("{}-{}", tenths(total.low), tenths(total.high));
}

std::string remarks(const RunSummary& run)
{
  std::string text;
  const auto add = [&](const std::string& remark) {
    text += (text.empty() ? "  " : ", ") + remark;
  };
  if (run.gates_tripped > 0) {
    add(counted(static_cast<std::size_t>(run.gates_tripped), "gate", "gates"));
  }
  if (run.integrity_flags > 0) {
    add(counted(static_cast<std::size_t>(run.integrity_flags), "flag", "flags"));
  }
  if (run.needs_review) {
    add("review");
  }
  return text;
}

Row row_of(const RunSummary& run)
{
  Row row;
  std::string graded = codec::time_text(run.graded_at).substr(0, 16);
  std::ranges::replace(graded, 'T', ' ');
  row.cells[0] = std::to_string(run.id.value);
  row.cells[1] = graded;
  row.cells[2] = run.band == "none" ? "-" : tenths(run.total.point);
  row.cells[3] = interval_text(run.total);
  row.cells[4] = run.band;
  row.styles[2] = Style::bold;
  row.styles[3] = Style::dim;
  std::string state = run.ref.empty() ? "" : " " + run.ref;
  state += run.commit.empty() ? "" : " " + run.commit.substr(0, 8);
  row.rest = {{run.source}, {state, Style::dim}, {remarks(run), Style::yellow}};
  return row;
}

bool is_number(std::size_t column)
{
  return column == 0 || column == 2;
}

/// Where the columns leave the source no room it has a line of its own, and no heading.
bool stacked(const Page& page, const Widths& widths)
{
  return page.width() < std::accumulate(widths.begin(), widths.end(), 2 * k_columns) + 30;
}

void print(Page& page, const Row& row, const Widths& widths)
{
  std::vector<Span> spans;
  std::size_t indent = 0;
  std::size_t margin = 0;
  for (std::size_t i = 0; i < k_columns; ++i) {
    const std::string cell = harmless(row.cells[i], page.charset());
    const std::string space(widths[i] - display_width(cell), ' ');
    if (i == 0) {
      margin = space.size(); // a paragraph starts with a letter
      spans.push_back({cell, row.styles[i]});
    } else {
      spans.push_back({is_number(i) ? space + cell : cell + space, row.styles[i]});
    }
    spans.push_back({"  "});
    indent += widths[i] + 2;
  }
  if (stacked(page, widths)) {
    page.paragraph({margin, 0}, spans);
    page.paragraph({4, 6}, row.rest);
    return;
  }
  spans.insert(spans.end(), row.rest.begin(), row.rest.end());
  page.paragraph({margin, indent + 2}, spans);
}

} // namespace

std::string render_list(std::span<const RunSummary> runs, const RenderOptions& options)
{
  Page page(options);
  if (runs.empty()) {
    page.paragraph({}, {{"No runs."}});
    return page.text();
  }
  std::vector<Row> rows(1);
  const char* const titles[] = {"run", "graded (UTC)", "score", "interval", "band"};
  for (std::size_t i = 0; i < k_columns; ++i) {
    rows[0].cells[i] = titles[i];
    rows[0].styles[i] = Style::dim;
  }
  rows[0].rest = {{"source", Style::dim}};
  for (const RunSummary& run : runs) {
    rows.push_back(row_of(run));
  }
  Widths widths{};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < k_columns; ++i) {
      widths[i] = std::max(widths[i], display_width(harmless(row.cells[i], page.charset())));
    }
  }
  if (stacked(page, widths)) {
    rows[0].rest.clear();
  }
  for (const Row& row : rows) {
    print(page, row, widths);
  }
  return page.text();
}

} // namespace assay::report
