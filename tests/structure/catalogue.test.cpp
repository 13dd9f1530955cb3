// SPDX-License-Identifier: MIT
#include "engine/checks/catalogue.hpp"

#include "engine/checks/page.hpp"
#include "tests/support/catch.hpp"
#include "tests/support/memory_snapshot.hpp"

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

using namespace assay;

namespace {

std::string stem_of(const checks::Kind& kind)
{
  std::string stem(kind.id);
  std::ranges::replace(stem, '.', '_');
  return stem;
}

const std::filesystem::path k_root = ASSAY_SOURCE_DIR;

/// Kinds that try something out: reading can at most tell that there is nothing to try.
const std::set<std::string_view> k_decided_by_running = {"entity.behaviour"};

} // namespace

TEST_CASE("the identifier of a kind is the name of its file")
{
  for (const checks::Kind* kind : checks::catalogue()) {
    CAPTURE(kind->id);
    CHECK(
      std::filesystem::exists(k_root / "engine" / "checks" / "kinds" / (stem_of(*kind) + ".cpp")));
  }
}

TEST_CASE("every kind says in one sentence what it is about")
{
  for (const checks::Kind* kind : checks::catalogue()) {
    CAPTURE(kind->id, kind->summary);
    CHECK(kind->summary.ends_with("."));
    CHECK(kind->summary.size() <= 160);
    CHECK_FALSE(kind->why.empty());
    CHECK_FALSE(kind->blind_spots.empty());
  }
}

TEST_CASE("the examples of every kind cover what it can say")
{
  for (const checks::Kind* kind : checks::catalogue()) {
    std::set<std::string> outcomes;
    for (const checks::Example& example : kind->examples) {
      outcomes.emplace(example.outcome);
    }
    CAPTURE(kind->id);
    CHECK(outcomes.size() >= 2);
    if (!k_decided_by_running.contains(kind->id)) {
      CHECK(outcomes.contains("pass"));
      CHECK(outcomes.size() >= 3);
    }
  }
}

TEST_CASE("the page of every kind is fresh")
{
  for (const checks::Kind* kind : checks::catalogue()) {
    const auto path = k_root / "docs" / "checks" / (std::string(kind->id) + ".md");
    CAPTURE(path.string());
    CHECK(test::read_text(path) == checks::render_page(*kind));
  }
}
