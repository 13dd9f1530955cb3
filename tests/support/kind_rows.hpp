// SPDX-License-Identifier: MIT
// Table tests of kinds: each row changes the sound submission and says what the kind must make of
// it.
#pragma once

#include "engine/checks/catalogue.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/facts_builder.hpp"

namespace assay::test {

using State = checks::Finding::State;

struct Row {
  const char* what;
  void (*change)(World&);
  State state;
  double credit; ///< the guess where the state is undetermined
};

/// `kind_id` with `given` on the sound submission after `row.change`.
inline void expect_row(const char* kind_id,
                       const Given& given,
                       const Row& row,
                       const std::map<std::string, double>& credits = {})
{
  const checks::Kind* kind = checks::find_kind(kind_id);
  REQUIRE(kind != nullptr);
  World world = sound_world();
  row.change(world);
  const Judged judged = world.judge(*kind, given, credits);
  CAPTURE(row.what, judged.reason, judged.levels);
  REQUIRE(judged.state == row.state);
  REQUIRE(judged.credit == Approx(row.credit).margin(0.001));
  REQUIRE_FALSE(judged.reason.empty());
  if (row.state == State::decided) {
    REQUIRE(judged.confidence >= 0.6);
  }
}

/// The sentence the candidate reads.
inline std::string reason_of(const char* kind_id, const Given& given, void (*change)(World&))
{
  World world = sound_world();
  change(world);
  return world.judge(*checks::find_kind(kind_id), given).reason;
}

} // namespace assay::test
