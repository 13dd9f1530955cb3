// SPDX-License-Identifier: MIT
// Whatever a candidate can write reaches every format harmlessly: names, paths, code, SQL, output.
#include "engine/base/text.hpp"
#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/filled.hpp"
#include "tests/support/sample_record.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace assay;
using nlohmann::json;

namespace {

/// Each of them does harm in at least one format if it gets there as it is.
const std::vector<std::string>& attacks()
{
  static const std::vector<std::string> all{
    "</script><script>alert(1)</script><svg/onload=alert(1)>",
    "\"><img src=x onerror=alert(1)>' autofocus onfocus=alert(1) x='",
    "--><!--]]><![CDATA[ &lt;b&gt; &#60;i&#62; &evil;",
    "\x1b[2J\x1b]0;pwned\x07\b\r\n::error::owned",
    "\xE2\x80\xAEgnp.exe\xE2\x80\xAC \xE2\x81\xA6hidden\xE2\x81\xA9 \xE2\x80\x8Bzero",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png) <http://evil.example>",
    "``` `code` | cell | @everyone www.evil.example http://evil.example/ #1 **bold** ~~no~~",
    "=cmd|' /C calc'!A0 +1 -1 @SUM(1) \t=1",
    "'; DROP TABLE users; -- /* */ \\\\ \\' \xFF\xFE \xEF\xBF\xBE \xEF\xBF\xBF {{7*7}} {0} %s %n",
    "a\nb\n# heading\n- item\n> quote\n::set-output name=x::y",
    std::string("nul\0nul", 7),
    std::string(600, '<') + std::string(600, '`'),
  };
  return all;
}

/// Every text of a record that comes from the candidate is `attack`.
RunRecord attacked(const std::string& attack)
{
  RunRecord record = test::gated_record();
  test::Filler filler(attack);
  record.facts = {};
  filler.fill(record.facts);
  for (Verdict& verdict : record.judgement.verdicts) {
    verdict.reason = attack;
    verdict.evidence.clear();
    filler.fill(verdict.evidence);
  }
  for (auto& [role, entity] : record.judgement.resolution.entities) {
    entity = {};
    filler.fill(entity);
    entity.role = role;
  }
  record.judgement.resolution.notes = {attack};
  record.judgement.resolution.queries = {{"posts_with_comments", attack}, {"eager", attack}};
  filler.fill(record.submission);
  filler.fill(record.execution);
  for (GateResult& gate : record.scorecard.gates) {
    gate.reason = attack;
  }
  record.scorecard.review_reasons = {attack};
  return record;
}

bool within(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

/// Controls, escapes, bidirectional and invisible characters; line breaks are allowed.
bool is_visible(const std::string& text)
{
  return printable(text, KeepNewlines::yes) == text;
}

void check_strings(const json& document)
{
  if (document.is_string()) {
    CHECK(is_visible(document.get<std::string>()));
  }
  if (document.is_structured()) {
    for (const json& part : document) {
      check_strings(part);
    }
  }
}

/// What a browser or an XML parser takes for tags, without those in `known`.
std::vector<std::string> foreign_tags(const std::string& text,
                                      const std::vector<std::string>& known)
{
  std::vector<std::string> found;
  for (auto at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
    const auto end = text.find_first_of(" />\n", at + 2);
    const std::string tag = text.substr(at, end == std::string::npos ? end : end - at);
    if (std::ranges::find(known, tag) == known.end()) {
      found.push_back(tag.substr(0, 40));
    }
  }
  return found;
}

/// Ampersands that begin none of the five entities of XML.
int foreign_entities(const std::string& text)
{
  int found = 0;
  for (auto at = text.find('&'); at != std::string::npos; at = text.find('&', at + 1)) {
    bool known = false;
    for (const char* entity : {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"}) {
      known = known || text.compare(at, std::string(entity).size(), entity) == 0;
    }
    found += known ? 0 : 1;
  }
  return found;
}

} // namespace

TEST_CASE("JSON for tools stays JSON and shows nothing that cannot be seen")
{
  const auto attack = GENERATE(from_range(attacks()));
  CAPTURE(attack);
  const RunRecord record = attacked(attack);
  const json sarif = json::parse(report::render_sarif(record));
  check_strings(sarif);
  check_strings(json::parse(report::render_code_quality(record))[0]["description"]);
  for (const json& result : sarif["runs"][0]["results"]) {
    const std::string message = result["message"]["text"];
    for (std::size_t i = 0; i < message.size(); ++i) {
      if (message[i] == '[') {
        CHECK((i > 0 && message[i - 1] == '\\')); // otherwise it begins a link
      }
    }
    const std::string uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    CHECK(uri.find_first_of("<>\"\\^`{|} \n\t:") == std::string::npos);
  }
  CHECK(is_visible(report::render_json(record)));
  CHECK(json::parse(report::render_json(record)).is_object());
}

TEST_CASE("JUnit stays XML")
{
  const auto attack = GENERATE(from_range(attacks()));
  CAPTURE(attack);
  const std::string xml = report::render_junit(attacked(attack));
  CHECK(is_visible(xml));
  CHECK(foreign_entities(xml) == 0);
  CHECK_FALSE(within(xml, "\xEF\xBF\xBE"));
  CHECK(foreign_tags(xml,
                     {"<?xml",
                      "<testsuites",
                      "</testsuites",
                      "<testsuite",
                      "</testsuite",
                      "<testcase",
                      "</testcase",
                      "<failure",
                      "</failure",
                      "<skipped"})
        == std::vector<std::string>{});
}

TEST_CASE("An annotation is one command in one line")
{
  const auto attack = GENERATE(from_range(attacks()));
  CAPTURE(attack);
  const std::string text = report::render_annotations(attacked(attack));
  CHECK(is_visible(text));
  REQUIRE(text.ends_with('\n'));
  for (const std::string_view line :
       split(std::string_view(text).substr(0, text.size() - 1), '\n')) {
    CAPTURE(std::string(line));
    CHECK(starts_with_any(line,
                          std::array<std::string_view, 3>{"::error ", "::warning ", "::notice "}));
    const auto properties = line.substr(0, line.find("::", 2));
    CHECK(properties.find("title=") != std::string_view::npos);
    CHECK(std::ranges::count(properties, ':') == 2);
  }
}

TEST_CASE("HTML has no markup but its own")
{
  const auto attack = GENERATE(from_range(attacks()));
  const auto audience = GENERATE(report::Audience::manager, report::Audience::candidate);
  CAPTURE(attack);
  report::RenderOptions options;
  options.audience = audience;
  std::string page = report::render_html(attacked(attack), options);
  CHECK(is_visible(page));
  const auto style = page.find("<style>");
  page.erase(style, page.find("</style>") - style);
  CHECK(foreign_entities(page) == 0);
  const std::string own = "!doctype html head meta title style body a header div p h1 h2 h3 strong "
                          "span b i br nav ul ol li "
                          "main section article table thead tbody tr th td svg g rect path text "
                          "circle marker defs details "
                          "summary code pre mark dl dt dd figure figcaption";
  std::vector<std::string> tags;
  for (const std::string_view name : split(own, ' ')) {
    tags.push_back("<" + std::string(name));
    tags.push_back("</" + std::string(name));
  }
  CHECK(foreign_tags(page, tags) == std::vector<std::string>{});
}

TEST_CASE("Markdown has no markup but its own")
{
  const auto attack = GENERATE(from_range(attacks()));
  CAPTURE(attack);
  std::string summary = report::render_markdown(attacked(attack));
  CHECK(is_visible(summary));
  // In a code span everything is text; spans of one line are taken out.
  for (auto at = summary.find('`'); at != std::string::npos; at = summary.find('`', at)) {
    if (at > 0 && summary[at - 1] == '\\') {
      ++at;
      continue;
    }
    const auto text = summary.find_first_not_of('`', at);
    const std::string fence = summary.substr(at, text - at);
    auto end = summary.find(fence, text);
    while (end != std::string::npos
           && (summary[end - 1] == '`' || summary[end + fence.size()] == '`')) {
      end = summary.find(fence, end + 1);
    }
    REQUIRE(end != std::string::npos);
    CHECK_FALSE(within(summary.substr(at, end - at), "\n"));
    summary.erase(at, end + fence.size() - at);
  }
  CHECK(foreign_tags(summary, {"<!--", "<sub", "</sub", "<code", "</code"})
        == std::vector<std::string>{});
  for (auto at = summary.find('\\'); at != std::string::npos; at = summary.find('\\', at)) {
    summary.erase(at, 2); // what a backslash takes the meaning from
  }
  CHECK_FALSE(within(summary, "]("));
  CHECK_FALSE(within(summary, "://"));
  CHECK_FALSE(within(summary, "www."));
  CHECK_FALSE(within(summary, "@everyone"));
  CHECK_FALSE(within(summary, "\n# heading"));
  for (const std::string_view line : split(summary, '\n')) {
    CHECK((!line.starts_with("|") || std::ranges::count(line, '|') == 5));
  }
}

TEST_CASE("The terminal sees no escape and no hidden character")
{
  const auto attack = GENERATE(from_range(attacks()));
  CAPTURE(attack);
  report::RenderOptions options;
  options.detail = report::Detail::everything;
  CHECK(is_visible(report::render_text(attacked(attack), options)));
}
