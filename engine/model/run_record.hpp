// SPDX-License-Identifier: MIT
// One grading, complete: what the store keeps and what reports are made from.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/rubric.hpp"
#include "engine/model/scorecard.hpp"
#include "engine/model/submission.hpp"
#include "engine/model/verdict.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace assay {

/// The snapshot without its contents.
struct SubmissionRecord {
  std::string source; ///< without credentials
  std::string ref;
  std::string commit; ///< empty for a plain folder
  std::string tree_digest;
  History history;
  std::optional<Instant> before;
  int files = 0;
  int python_files = 0;
  std::vector<SkippedPath> skipped;
  bool operator==(const SubmissionRecord&) const = default;
};

/// What executed the submission; all empty when it was only read.
struct ExecutionRecord {
  std::string runtime;
  std::string python;
  std::string sqlalchemy;
  std::string alembic;
  std::string database;
  std::string isolation = "L0";
  bool operator==(const ExecutionRecord&) const = default;
};

struct Timings {
  std::int64_t clone_ms = 0;
  std::int64_t read_ms = 0;
  std::int64_t execute_ms = 0;
  std::int64_t total_ms = 0;
  bool operator==(const Timings&) const = default;
};

struct RunRecord {
  std::string engine_version;
  Instant graded_at{};
  SubmissionRecord submission;
  Rubric rubric; ///< the whole rubric: a stored run explains itself
  ExecutionRecord execution;
  Facts facts;
  Judgement judgement;
  Scorecard scorecard;
  Timings timings;
  bool operator==(const RunRecord&) const = default;
};

} // namespace assay
