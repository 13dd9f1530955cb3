// SPDX-License-Identifier: MIT
#include "engine/batch/regrade.hpp"

#include "engine/base/text.hpp"
#include "engine/batch/queue.hpp"
#include "engine/batch/same_trials.hpp"
#include "engine/pipeline/grade.hpp"
#include "engine/store/regrades.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <set>
#include <thread>
#include <utility>

namespace assay::batch {

namespace {

constexpr std::size_t k_transaction = 200; // runs stored at a time

struct Judged {
  std::size_t entry = 0;
  store::Regraded regraded;
  std::optional<Error> failed;
};

std::vector<CheckChange> changed_checks(const std::map<std::string, Points>& before,
                                        const Scorecard& after)
{
  std::vector<CheckChange> changes;
  std::set<std::string> seen;
  for (const ScoredCheck& check : after.checks) {
    seen.insert(check.check);
    const auto found = before.find(check.check);
    if (found == before.end()) {
      changes.push_back({check.check, std::nullopt, check.expected});
    } else if (found->second != check.expected) {
      changes.push_back({check.check, found->second, check.expected});
    }
  }
  for (const auto& [check, points] : before) {
    if (!seen.contains(check)) {
      changes.push_back({check, points, std::nullopt});
    }
  }
  return changes;
}

class Regrader {
public:
  Regrader(store::Store& store,
           const std::vector<BatchEntry>& entries,
           const checks::BoundRubric& rubric,
           WithDiff with_diff,
           const Clock& clock)
    : store_(store),
      entries_(entries),
      rubric_(rubric),
      with_diff_(with_diff),
      clock_(clock)
  {
  }

  Result<RegradeSummary> run(int jobs)
  {
    Queue<Judged> judged(static_cast<std::size_t>(jobs) * 64, jobs);
    std::vector<std::thread> threads;
    for (int i = 0; i < jobs; ++i) {
      threads.emplace_back([&] {
        judge_all(judged);
        judged.leave();
      });
    }
    while (auto each = judged.pop()) {
      take(std::move(*each));
    }
    for (std::thread& thread : threads) {
      thread.join();
    }
    flush();
    if (failed_) {
      return *failed_;
    }
    summary_.not_graded = static_cast<std::size_t>(
      std::ranges::count_if(entries_, [](const BatchEntry& entry) { return !entry.run; }));
    std::ranges::sort(summary_.changes, {}, &RegradeChange::entry);
    return std::move(summary_);
  }

private:
  void judge_all(Queue<Judged>& judged)
  {
    auto opened = store::Store::open(store_.path(), store::OpenMode::existing);
    if (!opened) {
      judged.push({0, {}, opened.error()});
      return;
    }
    store::Regrades regrades(*opened);
    while (!stopped_.load()) {
      const std::size_t number = next_.fetch_add(1);
      if (number >= entries_.size()) {
        return;
      }
      if (entries_[number].run) {
        judged.push(judge(regrades, number));
      }
    }
  }

  Judged judge(store::Regrades& regrades, std::size_t number)
  {
    Judged judged;
    judged.entry = number;
    judged.regraded.entry = entries_[number].id;
    try {
      auto work =
        regrades.read(*entries_[number].run,
                      with_diff_ == WithDiff::yes ? store::WithChecks::yes : store::WithChecks::no);
      if (!work) {
        judged.failed = work.error();
        return judged;
      }
      RunRecord& record = judged.regraded.record;
      record.engine_version = pipeline::engine_version();
      record.graded_at = clock_.now();
      record.facts = std::move(work->facts);
      record.execution = work->execution;
      judged.regraded.work = std::move(*work);
      pipeline::judge_record(record, rubric_);
    } catch (const std::exception& exception) {
      judged.failed = Error{ErrorCode::io, std::string("bug: ") + exception.what()};
    }
    return judged;
  }

  void take(Judged judged)
  {
    if (judged.failed) {
      fail(*judged.failed);
      return;
    }
    const store::StoredWork& work = judged.regraded.work;
    auto known = rubrics_.find(work.rubric_row);
    if (known == rubrics_.end()) {
      auto read = store::Regrades(store_).rubric(work.rubric_row);
      if (!read) {
        fail(read.error());
        return;
      }
      known = rubrics_
                .emplace(work.rubric_row,
                         OldRubric{read->id == rubric_.rubric.id,
                                   read->digest == rubric_.rubric.digest,
                                   same_trials(*read, rubric_.rubric)})
                .first;
    }
    if (!known->second.same_id) {
      ++summary_.other_rubric;
      return;
    }
    ++summary_.judged;
    const bool executed = !work.execution.runtime.empty();
    summary_.other_trials += executed && !known->second.same_trials ? 1U : 0U;
    const Scorecard& card = judged.regraded.record.scorecard;
    const bool same = work.total == card.total && work.band == card.band;
    if (!same) {
      ++summary_.changed;
      summary_.changes.push_back({judged.entry,
                                  work.total,
                                  card.total,
                                  work.band,
                                  card.band,
                                  with_diff_ == WithDiff::yes ? changed_checks(work.earned, card)
                                                              : std::vector<CheckChange>{}});
    }
    if (same && known->second.same_text) {
      return;
    }
    pending_.push_back(std::move(judged.regraded));
    if (pending_.size() >= k_transaction) {
      flush();
    }
  }

  void flush()
  {
    if (failed_ || pending_.empty()) {
      return;
    }
    if (auto saved = store::Regrades(store_).save(pending_); !saved) {
      fail(saved.error());
    }
    pending_.clear();
  }

  void fail(const Error& error)
  {
    stopped_.store(true);
    if (!failed_) {
      failed_ = error;
    }
  }

  struct OldRubric {
    bool same_id = false;
    bool same_text = false;
    bool same_trials = false;
  };

  store::Store& store_;
  const std::vector<BatchEntry>& entries_;
  const checks::BoundRubric& rubric_;
  WithDiff with_diff_;
  const Clock& clock_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::map<std::int64_t, OldRubric> rubrics_;
  std::vector<store::Regraded> pending_;
  std::optional<Error> failed_;
  RegradeSummary summary_;
};

std::string points_text(const std::optional<Points>& points)
{
  return points ? fmt::format("{:.2f}", points->value()) : std::string("-");
}

} // namespace

Result<RegradeSummary> regrade(store::Store& store,
                               const std::vector<BatchEntry>& entries,
                               const checks::BoundRubric& rubric,
                               int jobs,
                               WithDiff with_diff,
                               const Clock& clock)
{
  return Regrader(store, entries, rubric, with_diff, clock).run(jobs);
}

std::string render_changes(const RegradeSummary& summary,
                           const std::vector<BatchEntry>& entries,
                           const std::function<std::string(const BatchEntry&)>& label)
{
  std::string text;
  for (const RegradeChange& change : summary.changes) {
    text += fmt::format("{}: {:.1f} {} -> {:.1f} {}\n",
                        printable(label(entries[change.entry])),
                        change.before.point.value(),
                        printable(change.band_before),
                        change.after.point.value(),
                        printable(change.band_after));
    for (const CheckChange& check : change.checks) {
      text += fmt::format("    {}: {} -> {}\n",
                          printable(check.check),
                          points_text(check.before),
                          points_text(check.after));
    }
  }
  return text;
}

} // namespace assay::batch
