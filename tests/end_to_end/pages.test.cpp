// SPDX-License-Identifier: MIT
// The pages in a real browser: headless Chromium loads them and says what it made of them.
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"

#include <chrono>
#include <sstream>

using namespace assay::test;

namespace {

namespace fs = std::filesystem;

bool has_browser()
{
  const bool there = run({"sh", "-c", "command -v chromium"}).code == 0;
  if (!there) {
    WARN("not run: chromium is not installed (apt-get install chromium)");
  }
  return there;
}

/// The document after its scripts, as the browser has it; what it complained about in `err`.
CommandResult
browsed(const fs::path& page, const TemporaryFolder& home, const std::string& more = "")
{
  return run({"sh",
              "-c",
              "timeout 60 chromium --headless --no-sandbox --disable-gpu --enable-logging=stderr "
              "--window-size=1280,900 --virtual-time-budget=2000 "
                + more + " --user-data-dir=" + (home.path() / "browser").string()
                + " --dump-dom file://" + page.string()},
             at_home(home));
}

bool holds_text(const std::string& text, const std::string& part)
{
  return text.find(part) != std::string::npos;
}

/// A copy of `page` in which `script` runs at the end; the policy of the page would forbid it.
fs::path with_script(const fs::path& page, const std::string& script)
{
  std::string text = read_text(page);
  const auto from = text.find("<meta http-equiv=\"Content-Security-Policy\"");
  text.erase(from, text.find('>', from) + 1 - from);
  text.insert(text.rfind("</body>"), "<script>" + script + "</script>");
  const fs::path copy = page.parent_path() / "driven.html";
  std::ofstream(copy, std::ios::binary) << text;
  return copy;
}

/// Text that is too faint: WCAG 2.1, 1.4.3, contrast at least 4.5, or 3 where it is large.
const char* const k_contrast = R"js(
const channel = (v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const light = (c) => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const parse = (text) => { const n = text.match(/[\d.]+/g).map(Number); return n.length > 3 && n[3] === 0 ? null : n; };
const ground = (e) => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c) return c; } return [255, 255, 255]; };
let faint = []; let seen = 0;
document.querySelectorAll('details').forEach((d) => { d.open = true; });
for (const e of document.querySelectorAll('body *')) {
  if (e.closest('svg') || ![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim())) continue;
  if (['SCRIPT', 'STYLE', 'OPTION'].includes(e.tagName)) continue;
  const style = getComputedStyle(e);
  const a = light(parse(style.color)), b = light(ground(e));
  const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  const size = parseFloat(style.fontSize);
  const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
  seen += 1;
  if (ratio < (large ? 3 : 4.5)) faint.push(e.className + ':' + ratio.toFixed(2));
}
document.title = `dark ${matchMedia("(prefers-color-scheme: dark)").matches} seen ${seen > 20} faint ${faint.length} ${faint.slice(0, 5).join(' ')} wide ${document.documentElement.scrollWidth > innerWidth}`;
)js";

/// Three samples, graded and made a site.
struct Pages {
  TemporaryFolder home;
  fs::path folder = home.path() / "site";

  Pages()
  {
    for (const char* sample : {"select-joined", "junior-query-loop", "polished-but-wrong"}) {
      REQUIRE(grader(home, {"grade", sample_folder(sample).string()}).code == 0);
    }
    REQUIRE(grader(home, {"report", "--output", folder.string()}).code == 0);
  }
};

} // namespace

TEST_CASE("A site is an index, a matrix and a page for each candidate")
{
  const Pages pages;
  CHECK(fs::exists(pages.folder / "index.html"));
  CHECK(fs::exists(pages.folder / "matrix.html"));
  for (const char* number : {"1", "2", "3"}) {
    CHECK(fs::file_size(pages.folder / "candidates" / (std::string(number) + ".html")) > 10'000);
  }
  CHECK(grader(pages.home, {"report", "--output", pages.folder.string(), "--rubric", "other"}).code
        == 3);
  CHECK(grader(pages.home, {"report"}).code == 2);
  CHECK(grader(pages.home, {"report", "--output", pages.folder.string(), "--batch", "none"}).code
        == 3);
}

TEST_CASE("In a browser the ranking sorts, filters and compares")
{
  if (!has_browser()) {
    return;
  }
  const Pages pages;
  const CommandResult plain = browsed(pages.folder / "index.html", pages.home);
  CAPTURE(plain.err);
  CHECK(holds_text(plain.out, "3 of 3 shown")); // its own script runs under its own policy
  CHECK_FALSE(holds_text(plain.err, "CONSOLE"));
  const CommandResult driven = browsed(with_script(pages.folder / "index.html", R"js(
const names = () => [...document.querySelectorAll('#ranking tbody tr:not([hidden]) th')].map((e) => e.firstChild.textContent).join(',');
const said = [];
const sort = document.querySelector('.sort[data-column="2"]');
sort.focus(); said.push(document.activeElement === sort);
sort.click(); said.push(names()); said.push(sort.closest('th').getAttribute('aria-sort'));
sort.click(); said.push(names());
const search = document.getElementById('search');
search.value = 'JUNIOR'; search.dispatchEvent(new Event('input')); said.push(names());
said.push(document.getElementById('shown').textContent);
search.value = ''; search.dispatchEvent(new Event('input'));
document.querySelectorAll('.pick').forEach((pick) => pick.click());
said.push(document.getElementById('comparison').hidden);
said.push(document.querySelectorAll('#compared thead th').length);
document.title = said.join(' | ');)js"),
                                       pages.home);
  CHECK(holds_text(driven.out,
                   "<title>true | junior-query-loop,polished-but-wrong,select-joined | ascending | "
                   "select-joined,polished-but-wrong,junior-query-loop | junior-query-loop | "
                   "1 of 3 shown | false | 4</title>"));
}

TEST_CASE("In a browser text has enough contrast, and pages fit a phone, in both themes")
{
  if (!has_browser()) {
    return;
  }
  const Pages pages;
  for (const char* page : {"index.html", "matrix.html", "candidates/3.html"}) {
    const fs::path copy = with_script(pages.folder / page, k_contrast);
    for (const auto& [more, dark] : {std::pair("--blink-settings=preferredColorScheme=1", "false"),
                                     std::pair("--blink-settings=preferredColorScheme=0", "true"),
                                     std::pair("--window-size=500,900", "false")}) {
      CAPTURE(page, more);
      const std::string dom = browsed(copy, pages.home, more).out;
      const auto title = dom.find("<title>") + 7;
      CHECK(dom.substr(title, dom.find("</title>") - title)
            == "dark " + std::string(dark) + " seen true faint 0  wide false");
    }
  }
}

TEST_CASE("In a browser a page of one run asks for nothing and has no complaint")
{
  if (!has_browser()) {
    return;
  }
  const Pages pages;
  const CommandResult result = browsed(pages.folder / "candidates/3.html", pages.home);
  CHECK_FALSE(holds_text(result.err, "CONSOLE"));
  CHECK(holds_text(result.out, "<svg class=\"er\""));
  CHECK_FALSE(holds_text(result.out, "<script"));
}
