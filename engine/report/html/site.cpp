// SPDX-License-Identifier: MIT
// The pages of a site. They are whole without their script, which sorts, filters and compares; the
// policy allows that one script, by its digest, and nothing else.
#include "engine/report/site.hpp"

#include "engine/base/digest.hpp"
#include "engine/codec/json.hpp"
#include "engine/report/figures.hpp"
#include "engine/report/html/sections.hpp"
#include "engine/report/page.hpp"
#include "report_assets.hpp"

#include <algorithm>
#include <map>

namespace assay::report {

namespace {

using html::Markup;

/// "sha256-" and base64, as a policy wants it.
std::string policy_digest(std::string_view script)
{
  constexpr std::string_view k_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const std::string hex = sha256(script).substr(std::string_view("sha256:").size());
  std::string bytes;
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      group =
        (group << 8U) | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      text += i + k > bytes.size() ? '=' : k_digits[(group >> (18U - 6U * k)) & 63U];
    }
  }
  return "sha256-" + text;
}

/// JSON that cannot end the element it stands in.
std::string data_block(const codec::Json& json)
{
  std::string safe;
  for (const char byte : codec::dump(json, codec::Layout::compact)) {
    safe += byte == '<' ? std::string("\\u003c") : std::string(1, byte);
  }
  return safe;
}

Markup page_head(const std::string& title)
{
  Markup head;
  head << "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
          "<meta name=\"color-scheme\" content=\"light dark\">\n"
          "<meta name=\"referrer\" content=\"no-referrer\">\n"
          "<meta name=\"robots\" content=\"noindex\">\n"
          "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
          "'unsafe-inline'; script-src '"
       << Markup().asset(policy_digest(html::k_site_js))
       << "'; base-uri 'none'; form-action 'none'\">\n<title>" << title << "</title>\n<style>\n";
  head.asset(html::k_page_css).asset(html::k_site_css)
    << "</style>\n</head>\n<body class=\"site\">\n<a class=\"skip\" href=\"#main\">Skip to the "
       "list</a>\n";
  return head;
}

std::vector<const SiteEntry*> ranked(const Site& site)
{
  std::vector<const SiteEntry*> entries;
  for (const SiteEntry& entry : site.entries) {
    entries.push_back(&entry);
  }
  std::ranges::stable_sort(entries, [](const SiteEntry* a, const SiteEntry* b) {
    if (a->page.empty() != b->page.empty()) {
      return b->page.empty();
    }
    return a->total.point > b->total.point;
  });
  return entries;
}

/// Equal scores share a rank; entries without a run have none.
std::vector<int> ranks_of(const std::vector<const SiteEntry*>& entries)
{
  std::vector<int> ranks;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool same = i > 0 && entries[i]->total.point == entries[i - 1]->total.point;
    ranks.push_back(entries[i]->page.empty() ? 0 : same ? ranks.back() : static_cast<int>(i) + 1);
  }
  return ranks;
}

std::vector<const SiteEntry*> graded(const Site& site)
{
  auto entries = ranked(site);
  std::erase_if(entries, [](const SiteEntry* entry) { return entry->page.empty(); });
  return entries;
}

Markup distribution(const Site& site)
{
  constexpr int k_bins = 20;
  constexpr double k_width = 680;
  constexpr double k_height = 150;
  constexpr double k_floor = k_height - 24;
  std::vector<int> counts(k_bins, 0);
  for (const SiteEntry* entry : graded(site)) {
    const auto bin = static_cast<int>(entry->total.point.value() / 100 * k_bins);
    ++counts[static_cast<std::size_t>(std::clamp(bin, 0, k_bins - 1))];
  }
  const int most = std::max(1, *std::ranges::max_element(counts));
  Markup svg;
  svg << "<svg class=\"plot histogram\" role=\"img\" viewBox=\"0 0 " << k_width << " " << k_height
      << "\" aria-label=\"Distribution of scores\">";
  for (int i = 0; i < k_bins; ++i) {
    const int count = counts[static_cast<std::size_t>(i)];
    const double x = k_width / k_bins * i;
    const double height = (k_floor - 18) * count / most;
    std::string_view band;
    for (const BandSpec& spec : site.rubric.bands) {
      if (100.0 / k_bins * i >= spec.at_least) {
        band = spec.id;
        break;
      }
    }
    if (count > 0) {
      svg << "<rect class=\"bin " << html::tone_of_band(site.rubric, band) << "\" x=\"" << x + 1
          << "\" y=\"" << k_floor - height << "\" width=\"" << k_width / k_bins - 2
          << "\" height=\"" << height << "\" rx=\"2\"><title>" << count << " from "
          << 100 / k_bins * i << " to " << 100 / k_bins * (i + 1)
          << "</title></rect><text text-anchor=\"middle\" x=\"" << x + k_width / k_bins / 2
          << "\" y=\"" << k_floor - height - 5 << "\">" << count << "</text>";
    }
  }
  svg << "<path class=\"plot-grid\" d=\"M0 " << k_floor << "H" << k_width << "\"/>";
  for (int at = 0; at <= 100; at += 10) {
    svg << "<text text-anchor=\""
        << (at == 0     ? "start"
            : at == 100 ? "end"
                        : "middle")
        << "\" x=\"" << k_width * at / 100 << "\" y=\"" << k_height - 6 << "\">" << at << "</text>";
  }
  svg << "</svg>\n";
  return svg;
}

Markup overview(const Site& site)
{
  const auto entries = graded(site);
  Markup text;
  text << "<header class=\"top\"><div class=\"subject\"><p class=\"kicker\">"
       << (site.rubric.title.empty() ? site.rubric.id : site.rubric.title) << ", version "
       << site.rubric.version << "</p><h1>" << site.title << "</h1><p class=\"facts\">"
       << counted(entries.size(), "candidate graded", "candidates graded");
  if (!entries.empty()) {
    text << " \u00b7 median " << tenths(entries[entries.size() / 2]->total.point);
  }
  for (const BandSpec& band : site.rubric.bands) {
    const auto count = std::ranges::count_if(
      entries, [&](const SiteEntry* entry) { return entry->band == band.id; });
    text << " \u00b7 " << count << " " << band.id;
  }
  text << "</p>";
  if (site.entries.size() > entries.size()) {
    text << "<p class=\"facts\">" << site.entries.size() - entries.size()
         << " could not be graded; they stand at the end and that says nothing about the work.</p>";
  }
  if (site.of_other_versions > 0) {
    text << "<p class=\"facts\">" << site.of_other_versions
         << " more were graded by another version of the rubric and are not compared here.</p>";
  }
  text << "</div></header>\n";
  return text;
}

Markup filters(const Site& site)
{
  Markup form;
  form << "<div class=\"filters\" role=\"search\" hidden><label>Search <input type=\"search\" "
          "id=\"search\" "
          "autocomplete=\"off\"></label><label>Band <select id=\"band\"><option "
          "value=\"\">all</option>";
  for (const BandSpec& band : site.rubric.bands) {
    form << "<option>" << band.id << "</option>";
  }
  form << "</select></label><label class=\"check\"><input type=\"checkbox\" id=\"review\"> only "
          "those a "
          "person should look at</label><p id=\"shown\" role=\"status\"></p></div>\n";
  return form;
}

Markup interval_bar(const Interval& total)
{
  Markup bar;
  bar << "<div class=\"bar\" aria-hidden=\"true\"><span class=\"bar-sure\" style=\"width:"
      << total.low.value() << "%\"></span><span class=\"bar-open\" style=\"width:"
      << total.high.value() - total.low.value() << "%\"></span></div>";
  return bar;
}

Markup marks_of(const SiteEntry& entry)
{
  Markup marks;
  if (entry.gates > 0) {
    marks << "<span class=\"outcome bad\">"
          << counted(static_cast<std::size_t>(entry.gates), "gate", "gates") << "</span> ";
  }
  if (entry.flags > 0) {
    marks << "<span class=\"outcome bad\">"
          << counted(static_cast<std::size_t>(entry.flags), "flag", "flags") << "</span> ";
  }
  if (entry.needs_review) {
    marks << "<span class=\"outcome warn\">review</span>";
  }
  return marks;
}

Markup ranking_row(const Site& site, const SiteEntry& entry, int rank, std::size_t index)
{
  Markup row;
  if (entry.page.empty()) {
    row << "<tr data-index=\"" << index
        << "\" data-score=\"-1\" data-band=\"\" data-review=\"1\"><td></td>"
        << "<td class=\"num\">\u2013</td><th scope=\"row\">" << entry.name
        << "<span class=\"source\">" << entry.source << "</span></th><td colspan=\""
        << site.rubric.categories.size() + 3 << "\" class=\"muted\">not graded: " << entry.failure
        << "</td></tr>\n";
    return row;
  }
  row << "<tr data-index=\"" << index << "\" data-score=\"" << entry.total.point.hundredths
      << "\" data-band=\"" << entry.band << "\" data-review=\""
      << (entry.needs_review || entry.flags > 0 ? 1 : 0)
      << "\"><td><input type=\"checkbox\" class=\"pick\" aria-label=\"Compare " << entry.name
      << "\" hidden></td><td class=\"num\">" << rank << "</td><th scope=\"row\"><a href=\""
      << entry.page << "\">" << entry.name << "</a><span class=\"source\">" << entry.source
      << "</span></th><td class=\"num\"><b>" << tenths(entry.total.point) << "</b>";
  if (entry.total.low != entry.total.high) {
    row << "<span class=\"range muted\">" << tenths(entry.total.low) << " to "
        << tenths(entry.total.high) << "</span>";
  }
  row << interval_bar(entry.total) << "</td><td><span class=\"band "
      << html::tone_of_band(site.rubric, entry.band) << "\">" << entry.band << "</span></td>";
  for (const Interval& category : entry.categories) {
    row << "<td class=\"num\">" << tenths(category.point) << "</td>";
  }
  row << "<td>" << marks_of(entry) << "</td></tr>\n";
  return row;
}

Markup sortable(std::string_view title, std::size_t column, bool number, bool sorted)
{
  Markup head;
  head << "<th scope=\"col\"" << Markup().asset(number ? " class=\"num\"" : "")
       << Markup().asset(sorted ? " aria-sort=\"descending\"" : "")
       << "><button type=\"button\" class=\"sort\" data-column=\"" << column << "\">" << title
       << "</button></th>";
  return head;
}

Markup ranking(const Site& site)
{
  Markup table;
  table << "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Ranking\"><table "
           "class=\"ranking\" id=\"ranking\"><thead><tr><th scope=\"col\"><span "
           "class=\"sr\">Compare</span></th>"
        << sortable("Rank", 1, true, false) << sortable("Candidate", 2, false, false)
        << sortable("Score", 3, true, true) << sortable("Band", 4, false, false);
  std::size_t column = 5;
  for (const CategorySpec& category : site.rubric.categories) {
    table << sortable(category.title.empty() ? category.id : category.title, column++, true, false);
  }
  table << "<th scope=\"col\">To know</th></tr></thead><tbody>\n";
  const auto entries = ranked(site);
  const auto ranks = ranks_of(entries);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    table << ranking_row(site, *entries[i], ranks[i], i);
  }
  table << "</tbody></table></div>\n<p class=\"legend\">The bar is the interval: filled what is "
           "certain, "
           "striped what is not settled. Where two intervals overlap, the order of the two is not "
           "certain.</p>\n";
  return table;
}

/// What the script needs to compare: in the order of the ranking.
codec::Json comparison_data(const Site& site)
{
  using codec::Json;
  Json::List checks;
  for (const CheckSpec& check : site.rubric.checks) {
    checks.emplace_back(harmless(check.title.empty() ? check.id : check.title, Charset::unicode));
  }
  Json::List entries;
  for (const SiteEntry* entry : ranked(site)) {
    entries.emplace_back(
      Json::Record{{"name", harmless(entry->name, Charset::unicode)},
                   {"score",
                    entry->page.empty() ? std::string("not graded")
                                        : tenths(entry->total.point) + " " + entry->band},
                   {"outcomes", entry->outcomes}});
  }
  return Json::Record{{"checks", std::move(checks)}, {"entries", std::move(entries)}};
}

char letter_of(Outcome outcome)
{
  switch (outcome) {
  case Outcome::pass:
    return 'p';
  case Outcome::partial:
    return 'l';
  case Outcome::fail:
    return 'f';
  case Outcome::unverified:
    return 'u';
  case Outcome::not_applicable:
    break;
  }
  return 'n';
}

/// Sign and word of a letter, so that colour is not all that tells them apart.
struct OutcomeSign {
  char letter;
  std::string_view sign;
  std::string_view word;
};

constexpr OutcomeSign k_outcome_signs[] = {{'p', "\u2713", "pass"},
                                           {'l', "\u00bd", "partial"},
                                           {'f', "\u2715", "fail"},
                                           {'u', "?", "not settled"},
                                           {'n', "\u2013", "does not apply"}};

const OutcomeSign& sign_of(char letter)
{
  const auto* const found = std::ranges::find(k_outcome_signs, letter, &OutcomeSign::letter);
  return found == std::end(k_outcome_signs) ? k_outcome_signs[4] : *found;
}

} // namespace

std::string candidate_name(std::string_view source)
{
  return html::short_name(source);
}

SiteEntry site_entry(const RunRecord& record, std::string name, std::string page)
{
  SiteEntry entry;
  entry.name = std::move(name);
  entry.source = record.submission.source;
  entry.page = std::move(page);
  const Scorecard& card = record.scorecard;
  entry.total = card.total;
  entry.band = card.band;
  entry.needs_review = card.needs_review;
  entry.gates = static_cast<int>(std::ranges::count_if(card.gates, &GateResult::tripped));
  entry.flags = static_cast<int>(record.facts.integrity.size());
  for (const CategoryScore& category : card.categories) {
    entry.categories.push_back(category.score);
  }
  std::map<std::string_view, Outcome> outcomes;
  for (const Verdict& verdict : record.judgement.verdicts) {
    outcomes.emplace(verdict.check, verdict.outcome);
  }
  for (const CheckSpec& check : record.rubric.checks) {
    const auto found = outcomes.find(check.id);
    entry.outcomes += found == outcomes.end() ? 'n' : letter_of(found->second);
  }
  return entry;
}

std::string render_site_index(const Site& site)
{
  Markup page = page_head(site.title + " \u2013 assay");
  page << overview(site)
       << "<nav class=\"contents\" aria-label=\"Contents\"><ul><li><a "
          "href=\"#ranking-title\">Ranking</a></li>"
          "<li><a href=\"#distribution-title\">Distribution</a></li><li><a "
          "href=\"matrix.html\">Every check "
          "of every candidate</a></li></ul></nav>\n<main id=\"main\">\n<section "
          "aria-labelledby=\"distribution-title\"><h2 id=\"distribution-title\">Distribution</h2>"
       << distribution(site)
       << "</section>\n<section aria-labelledby=\"ranking-title\"><h2 "
          "id=\"ranking-title\">Ranking</h2>\n"
       << filters(site) << ranking(site)
       << "</section>\n<section id=\"comparison\" aria-labelledby=\"comparison-title\" hidden><h2 "
          "id=\"comparison-title\">Comparison</h2><label class=\"check\"><input type=\"checkbox\" "
          "id=\"differing\" checked> only checks in which they differ</label><div class=\"scroll\" "
          "tabindex=\"0\" role=\"group\" aria-label=\"Comparison\"><table "
          "id=\"compared\"></table></div>"
          "</section>\n</main>\n<script type=\"application/json\" id=\"data\">";
  page.asset(data_block(comparison_data(site))) << "</script>\n<script>";
  page.asset(html::k_site_js) << "</script>\n</body>\n</html>\n";
  return page.bytes();
}

std::string render_site_matrix(const Site& site)
{
  Markup page = page_head("Every check \u2013 " + site.title);
  page << "<header class=\"top\"><div class=\"subject\"><p class=\"kicker\"><a href=\"index.html\">"
       << site.title
       << "</a></p><h1>Every check of every candidate</h1></div></header>\n<main "
          "id=\"main\" class=\"full\"><p class=\"legend\">";
  for (const OutcomeSign& sign : k_outcome_signs) {
    page << "<span class=\"cell c" << std::string(1, sign.letter) << "\">" << sign.sign
         << "</span> " << sign.word << " \u00a0 ";
  }
  page << "</p>\n<div class=\"scroll matrix-frame\" tabindex=\"0\" role=\"group\" "
          "aria-label=\"Matrix\"><table "
          "class=\"matrix\"><thead><tr><th scope=\"col\">Check</th>";
  const auto entries = graded(site);
  for (const SiteEntry* entry : entries) {
    page << "<th scope=\"col\"><a href=\"" << entry->page << "\">" << entry->name << "</a></th>";
  }
  page << "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < site.rubric.checks.size(); ++i) {
    const CheckSpec& check = site.rubric.checks[i];
    page << "<tr><th scope=\"row\">" << (check.title.empty() ? check.id : check.title) << "</th>";
    for (const SiteEntry* entry : entries) {
      const OutcomeSign& sign = sign_of(i < entry->outcomes.size() ? entry->outcomes[i] : 'n');
      page << "<td class=\"c" << std::string(1, sign.letter) << "\">" << sign.sign << "</td>";
    }
    page << "</tr>\n";
  }
  page << "</tbody></table></div></main>\n</body>\n</html>\n";
  return page.bytes();
}

} // namespace assay::report
