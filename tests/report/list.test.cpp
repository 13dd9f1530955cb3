// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/report/report.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/golden.hpp"

#include <vector>

using namespace assay;

namespace {

std::vector<RunSummary> runs()
{
  RunSummary first;
  first.id = RunId{104};
  first.graded_at = Instant{std::chrono::seconds{1'795'356'000}};
  first.source = "https://example.org/ana/blog.git";
  first.ref = "main";
  first.commit = "0123456789abcdef0123456789abcdef01234567";
  first.total = {{7155}, {6015}, {8015}};
  first.band = "good";
  first.needs_review = true;
  first.gates_tripped = 1;
  first.integrity_flags = 2;
  RunSummary second = first;
  second.id = RunId{9};
  second.source = "/home/bruno/tarea \x1b[2J\xE2\x80\xAE";
  second.ref.clear();
  second.commit.clear();
  second.total = {{10'000}, {10'000}, {10'000}};
  second.band = "strong";
  second.needs_review = false;
  second.gates_tripped = 0;
  second.integrity_flags = 0;
  RunSummary third = second;
  third.id = RunId{3};
  third.source = "git@example.org:carla/publica\xC3\xA7\xC3\xB5"
                 "es";
  third.total = {{}, {}, {10'000}};
  third.band = "none";
  return {first, second, third};
}

report::RenderOptions list_options(int width, report::Charset charset = report::Charset::unicode)
{
  report::RenderOptions chosen;
  chosen.width = width;
  chosen.charset = charset;
  return chosen;
}

} // namespace

TEST_CASE("The list of runs is as approved")
{
  const auto listed = runs();
  test::check_golden("report/list-100.txt", report::render_list(listed, list_options(100)));
  test::check_golden("report/list-60.txt", report::render_list(listed, list_options(60)));
  test::check_golden("report/list-100-ascii.txt",
                     report::render_list(listed, list_options(100, report::Charset::ascii)));
}

TEST_CASE("No line of a list is wider than the terminal")
{
  const int width = GENERATE(40, 60, 80, 100, 200);
  const auto listed = runs();
  const std::string text = report::render_list(listed, list_options(width));
  for (const std::string_view line : split(text, '\n')) {
    CAPTURE(line);
    CHECK(display_width(line) <= static_cast<std::size_t>(width));
    CHECK_FALSE(line.ends_with(' '));
  }
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("A list without runs says so")
{
  CHECK(report::render_list({}, {}) == "No runs.\n");
}
