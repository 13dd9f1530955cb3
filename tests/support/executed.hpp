// SPDX-License-Identifier: MIT
// Submissions of tests, read and run as grading does.
#pragma once

#include "engine/checks/bind.hpp"
#include "engine/checks/judge.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/merge.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/probe/models.hpp"
#include "engine/probe/trials.hpp"
#include "engine/rubric/rubric.hpp"
#include "tests/support/catch.hpp"

#include <filesystem>
#include <optional>

namespace assay::test {

/// Sandboxes of the build tree; nothing where the runtime is not installed or this host holds no
/// code.
inline std::optional<probe::Sandboxes> open_sandboxes()
{
  const auto installation =
    probe::find_installation(std::filesystem::path(ASSAY_BUILD_DIR) / "tests");
  REQUIRE(installation);
  probe::Sandboxes sandboxes(*installation, "");
  if (const auto usual = sandboxes.fit({}); !usual) {
    WARN("not run: " << usual.error().message);
    return std::nullopt;
  }
  return sandboxes;
}

/// What reading and running it tell; with a rubric also what came of trying its models.
inline Facts
read_and_run(probe::Sandboxes& sandboxes, const Snapshot& snapshot, const Rubric* rubric = nullptr)
{
  Facts facts = facts::read(snapshot);
  probe::SubmissionRun submission(**sandboxes.fit(facts.environment), snapshot, facts);
  if (std::optional<SchemaFacts> seen = probe::observe_models(submission)) {
    facts::merge_schema(facts, *std::move(seen));
  }
  const auto readings =
    rubric == nullptr ? std::vector<Resolution>() : facts::resolve(facts, *rubric);
  if (!readings.empty() && facts.schema.basis == Basis::observed) {
    probe::observe_trials(submission, *rubric, readings.front(), "secret");
    facts::believe_trials(facts);
  }
  return facts;
}

inline const checks::BoundRubric& blog_rubric()
{
  static const checks::BoundRubric bound =
    checks::bind(
      rubric::load_rubric(ASSAY_SOURCE_DIR "/rubrics/sqlalchemy-blog/rubric.yaml").value())
      .value();
  return bound;
}

/// A folder graded with running it.
inline RunRecord run_and_judge(probe::Sandboxes& sandboxes,
                               const std::filesystem::path& folder,
                               const checks::BoundRubric& rubric)
{
  Submission submission;
  submission.source = folder;
  pipeline::GradeOptions options;
  options.intake.use_cache = intake::UseCache::no;
  options.sandboxes = &sandboxes;
  auto record = pipeline::grade(submission, rubric, options, SystemClock{});
  REQUIRE(record);
  return *std::move(record);
}

} // namespace assay::test
