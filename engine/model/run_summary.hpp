// SPDX-License-Identifier: MIT
// A stored run in one line: what lists show and what is needed to choose one.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/model/scorecard.hpp"

#include <compare>
#include <cstdint>
#include <string>

namespace assay {

/// Number of a run in one results database, from 1.
struct RunId {
  std::int64_t value = 0;
  auto operator<=>(const RunId&) const = default;
};

struct RunSummary {
  RunId id;
  Instant graded_at{};
  std::string source; ///< without credentials
  std::string ref;
  std::string commit; ///< empty for a plain folder
  std::string tree_digest;
  std::string rubric_id;
  std::string rubric_version;
  std::string engine_version;
  Interval total;
  std::string band;
  bool needs_review = false;
  int gates_tripped = 0;
  int integrity_flags = 0;
  bool operator==(const RunSummary&) const = default;
};

} // namespace assay
