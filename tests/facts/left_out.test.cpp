// SPDX-License-Identifier: MIT
#include "engine/facts/extract.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

using namespace assay;

namespace {

Facts facts_with(const SkippedPath& skipped)
{
  Snapshot snapshot = test::memory_snapshot({{"a.py", "import sqlalchemy\n"}});
  snapshot.skipped.push_back(skipped);
  return facts::read(snapshot);
}

} // namespace

TEST_CASE("A Python file that was not read leaves open what is missing")
{
  const Facts facts = facts_with({"app/models.py", SkipReason::too_large, "200 MB"});
  CHECK(facts.schema.complete == Truth::no);
  CHECK(facts.queries.complete == Truth::no);
  REQUIRE_FALSE(facts.schema.gaps.empty());
  CHECK(facts.schema.gaps.back() == "app/models.py was left out and not read.");
}

TEST_CASE("Other files that were left out hide nothing")
{
  const auto skipped =
    GENERATE(values<SkippedPath>({{"data.csv", SkipReason::too_large, ""},
                                  {"venv/lib/site-packages/x.py", SkipReason::too_large, ""},
                                  {"link.py", SkipReason::symlink, "a.py"}}));
  CAPTURE(skipped.path);
  const Facts with = facts_with(skipped);
  CHECK(with.schema.complete == facts_with({"x.txt", SkipReason::symlink, ""}).schema.complete);
  CHECK(with.schema.gaps.empty());
}
