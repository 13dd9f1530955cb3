// SPDX-License-Identifier: MIT
#include "engine/report/site.hpp"

#include "tests/support/catch.hpp"
#include "tests/support/sample_record.hpp"

#include <nlohmann/json.hpp>

#include <string>

using namespace assay;
using namespace assay::report;

namespace {

SiteEntry entry_of(const std::string& name, int hundredths, int number)
{
  RunRecord record = test::sample_record();
  record.scorecard.total.point = Points{hundredths};
  return site_entry(record, name, "candidates/" + std::to_string(number) + ".html");
}

Site three()
{
  Site site;
  site.title = "Autumn";
  site.rubric = test::sample_rubric();
  site.entries = {entry_of("Bruno", 6000, 1), entry_of("Ana", 9000, 2), entry_of("Carla", 6000, 3)};
  SiteEntry& failed = site.entries.emplace_back();
  failed.name = "Dora";
  failed.failure = "no such repository";
  return site;
}

bool page_has(const std::string& page, const std::string& part)
{
  return page.find(part) != std::string::npos;
}

nlohmann::json data_of(const std::string& page)
{
  const std::string begin = "id=\"data\">";
  const auto from = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

} // namespace

TEST_CASE("The best candidate stands first, equal scores share a rank, who has none stands last")
{
  const std::string page = render_site_index(three());
  const auto ana = page.find(">Ana<");
  const auto bruno = page.find(">Bruno<");
  const auto carla = page.find(">Carla<");
  const auto dora = page.find(">Dora<");
  REQUIRE(dora != std::string::npos);
  CHECK(ana < bruno);
  CHECK(bruno < carla);
  CHECK(carla < dora);
  CHECK(page_has(page, "<td class=\"num\">2</td><th scope=\"row\"><a href=\"candidates/1.html\""));
  CHECK(page_has(page, "<td class=\"num\">2</td><th scope=\"row\"><a href=\"candidates/3.html\""));
  CHECK(page_has(page, "not graded: no such repository"));
  CHECK(page_has(page, "3 candidates graded"));
  CHECK(page_has(page, "median 60.0"));
}

TEST_CASE("What the script compares is in the order of the ranking")
{
  const auto data = data_of(render_site_index(three()));
  CHECK(data["checks"].size() == test::sample_checks().size());
  REQUIRE(data["entries"].size() == 4);
  CHECK(data["entries"][0]["name"] == "Ana");
  CHECK(data["entries"][0]["outcomes"] == "pllpfnuplp");
  CHECK(data["entries"][3]["score"] == "not graded");
}

TEST_CASE("The matrix has a cell for each check of each graded candidate")
{
  const std::string page = render_site_matrix(three());
  std::size_t cells = 0;
  for (auto at = page.find("<td class=\"c"); at != std::string::npos;
       at = page.find("<td class=\"c", at + 1)) {
    ++cells;
  }
  CHECK(cells == 3 * test::sample_checks().size());
  CHECK_FALSE(page_has(page, "Dora"));
}

TEST_CASE("Nothing of a candidate's can end the data or become markup")
{
  Site site = three();
  const std::string attack = "</script><script>alert(1)</script><!--\" onclick=\"x";
  site.entries[0].name = attack;
  site.entries[0].source = attack;
  site.entries[3].failure = attack;
  for (const std::string& page : {render_site_index(site), render_site_matrix(site)}) {
    CHECK_FALSE(page_has(page, "<script>alert"));
    // In the data a quote stands behind a backslash; elsewhere it is an entity.
    CHECK_FALSE(page_has(page.substr(0, page.find("id=\"data\">")), "\" onclick"));
  }
  const auto data = data_of(render_site_index(site));
  CHECK(data["entries"][1]["name"] == attack);
}

TEST_CASE("Only the site's own script may run")
{
  const std::string page = render_site_index(three());
  CHECK(page_has(page, "default-src 'none'"));
  CHECK(page_has(page, "script-src 'sha256-"));
  CHECK_FALSE(page_has(page, "script-src 'unsafe-inline'"));
}

TEST_CASE("Runs of another version are counted, not compared")
{
  Site site = three();
  CHECK_FALSE(page_has(render_site_index(site), "another version of the rubric"));
  site.of_other_versions = 2;
  CHECK(page_has(render_site_index(site), "2 more were graded by another version of the rubric"));
}
