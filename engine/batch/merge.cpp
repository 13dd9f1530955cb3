// SPDX-License-Identifier: MIT
#include "engine/batch/merge.hpp"

#include "engine/base/text.hpp"
#include "engine/store/batches.hpp"
#include "engine/store/fingerprints.hpp"
#include "engine/store/reviews.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace assay::batch {

namespace {

class Merger {
public:
  Merger(store::Store& from, store::Store& into, const Clock& clock)
    : from_(from),
      into_(into),
      clock_(clock)
  {
  }

  Result<MergeSummary> run()
  {
    ASSAY_ASSIGN(std::vector<std::string> names, store::Batches(from_).names());
    std::ranges::reverse(names); // the oldest first, so that the newest stays the newest
    for (const std::string& name : names) {
      ASSAY_TRY(merge_batch(name));
    }
    ASSAY_TRY(merge_reviews());
    ASSAY_ASSIGN(const bool blind, store::Reviews(from_).blind());
    if (blind) {
      ASSAY_TRY(store::Reviews(into_).set_blind());
    }
    return std::move(summary_);
  }

private:
  Result<void> merge_batch(const std::string& name)
  {
    ASSAY_ASSIGN(const std::vector<BatchEntry> theirs, store::Batches(from_).entries(name));
    std::vector<BatchEntry> all;
    if (auto ours = store::Batches(into_).entries(name)) {
      all = std::move(*ours);
    } else if (ours.error().code != ErrorCode::not_found) {
      return ours.error();
    }
    const std::size_t known = all.size();
    all.insert(all.end(), theirs.begin(), theirs.end());
    ASSAY_ASSIGN(const std::vector<BatchEntry> written,
                 store::Batches(into_).set_entries(name, all, clock_.now()));
    for (std::size_t i = 0; i < theirs.size(); ++i) {
      ASSAY_TRY(merge_entry(theirs[i], written[known + i]));
    }
    summary_.entries += theirs.size();
    return {};
  }

  Result<void> merge_entry(const BatchEntry& theirs, const BatchEntry& ours)
  {
    store::Batches batches(into_);
    if (theirs.run && ours.run) {
      return compare(theirs, ours);
    }
    if (theirs.run) {
      ASSAY_ASSIGN(const RunRecord record, from_.load(*theirs.run));
      ASSAY_ASSIGN(const RunId run, batches.save_graded(ours.id, record, theirs.replaced_commits));
      runs_[theirs.run->value] = run;
      ASSAY_TRY(take_fingerprints(record.submission.tree_digest));
      ++summary_.taken;
    } else if (theirs.state != EntryState::waiting && ours.state == EntryState::waiting) {
      ASSAY_TRY(batches.save_failed(ours.id, theirs.state, theirs.detail, clock_.now()));
      ++summary_.taken;
    }
    return {};
  }

  Result<void> take_fingerprints(const std::string& tree_digest)
  {
    ASSAY_ASSIGN(const auto tree, store::Fingerprints(from_).load(tree_digest));
    return tree ? store::Fingerprints(into_).save(tree_digest, *tree) : Result<void>();
  }

  Result<void> compare(const BatchEntry& theirs, const BatchEntry& ours)
  {
    ASSAY_ASSIGN(const RunRecord left, from_.load_judgement(*theirs.run));
    ASSAY_ASSIGN(const RunRecord right, into_.load_judgement(*ours.run));
    runs_[theirs.run->value] = *ours.run;
    const bool same = left.submission.tree_digest == right.submission.tree_digest
                      && left.rubric.digest == right.rubric.digest
                      && left.scorecard.total == right.scorecard.total;
    if (!same) {
      summary_.conflicts.push_back(fmt::format("{}: {:.1f} in {}, {:.1f} in {} (kept)",
                                               printable(theirs.candidate),
                                               left.scorecard.total.point.value(),
                                               from_.path().string(),
                                               right.scorecard.total.point.value(),
                                               into_.path().string()));
    }
    return {};
  }

  Result<void> merge_reviews()
  {
    ASSAY_ASSIGN(const std::vector<store::Review> theirs, store::Reviews(from_).all());
    ASSAY_ASSIGN(std::vector<store::Review> ours, store::Reviews(into_).all());
    const auto anonymous = [](store::Review review) {
      review.id = 0;
      review.run = {};
      return review;
    };
    std::ranges::transform(ours, ours.begin(), anonymous);
    for (const store::Review& review : theirs) {
      if (std::ranges::find(ours, anonymous(review)) != ours.end()) {
        continue;
      }
      store::Review copy = review;
      const auto run = runs_.find(review.run.value);
      copy.run = run == runs_.end() ? RunId{} : run->second;
      ASSAY_TRY(store::Reviews(into_).add(copy));
      ++summary_.reviews;
    }
    return {};
  }

  store::Store& from_;
  store::Store& into_;
  const Clock& clock_;
  std::map<std::int64_t, RunId> runs_; ///< theirs -> ours
  MergeSummary summary_;
};

} // namespace

Result<MergeSummary> merge(store::Store& from, store::Store& into, const Clock& clock)
{
  return Merger(from, into, clock).run();
}

} // namespace assay::batch
