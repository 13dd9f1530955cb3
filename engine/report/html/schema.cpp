// SPDX-License-Identifier: MIT
// The diagram as SVG: boxes placed by Graphviz, drawn here, so that it follows the theme of the
// page and every name is escaped like all other text.
#include "engine/base/text.hpp"
#include "engine/report/html/diagram.hpp"
#include "engine/report/html/layout.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"

#include <algorithm>

namespace assay::report::html {

namespace {

constexpr double k_letter = 7.3; // pixels of a letter at 12 px in the fonts of the style sheet
constexpr double k_row = 20;
constexpr double k_head = 40;
constexpr double k_edge = 12;      // between border and text
constexpr std::size_t k_name = 34; // letters shown of a name
constexpr std::size_t k_type = 18; // letters shown of a type
constexpr std::size_t k_marks = 8; // letters for "PK FK UQ"
constexpr double k_border = 14;    // around the drawing

/// At most `limit` columns wide.
std::string fitted(std::string_view text, std::size_t limit)
{
  // Whatever the length of the text, only so much of it is looked at.
  std::string whole = harmless(clipped(text, 4 * limit), Charset::unicode);
  if (display_width(whole) <= limit) {
    return whole;
  }
  while (display_width(whole) >= limit) {
    std::size_t last = whole.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(whole[last]) & 0xC0U) == 0x80U) {
      --last;
    }
    whole.resize(last);
  }
  return whole + "\u2026";
}

std::string marks_of(const DrawnColumn& column)
{
  std::string marks;
  for (const auto& [set, word] : {std::pair(column.key, "PK"),
                                  std::pair(column.foreign, "FK"),
                                  std::pair(column.unique && !column.key, "UQ")}) {
    if (set) {
      marks += (marks.empty() ? "" : " ") + std::string(word);
    }
  }
  return marks;
}

std::string title_of(const DrawnTable& table)
{
  return table.class_name.empty() ? table.name : table.class_name;
}

struct Widths {
  std::size_t name = 4;
  std::size_t type = 4;
};

Widths widths_of(const DrawnTable& table)
{
  Widths widths;
  for (const DrawnColumn& column : table.columns) {
    widths.name = std::max(widths.name, display_width(fitted(column.name, k_name)));
    widths.type = std::max(widths.type, display_width(fitted(column.type, k_type)));
  }
  return widths;
}

Box box_of(const DrawnTable& table)
{
  const Widths widths = widths_of(table);
  const std::size_t letters = widths.name + 2 + widths.type + 2 + k_marks;
  const std::size_t head = std::max(display_width(fitted(title_of(table), k_name)),
                                    display_width(fitted(table.name + table.role, k_name)) + 3);
  Box box;
  box.width = static_cast<double>(std::max(letters, head + 2)) * k_letter + 2 * k_edge;
  const std::size_t rows = table.columns.size() + (table.more_columns > 0 ? 1 : 0);
  box.height = k_head + static_cast<double>(rows) * k_row + (rows > 0 ? 8 : 0);
  if (table.missing) {
    box.width = std::max(150.0, static_cast<double>(head) * k_letter + 2 * k_edge);
    box.height = k_head + 4;
  }
  return box;
}

Markup row(const DrawnColumn& column, const Box& box, const Widths& widths, double left, double y)
{
  Markup text;
  const bool fault = !column.faults.empty();
  if (fault) {
    text << "<rect class=\"er-fault\" x=\"" << left + 1 << "\" y=\"" << y << "\" width=\""
         << box.width - 2 << "\" height=\"" << k_row << "\"/>";
  }
  const double baseline = y + 14;
  text << "<text class=\"er-column" << (column.key ? " er-key" : "") << "\" x=\"" << left + k_edge
       << "\" y=\"" << baseline << "\">" << fitted(column.name, k_name)
       << "</text><text class=\"er-type\" x=\""
       << left + k_edge + static_cast<double>(widths.name + 2) * k_letter << "\" y=\"" << baseline
       << "\">" << fitted(column.type, k_type)
       << (column.required || column.key ? std::string() : std::string("?"))
       << "</text><text class=\"er-marks\" text-anchor=\"end\" x=\"" << left + box.width - k_edge
       << "\" y=\"" << baseline << "\">" << (fault ? "\u25b2 " : "") << marks_of(column)
       << "</text>";
  return text;
}

Markup table_svg(const DrawnTable& table, const Box& box)
{
  const double left = box.centre.x - box.width / 2;
  const double top = box.centre.y - box.height / 2;
  Markup svg;
  svg << "<g><rect class=\"er-table" << (table.missing ? " er-missing" : "") << "\" x=\"" << left
      << "\" y=\"" << top << "\" width=\"" << box.width << "\" height=\"" << box.height
      << "\" rx=\"6\"/>";
  if (!table.missing) {
    svg << "<path class=\"er-head\" d=\"M" << left << " " << top + k_head << "v" << -(k_head - 6)
        << "q0 -6 6 -6h" << box.width - 12 << "q6 0 6 6v" << k_head - 6 << "z\"/>";
  }
  svg << "<text class=\"er-title\" x=\"" << left + k_edge << "\" y=\"" << top + 17 << "\">"
      << fitted(title_of(table), k_name) << "</text><text class=\"er-under\" x=\"" << left + k_edge
      << "\" y=\"" << top + 32 << "\">";
  if (table.missing) {
    svg << "not found";
  } else {
    svg << (table.class_name.empty() ? std::string("table") : fitted(table.name, k_name));
    if (!table.role.empty() && table.role != table.class_name) {
      svg << " \u00b7 " << table.role;
    }
  }
  svg << "</text>";
  const Widths widths = widths_of(table);
  double y = top + k_head + 4;
  for (const DrawnColumn& column : table.columns) {
    svg << row(column, box, widths, left, y);
    y += k_row;
  }
  if (table.more_columns > 0) {
    svg << "<text class=\"er-type\" x=\"" << left + k_edge << "\" y=\"" << y + 14 << "\">and "
        << table.more_columns << " more</text>";
  }
  svg << "</g>\n";
  return svg;
}

Markup link_svg(const DrawnLink& link, const Link& placed_link)
{
  Markup svg;
  if (placed_link.spline.size() < 4) {
    return svg;
  }
  svg << "<path class=\"er-link" << (link.missing ? " er-link-missing" : "") << "\" d=\"";
  bool first = true;
  std::size_t at = 0;
  for (const Spot& spot : placed_link.spline) {
    svg << (first ? "M" : at % 3 == 1 ? "C" : " ") << spot.x << " " << spot.y;
    first = false;
    ++at;
  }
  svg << "\"";
  if (!link.missing) {
    // Many rows with the foreign key lead to one row; an optional key may lead to none.
    svg << " marker-start=\"url(#" << (link.one_to_one ? "er-one" : "er-many")
        << ")\" marker-end=\"url(#" << (link.required ? "er-one" : "er-maybe") << ")\"";
  }
  svg << "><title>" << link.label << (link.rule.empty() ? "" : ", ON DELETE ") << link.rule
      << "</title></path>";
  const Spot& middle = placed_link.spline[placed_link.spline.size() / 2];
  if (link.missing) {
    svg << "<text class=\"er-absent\" text-anchor=\"middle\" x=\"" << middle.x << "\" y=\""
        << middle.y - 6 << "\">" << link.label << "</text>";
  }
  svg << "\n";
  return svg;
}

constexpr char k_markers[] =
  "<defs><marker id=\"er-many\" viewBox=\"0 0 12 12\" refX=\"0\" refY=\"6\" markerWidth=\"12\" "
  "markerHeight=\"12\" orient=\"auto\" markerUnits=\"userSpaceOnUse\"><path class=\"er-foot\" "
  "d=\"M0 "
  "1L12 6L0 11\"/></marker><marker id=\"er-one\" viewBox=\"0 0 12 12\" refX=\"12\" refY=\"6\" "
  "markerWidth=\"12\" markerHeight=\"12\" orient=\"auto-start-reverse\" "
  "markerUnits=\"userSpaceOnUse\"><path class=\"er-foot\" d=\"M5 1V11\"/></marker><marker "
  "id=\"er-maybe\" "
  "viewBox=\"0 0 12 12\" refX=\"12\" refY=\"6\" markerWidth=\"12\" markerHeight=\"12\" "
  "orient=\"auto-start-reverse\" markerUnits=\"userSpaceOnUse\"><circle class=\"er-ring\" cx=\"6\" "
  "cy=\"6\" r=\"4\"/></marker></defs>\n";

Markup drawing(const Diagram& diagram)
{
  std::vector<Box> boxes;
  for (const DrawnTable& table : diagram.tables) {
    boxes.push_back(box_of(table));
  }
  std::vector<Link> links;
  for (const DrawnLink& link : diagram.links) {
    links.push_back({link.from, link.to, {}, link.missing});
  }
  Markup svg;
  const auto layout = placed(std::move(boxes), std::move(links));
  if (!layout) {
    return svg;
  }
  const double width = layout->width + 2 * k_border;
  const double height = layout->height + 2 * k_border;
  svg << "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Entity-relationship "
         "diagram, "
         "scrolls sideways\"><svg class=\"er\" role=\"img\" aria-label=\"Entity-relationship "
         "diagram of "
      << diagram.tables.size() << " tables; the list below says the same\" width=\"" << width
      << "\" height=\"" << height << "\" viewBox=\"" << -k_border << " " << -k_border << " "
      << width << " " << height << "\">\n"
      << k_markers;
  for (std::size_t i = 0; i < diagram.links.size(); ++i) {
    svg << link_svg(diagram.links[i], layout->links[i]);
  }
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    svg << table_svg(diagram.tables[i], layout->boxes[i]);
  }
  svg << "</svg></div>\n";
  return svg;
}

Markup fault_list(const Diagram& diagram)
{
  Markup items;
  for (const DrawnTable& table : diagram.tables) {
    if (table.missing) {
      items << "<li><b>" << table.name << "</b>: no class or table plays this role</li>\n";
    }
    for (const DrawnColumn& column : table.columns) {
      for (const std::string_view title : column.faults) {
        items << "<li><code>" << table.name << "." << column.name << "</code>: " << title
              << "</li>\n";
      }
    }
  }
  for (const DrawnLink& link : diagram.links) {
    if (link.missing) {
      items << "<li><b>" << title_of(diagram.tables[link.from]) << "</b> to <b>"
            << title_of(diagram.tables[link.to]) << "</b>: " << link.label << "</li>\n";
    }
  }
  Markup list;
  if (!items.empty()) {
    list << "<p class=\"faults-head\"><span aria-hidden=\"true\">\u25b2</span> Not fulfilled "
            "here:</p><ul "
            "class=\"faults\">\n"
         << items << "</ul>\n";
  }
  return list;
}

Markup as_list(const Diagram& diagram)
{
  Markup list;
  list << "<details><summary>The schema as a list</summary>\n<ul class=\"tables\">\n";
  for (const DrawnTable& table : diagram.tables) {
    list << "<li><b>" << title_of(table) << "</b>"
         << (table.missing ? std::string(": not found") : ", table " + table.name) << "<ul>\n";
    for (const DrawnColumn& column : table.columns) {
      const std::string marks = marks_of(column);
      list << "<li><code>" << column.name << "</code> " << column.type
           << (column.required || column.key ? ", required" : ", may be NULL")
           << (marks.empty() ? "" : ", ") << marks << "</li>\n";
    }
    list << "</ul></li>\n";
  }
  list << "</ul>\n<ul>\n";
  for (const DrawnLink& link : diagram.links) {
    list << "<li>" << title_of(diagram.tables[link.from]) << " \u2192 "
         << title_of(diagram.tables[link.to]) << ": " << link.label
         << (link.rule.empty() ? "" : ", ON DELETE ") << link.rule << "</li>\n";
  }
  list << "</ul></details>\n";
  return list;
}

} // namespace

Markup schema(const View& view)
{
  Markup body;
  const Diagram diagram = diagram_of(view.record, view.checks);
  if (diagram.tables.empty()) {
    body << "<p>No tables were found.</p>\n";
    return body;
  }
  body
    << drawing(diagram)
    << "<p class=\"legend\">PK primary key \u00b7 FK foreign key \u00b7 UQ unique \u00b7 ? may be "
       "NULL "
       "\u00b7 the foot of a line is the side with many rows, a ring a key that may be empty</p>\n";
  if (diagram.more_tables > 0) {
    body << "<p class=\"muted\">" << diagram.more_tables << " more tables are not drawn.</p>\n";
  }
  if (diagram.from_migration) {
    body << "<p class=\"muted\">The models have no tables; these are the migration's.</p>\n";
  }
  body << fault_list(diagram) << as_list(diagram);
  return body;
}

} // namespace assay::report::html
