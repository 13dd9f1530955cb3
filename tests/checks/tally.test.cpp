// SPDX-License-Identifier: MIT
#include "engine/checks/tally.hpp"

#include "tests/support/catch.hpp"

namespace assay {

using checks::Finding;
using checks::Part;

namespace {

Part part(double value, std::string remark = {})
{
  Part one;
  one.value = value;
  one.confidence = 0.75;
  one.remark = std::move(remark);
  return one;
}

} // namespace

TEST_CASE("A share is the weighted mean of its parts", "[checks][tally]")
{
  std::vector<Part> parts = {part(1), part(0, "users.email may be NULL")};
  parts.front().weight = 3;
  const Finding finding = checks::total(parts, "all is well");
  REQUIRE(finding.state == Finding::State::decided);
  REQUIRE(finding.share == Approx(0.75));
  REQUIRE(finding.reason == "users.email may be NULL");
}

TEST_CASE("A part that is not known leaves the share open, unless it weighs next to nothing",
          "[checks][tally]")
{
  std::vector<Part> parts = {part(1), part(1)};
  parts.back().known = false;
  REQUIRE(checks::total(parts, "all is well").state == Finding::State::undetermined);
  parts.back().weight = 0.05;
  REQUIRE(checks::total(parts, "all is well").state == Finding::State::decided);
}

TEST_CASE("The least confident part decides the confidence", "[checks][tally]")
{
  std::vector<Part> parts = {part(1), part(1)};
  parts.back().confidence = 0.5;
  REQUIRE(checks::total(parts, "all is well").confidence == Approx(0.5));
}

TEST_CASE("Nothing to count is not decided", "[checks][tally]")
{
  REQUIRE(checks::total({}, "all is well").state == Finding::State::undetermined);
}

TEST_CASE("Remarks make one sentence", "[checks][tally]")
{
  REQUIRE(checks::join_remarks({"a", "b"}) == "a; b");
  REQUIRE(checks::join_remarks({"a", "b", "c", "d", "e"}) == "a; b; c; and 2 more");
  REQUIRE(checks::total({part(1)}, "all is well").reason == "All is well");
}

} // namespace assay
