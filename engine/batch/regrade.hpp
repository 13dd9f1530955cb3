// SPDX-License-Identifier: MIT
// A batch judged again by a changed rubric. In: facts of its runs. Out: new runs beside the earlier
// ones, and what changed. Nothing is obtained, read or executed.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/result.hpp"
#include "engine/checks/bind.hpp"
#include "engine/model/batch.hpp"
#include "engine/model/scorecard.hpp"
#include "engine/store/store.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace assay::batch {

enum class WithDiff { no, yes };

struct CheckChange {
  std::string check;
  std::optional<Points> before; ///< expected points within its category; none: the check is new
  std::optional<Points> after;  ///< none: the check is gone
};

struct RegradeChange {
  std::size_t entry = 0; ///< index into the entries
  Interval before;
  Interval after;
  std::string band_before;
  std::string band_after;
  std::vector<CheckChange> checks;
};

struct RegradeSummary {
  std::size_t judged = 0;
  std::size_t changed = 0;      ///< score or band
  std::size_t other_rubric = 0; ///< left alone: their rubric has another id
  std::size_t not_graded = 0;   ///< left alone: they have no run
  /// Judged by facts that were seen while looking for other entities or queries than this rubric
  /// has: what it asks for may not have been tried.
  std::size_t other_trials = 0;
  std::vector<RegradeChange> changes; ///< of those changed, in the order of the entries
};

/// Judges every run of `entries` whose rubric has the id of `rubric`, on `jobs` threads; a run that
/// the same text of the rubric gave the same score already is not stored again. Errors: as of
/// store::Regrades.
Result<RegradeSummary> regrade(store::Store& store,
                               const std::vector<BatchEntry>& entries,
                               const checks::BoundRubric& rubric,
                               int jobs,
                               WithDiff with_diff,
                               const Clock& clock);

/// What changed, one paragraph for each submission; `label` says what a candidate is called.
std::string render_changes(const RegradeSummary& summary,
                           const std::vector<BatchEntry>& entries,
                           const std::function<std::string(const BatchEntry&)>& label);

} // namespace assay::batch
