// SPDX-License-Identifier: MIT
// Many submissions graded as one: what a recruiter asks for, row by row, and what became of it.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/run_summary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace assay {

enum class EntryState {
  waiting,      ///< not graded yet
  graded,       ///< there is a run
  not_obtained, ///< the repository could not be read; says nothing about the work
  engine_fault, ///< assay or its host failed, twice; says nothing about the work
};

/// One row of a manifest.
struct BatchEntry {
  std::int64_t id = 0;   ///< in the results database; 0: not there yet
  int row = 0;           ///< of the manifest, 1-based; the heading of a table is row 1
  std::string candidate; ///< as given; without one the repository
  std::string name;      ///< may be empty, as all that follow but `repository`
  std::string email;
  std::string repository; ///< without credentials
  std::string ref;
  std::optional<Instant> deadline;
  std::string rubric; ///< id or path
  std::vector<std::string> tags;
  std::vector<std::pair<std::string, std::string>> extra; ///< columns assay knows nothing of
  EntryState state = EntryState::waiting;
  std::string detail;       ///< why it was not obtained or not graded
  std::optional<RunId> run; ///< its newest run, if graded
  /// Commits that were pushed earlier and then replaced, where the cache of repositories saw it.
  int replaced_commits = 0;
  bool operator==(const BatchEntry&) const = default;
};

} // namespace assay
