// SPDX-License-Identifier: MIT
// A batch as people look at it: each entry with its newest run, what reviewers said of it, and its
// place among the others.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/batch.hpp"
#include "engine/model/run_record.hpp"
#include "engine/store/reviews.hpp"
#include "engine/store/store.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::batch {

struct Standing {
  BatchEntry entry;
  std::optional<RunRecord> record;    ///< as Store::load_judgement, with reviews applied
  std::vector<store::Review> reviews; ///< that count
  std::vector<std::string> outdated;  ///< checks whose review was made of another verdict
};

enum class Blind { no, yes };

/// "candidate-3f9a02c1d4e5": the same for the same source in one database, whatever the command.
std::string alias_of(std::string_view key, std::string_view source);

/// Everything of an entry that tells who it is, replaced or left out.
void hide(BatchEntry& entry, std::string_view key);

/// The listed entries of batch `name` with their runs. Blind: candidate and repository are aliases,
/// names, e-mails, unknown columns and messages of the world are left out. Errors: as of the store.
Result<std::vector<Standing>>
load_standings(store::Store& store, std::string_view name, Blind blind);

/// Credit as people gave it in place of the engine's, and the score that follows. Answers the
/// checks whose verdict is not the one that was overridden.
std::vector<std::string> apply_reviews(RunRecord& record,
                                       const std::vector<store::Review>& reviews);

/// From best to worst place that the intervals allow, 1-based; equal ends: no overlap with anybody.
struct Place {
  std::size_t best = 0;
  std::size_t worst = 0;
};

/// Those with a score first, the best first; equal scores in the order of the manifest.
void sort_standings(std::vector<Standing>& standings);

/// Of each standing; 0 to 0 without a score.
std::vector<Place> places(const std::vector<Standing>& standings);

/// A text for a person about when the work was done: "12 commits in 3 d 4 h", "1 commit: handed in
/// at once", "late by 2 h 5 min". Empty where there is no history.
std::string provenance(const Standing& standing);

/// Seconds after the deadline; 0 in time or without a deadline.
std::int64_t late_seconds(const Standing& standing);

} // namespace assay::batch
