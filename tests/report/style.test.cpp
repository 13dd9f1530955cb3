// SPDX-License-Identifier: MIT
// What the pages promise without a browser: contrast of every pair of colours that meet, in both
// themes, and an example for whatever can lose points.
#include "engine/base/text.hpp"
#include "engine/report/html/fixes.hpp"
#include "tests/support/catch.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace assay;

namespace {

namespace fs = std::filesystem;

using Colours = std::map<std::string, std::string>;

/// The colours that follow each ":root {" of the style sheet: light first, then dark over light.
std::vector<Colours> themes()
{
  std::ifstream css(std::string(ASSAY_SOURCE_DIR) + "/engine/report/html/page.css");
  std::vector<Colours> found;
  for (std::string line; std::getline(css, line);) {
    const std::string text(trim(line));
    if (text == ":root {") { // that of paper stands on one line
      found.push_back(found.empty() ? Colours{} : found.front());
    } else if (const auto hash = text.find(": #");
               text.starts_with("--") && !found.empty() && hash != std::string::npos) {
      found.back()[text.substr(2, hash - 2)] = text.substr(hash + 3, 6);
    }
  }
  return found;
}

/// Source: WCAG 2.1, definitions of relative luminance and contrast ratio.
double luminance(const std::string& colour)
{
  const auto channel = [&](std::size_t at) {
    const double value = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4);
}

double contrast(const std::string& one, const std::string& other)
{
  const double a = luminance(one);
  const double b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

} // namespace

TEST_CASE("Colours that meet differ enough in both themes")
{
  struct Row {
    std::string colour;
    std::vector<std::string> on;
    double least; ///< WCAG 2.1 AA: 4.5 for text (1.4.3), 3 for parts of graphics (1.4.11)
  };

  const auto row = GENERATE(values<Row>({
    {"ink", {"ground", "surface", "sunk", "mark", "good-soft", "warn-soft", "bad-soft"}, 4.5},
    {"muted", {"ground", "surface", "sunk"}, 4.5},
    {"accent", {"ground", "surface", "sunk"}, 4.5},
    {"good", {"ground", "surface", "good-soft"}, 4.5},
    {"warn", {"ground", "surface", "warn-soft"}, 4.5},
    {"bad", {"ground", "surface", "bad-soft"}, 4.5},
    {"bar", {"ground", "surface", "lost", "ink"}, 3},
    {"open", {"lost"}, 3},
  }));
  const auto all = themes();
  REQUIRE(all.size() == 2);
  for (std::size_t theme = 0; theme < all.size(); ++theme) {
    for (const std::string& ground : row.on) {
      CAPTURE(theme, row.colour, ground);
      CHECK(contrast(all[theme].at(row.colour), all[theme].at(ground)) >= row.least);
    }
  }
}

TEST_CASE("A candidate gets an example for every kind of check")
{
  int kinds = 0;
  for (const auto& page : fs::directory_iterator(std::string(ASSAY_SOURCE_DIR) + "/docs/checks")) {
    const std::string kind = page.path().stem().string();
    if (kind.find('.') == std::string::npos) {
      continue; // the list of all
    }
    CAPTURE(kind);
    CHECK_FALSE(report::html::fix_example(kind).empty());
    ++kinds;
  }
  CHECK(kinds > 50);
}
