// SPDX-License-Identifier: MIT
#include "engine/checks/catalogue.hpp"
#include "engine/checks/page.hpp"
#include "tests/checks/sample_kinds.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <string>

using namespace assay;

namespace {

const std::string k_root = ASSAY_SOURCE_DIR;

} // namespace

TEST_CASE("the editors' schema and the index of kinds are fresh")
{
  CHECK(test::read_text(k_root + "/rubrics/rubric.schema.json")
        == checks::render_schema(checks::catalogue()));
  CHECK(test::read_text(k_root + "/docs/checks/README.md")
        == checks::render_index(checks::catalogue()));
}

TEST_CASE("a page has its headings in the fixed order")
{
  const std::string page = checks::render_page(test::k_sample_kind);
  std::size_t last = 0;
  for (const char* heading : {"# sample.kind\n",
                              "\n## What it measures\n",
                              "\n## Parameters\n",
                              "\n## Examples\n",
                              "\n## What it cannot see\n",
                              "\n## References\n"}) {
    CAPTURE(heading);
    const std::size_t at = page.find(heading, last);
    REQUIRE(at != std::string::npos);
    last = at;
  }
}

TEST_CASE("a page says type, default and choices of every parameter and the credit of every level")
{
  const std::string page = checks::render_page(test::k_sample_kind);
  CHECK_THAT(page, Catch::Contains("| `entity` | entity | required | An entity. |"));
  CHECK_THAT(
    page,
    Catch::Contains("| `colour` | text | `green` | A colour. One of `red`, `green`, `blue`. |"));
  CHECK_THAT(page, Catch::Contains("| `relation` | relation | none | A relation. |"));
  CHECK_THAT(page, Catch::Contains("| `tenth` | 0.10 | A tenth. |"));
}
