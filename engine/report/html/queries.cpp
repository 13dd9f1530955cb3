// SPDX-License-Identifier: MIT
// What the queries cost: statements against rows, measured, beside a query whose cost is constant.
#include "engine/base/text.hpp"
#include "engine/model/query_cost.hpp"
#include "engine/model/query_role.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace assay::report::html {

namespace {

constexpr double k_plot_width = 300;
constexpr double k_plot_height = 170;
constexpr double k_left = 44;
constexpr double k_bottom = 34;
constexpr double k_top = 12;
constexpr double k_right = 14;
constexpr std::size_t k_repeated_shown = 3;

/// One measured size on one axis.
struct Mark {
  int rows = 0;
  int statements = 0;
};

/// 1, 2 or 5 times a power of ten, so that at most five steps reach `most`.
int step_for(int most)
{
  int step = 1;
  for (int i = 0; step * 5 < most; ++i) {
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  }
  return step;
}

Markup axis_label(double x, double y, const char* anchor, int number)
{
  Markup text;
  text << "<text class=\"plot-number\" text-anchor=\"" << anchor << "\" x=\"" << x << "\" y=\"" << y
       << "\">" << number << "</text>";
  return text;
}

/// Statements over rows: the measured line, its points, and the constant one.
Markup plot(const std::vector<Mark>& marks, const std::string& axis, bool grows)
{
  int most_rows = 1;
  int most_statements = 4;
  for (const Mark& mark : marks) {
    most_rows = std::max(most_rows, mark.rows);
    most_statements = std::max(most_statements, mark.statements);
  }
  const int step = step_for(most_statements);
  const int top = (most_statements + step - 1) / step * step;
  const auto x = [&](int rows) {
    return k_left + (k_plot_width - k_left - k_right) * rows / most_rows;
  };
  const auto y = [&](int statements) {
    return k_plot_height - k_bottom - (k_plot_height - k_bottom - k_top) * statements / top;
  };
  Markup svg;
  svg << "<svg class=\"plot\" role=\"img\" viewBox=\"0 0 " << k_plot_width << " " << k_plot_height
      << "\" aria-label=\"Statements by number of " << axis << ":";
  for (const Mark& mark : marks) {
    svg << " " << mark.statements << " for " << mark.rows << ";";
  }
  svg << "\">";
  for (int at = 0; at <= top; at += step) {
    svg << "<path class=\"plot-grid\" d=\"M" << k_left << " " << y(at) << "H"
        << k_plot_width - k_right << "\"/>" << axis_label(k_left - 7, y(at) + 4, "end", at);
  }
  std::set<int> labelled;
  for (const Mark& mark : marks) {
    if (labelled.insert(mark.rows).second) {
      svg << axis_label(x(mark.rows), k_plot_height - k_bottom + 15, "middle", mark.rows);
    }
  }
  svg << "<text class=\"plot-axis\" text-anchor=\"middle\" x=\""
      << (k_left + k_plot_width - k_right) / 2 << "\" y=\"" << k_plot_height - 4 << "\">" << axis
      << "</text>"
      << "<path class=\"plot-constant\" d=\"M" << x(0) << " " << y(marks.front().statements) << "H"
      << x(most_rows) << "\"/><path class=\"plot-line" << (grows ? " plot-grows" : "") << "\" d=\"";
  bool first = true;
  for (const Mark& mark : marks) {
    svg << (first ? "M" : "L") << x(mark.rows) << " " << y(mark.statements);
    first = false;
  }
  svg << "\"/>";
  for (const Mark& mark : marks) {
    svg << "<circle class=\"plot-dot" << (grows ? " plot-grows" : "") << "\" cx=\"" << x(mark.rows)
        << "\" cy=\"" << y(mark.statements) << "\" r=\"3.5\"><title>" << mark.rows << " " << axis
        << ": " << mark.statements << " statements</title></circle>";
  }
  svg << "</svg>";
  return svg;
}

std::string role_title(const Rubric& rubric, std::string_view role)
{
  const auto found = std::ranges::find(rubric.queries, role, &QuerySpec::id);
  return found == rubric.queries.end() || found->title.empty() ? std::string(role) : found->title;
}

std::string entity_name(const Rubric& rubric, std::string_view role, const char* otherwise)
{
  const auto found = std::ranges::find(rubric.entities, role, &EntitySpec::id);
  return found == rubric.entities.end() || found->title.empty() ? otherwise
                                                                : to_lower(found->title);
}

std::string many(const std::string& noun)
{
  return noun.ends_with('s') ? noun : noun + "s";
}

std::string cost_sentence(const DrivenCallable& driven,
                          const QueryCost& cost,
                          const std::string& root,
                          const std::string& leaf)
{
  if (cost.for_little_data) {
    return "It is constant for little data and grows for much.";
  }
  if (!cost.grows()) {
    const auto statements = static_cast<std::size_t>(statements_of(driven.runs.back()));
    return "It takes " + counted(statements, "statement", "statements")
           + " at the largest size; the number does not grow with the data.";
  }
  const auto more = [](double number) {
    const std::string digits = fmt::format("{:.2g}", number);
    return digits + (digits == "1" ? " more statement" : " more statements");
  };
  constexpr double k_some = 0.05;
  std::string text;
  if (cost.per_root >= k_some) {
    const auto thousand = std::llround((cost.constant + cost.per_root * 1'000) / 10) * 10;
    text = "Every " + root + " costs " + more(cost.per_root)
           + fmt::format("; a thousand would cost about {}. ", thousand);
  }
  if (cost.per_leaf >= k_some) {
    text += "Every " + leaf + " costs " + more(cost.per_leaf) + ".";
  }
  return text.empty() ? "The number of statements grows with the data." : text;
}

Markup size_table(const DrivenCallable& driven, const std::string& roots, const std::string& leaves)
{
  Markup table;
  table << "<table class=\"sizes\"><thead><tr><th scope=\"col\" class=\"num\">" << roots
        << "</th><th scope=\"col\" class=\"num\">" << leaves
        << " of each</th><th scope=\"col\" class=\"num\">statements</th><th scope=\"col\" "
           "class=\"num\">rows read</th></tr></thead><tbody>\n";
  for (const DriveRun& run : driven.runs) {
    table << "<tr><td class=\"num\">" << run.roots << "</td><td class=\"num\">" << run.leaves
          << "</td><td class=\"num\">" << statements_of(run) << "</td><td class=\"num\">"
          << run.rows << "</td></tr>\n";
  }
  table << "</tbody></table>\n";
  return table;
}

Markup repeated_sql(const DrivenCallable& driven)
{
  const auto most = std::ranges::max_element(driven.runs, {}, [](const DriveRun& run) {
    return run.repeated.empty() ? 0 : run.repeated.front().count;
  });
  Markup list;
  if (most == driven.runs.end() || most->repeated.empty()) {
    return list;
  }
  list << "<p class=\"small muted\">Repeated in one call:</p><ul class=\"repeated\">\n";
  for (std::size_t i = 0; i < most->repeated.size() && i < k_repeated_shown; ++i) {
    list << "<li><b>" << most->repeated[i].count << " \u00d7</b><pre tabindex=\"0\"><code>"
         << most->repeated[i].sql << "</code></pre></li>\n";
  }
  list << "</ul>\n";
  return list;
}

/// Runs of one number of leaves by number of roots, or the other way round.
std::vector<Mark>
marks_of_runs(const DrivenCallable& driven, int DriveRun::*along, int DriveRun::*fixed)
{
  std::vector<Mark> marks;
  for (const DriveRun& run : driven.runs) {
    if (run.*fixed == driven.runs.front().*fixed) {
      marks.push_back({run.*along, statements_of(run)});
    }
  }
  std::ranges::stable_sort(marks, {}, &Mark::rows);
  return marks;
}

/// The role of the objects below the root, as the rubric has them.
std::string leaf_role(const Rubric& rubric, std::string_view root)
{
  for (const QuerySpec& query : rubric.queries) {
    if (query.root == root && !query.paths.empty() && query.paths.front().size() > 1) {
      return query.paths.front()[1];
    }
  }
  return {};
}

Markup measured(const View& view, const DrivenCallable& driven)
{
  const Rubric& rubric = view.record.rubric;
  const std::string root = entity_name(rubric, driven.root, "object");
  const std::string leaf = entity_name(rubric, leaf_role(rubric, driven.root), "related object");
  const QueryCost cost = cost_of(driven);
  const bool by_leaves = QueryCost{0, 0, cost.per_leaf}.grows();
  const bool by_roots = cost.grows() && (!by_leaves || QueryCost{0, cost.per_root, 0}.grows());
  const DriveRun& small = driven.runs.front();
  Markup body;
  body
    << "<p>" << cost_sentence(driven, cost, root, leaf) << "</p>\n<div class=\"plots\">"
    << plot(marks_of_runs(driven, &DriveRun::roots, &DriveRun::leaves),
            fmt::format("{}, {} {} each", many(root), small.leaves, many(leaf)),
            by_roots)
    << plot(marks_of_runs(driven, &DriveRun::leaves, &DriveRun::roots),
            fmt::format("{} each, {} {}", many(leaf), small.roots, many(root)),
            by_leaves)
    << "</div>\n<p class=\"legend\"><span class=\"key key-line"
    << (cost.grows() ? " key-grows" : "")
    << "\"></span>statements, measured <span class=\"key key-constant\"></span>a query of constant "
       "cost</p>\n<details><summary>The numbers</summary>"
    << size_table(driven, many(root), many(leaf)) << "</details>\n"
    << repeated_sql(driven);
  return body;
}

std::string not_measured(const DrivenCallable* driven)
{
  if (driven == nullptr || driven->outcome == DriveOutcome::not_run) {
    return "It was read, not run: its cost was not measured.";
  }
  if (!driven->detail.empty()) {
    return driven->detail;
  }
  return driven->error.type.empty()
           ? "Its cost could not be measured."
           : "It stops: " + driven->error.type + ": " + driven->error.message;
}

} // namespace

Markup queries(const View& view)
{
  const RunRecord& record = view.record;
  // The same callable may be chosen for several queries of the rubric.
  std::vector<std::pair<std::string, std::string>> chosen; // ref, titles
  Markup body;
  for (const QuerySpec& query : record.rubric.queries) {
    const auto found = record.judgement.resolution.queries.find(query.id);
    if (found == record.judgement.resolution.queries.end()) {
      body << "<p class=\"missing\"><b>" << role_title(record.rubric, query.id)
           << "</b>: not found.</p>\n";
      continue;
    }
    const auto same =
      std::ranges::find(chosen, found->second, &std::pair<std::string, std::string>::first);
    if (same == chosen.end()) {
      chosen.emplace_back(found->second, role_title(record.rubric, query.id));
    } else {
      same->second += "; " + role_title(record.rubric, query.id);
    }
  }
  const auto& runs = record.facts.query_runs.callables;
  for (const auto& [ref, titles] : chosen) {
    const auto driven = std::ranges::find(runs, ref, &DrivenCallable::ref);
    const auto callable = std::ranges::find(record.facts.queries.callables, ref, &Callable::ref);
    body << "<article class=\"query\"><h3>" << titles << "</h3>";
    if (callable != record.facts.queries.callables.end()) {
      body << code_line(callable->where);
    } else {
      body << "<p><code class=\"path\">" << ref << "</code></p>";
    }
    if (driven != runs.end() && driven->runs.size() >= 3) {
      body << measured(view, *driven);
    } else {
      body << "<p>" << not_measured(driven == runs.end() ? nullptr : &*driven) << "</p>";
    }
    body << "</article>\n";
  }
  return body;
}

} // namespace assay::report::html
