// SPDX-License-Identifier: MIT
#include "sandbox/cell/host.hpp"

#include "sandbox/box/abox.h"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

using namespace assay;

TEST_CASE("A level is claimed only after its self-test")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  const cell::HostReport report = cell::assess_host(test::plan_of_cell());
  CHECK(report.level >= cell::Level::separated);
  for (const cell::Finding& finding : report.findings) {
    CAPTURE(finding.subject, finding.text);
    CHECK((finding.good || !finding.remedy.empty()));
  }
}

TEST_CASE("Without namespaces a cell holds what it claims to")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  if (abox_landlock_abi() < 4) {
    WARN("not run: this kernel's Landlock is too old for L1");
    return;
  }
  cell::CellPlan plan = test::plan_of_cell();
  plan.level = cell::Level::filtered;
  auto cell = cell::Cell::open(plan);
  if (!cell) {
    FAIL(describe(cell.failure()));
  }
  CHECK(cell::self_test(**cell, cell::Level::filtered).empty());
  // What only a file system of its own can hold.
  CHECK(cell::self_test(**cell, cell::Level::separated)
        == std::vector<std::string>{"sees files of the host", "runs machine code that it wrote"});
}

TEST_CASE("Without a runtime nothing is claimed, and the report says why")
{
  cell::CellPlan plan = test::plan_of_cell();
  plan.runtime = "/nonexistent";
  const cell::HostReport report = cell::assess_host(plan);
  CHECK(report.level == cell::Level::none);
  CHECK(std::ranges::any_of(report.findings, [](const cell::Finding& finding) {
    return !finding.good && finding.text.find("runtime /usr") != std::string::npos;
  }));
}

TEST_CASE("What gets through the self-test is named")
{
  if (!test::runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return;
  }
  // A cell without a control group, asked to be one with.
  cell::CellPlan plan = test::plan_of_cell();
  plan.level = cell::Level::separated;
  auto cell = cell::Cell::open(plan);
  REQUIRE(cell);
  CHECK(cell::self_test(**cell, cell::Level::separated).empty());
  CHECK(cell::self_test(**cell, cell::Level::complete)
        == std::vector<std::string>{"takes more memory than allowed"});
}
