// SPDX-License-Identifier: MIT
// What the real binary does where the host offers less: as in a container, and without Landlock.
#include "sandbox/box/abox.h"
#include "tests/end_to_end/assay.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/sandbox.hpp"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

using namespace assay::test;
using nlohmann::json;

namespace {

const std::string k_contained = std::string(ASSAY_BUILD_DIR) + "/tests/assay_contained";

enum class Contained { no, yes };

/// Grades a sample under `contained`, with its options and those of `assay grade`.
CommandResult grade_contained(std::vector<std::string> words,
                              const std::vector<std::string>& options,
                              Contained contained = Contained::yes)
{
  const TemporaryFolder home;
  if (contained == Contained::yes) {
    words.insert(words.begin(), k_contained);
  }
  for (const char* word : {k_assay.c_str(), "grade", "--no-store", "--format", "json"}) {
    words.emplace_back(word);
  }
  words.push_back(sample_folder("select-joined").string());
  words.insert(words.end(), options.begin(), options.end());
  return run(words, at_home(home));
}

bool can_run()
{
  if (!runtime_root()) {
    WARN("not run: the runtime sqlalchemy-2.0 is not installed");
    return false;
  }
  return true;
}

} // namespace

TEST_CASE("in a container submissions run at L1, and the report says so")
{
  if (!can_run()) {
    return;
  }
  if (abox_landlock_abi() < 4) {
    WARN("not run: this kernel's Landlock is too old for L1");
    return;
  }
  const CommandResult graded = grade_contained({}, {"--database", "sqlite"});
  CAPTURE(graded.err);
  REQUIRE(graded.code == 0);
  json record = json::parse(graded.out);
  CHECK(record["environment"]["isolation"] == "L1");
  // Nothing else in the report tells where it ran; PostgreSQL needs namespaces.
  const CommandResult outside = grade_contained({}, {"--database", "sqlite"}, Contained::no);
  REQUIRE(outside.code == 0);
  json elsewhere = json::parse(outside.out);
  for (json* of : {&record, &elsewhere}) {
    of->erase("timings");
    of->erase("graded_at");
    (*of)["environment"].erase("isolation");
  }
  CHECK(record == elsewhere);
}

TEST_CASE("where nothing holds code it is read, unless it is trusted")
{
  if (!can_run()) {
    return;
  }
  const CommandResult read = grade_contained({"--no-landlock"}, {});
  CAPTURE(read.err);
  REQUIRE(read.code == 0);
  CHECK(read.err.find("cannot hold submitted code") != std::string::npos);
  const json record = json::parse(read.out);
  CHECK(record["environment"]["isolation"] == "L0");
  CHECK(record["environment"]["python"].is_null());

  const CommandResult trusted = grade_contained({"--no-landlock"}, {"--trust-this-code"});
  CAPTURE(trusted.err);
  REQUIRE(trusted.code == 0);
  const json executed = json::parse(trusted.out);
  CHECK(executed["environment"]["isolation"] == "L0");
  CHECK_FALSE(executed["environment"]["python"].is_null());
}

TEST_CASE("trust does not lower what a host can hold")
{
  if (!can_run() || abox_landlock_abi() < 4) {
    return;
  }
  const CommandResult graded = grade_contained({}, {"--trust-this-code"});
  REQUIRE(graded.code == 0);
  CHECK(json::parse(graded.out)["environment"]["isolation"] == "L1");
}
