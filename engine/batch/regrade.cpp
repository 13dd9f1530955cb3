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
#include <memory>
#include <set>
#include <thread>
#include <utility>

namespace assay::batch {

namespace {

constexpr std::size_t k_transaction = 200; // runs stored at a time

/// Entries whose runs have the same facts: read and judged once.
struct Group {
  std::int64_t facts_row = 0;
  std::vector<std::size_t> members; ///< indices into the runs of the batch
};

struct Judged {
  std::size_t group = 0;
  std::shared_ptr<const RunRecord> record;
  bool copied = false;
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

struct Run {
  std::size_t entry = 0; ///< index into the entries
  store::StoredRun run;
};

struct OldRubric {
  bool same_id = false;
  bool same_text = false;
  bool same_trials = false;
};

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
    collect();
    Queue<Judged> judged(static_cast<std::size_t>(jobs) * 64, jobs);
    std::vector<std::thread> threads;
    for (int i = 0; i < jobs; ++i) {
      threads.emplace_back([&] {
        judge_all(judged);
        judged.leave();
      });
    }
    while (auto each = judged.pop()) {
      take(*each);
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
  /// Which runs there are to judge; those of another rubric are left alone here.
  void collect()
  {
    store::Regrades regrades(store_);
    std::map<std::int64_t, std::size_t> known;
    for (std::size_t i = 0; i < entries_.size() && !failed_; ++i) {
      if (!entries_[i].run) {
        continue;
      }
      auto run = regrades.read(*entries_[i].run);
      if (!run) {
        fail(run.error());
        return;
      }
      const OldRubric* rubric = rubric_of(regrades, run->rubric_row);
      if (rubric == nullptr) {
        return;
      }
      if (!rubric->same_id) {
        ++summary_.other_rubric;
        continue;
      }
      const auto [place, is_new] = known.emplace(run->facts_row, groups_.size());
      if (is_new) {
        groups_.push_back({run->facts_row, {}});
      }
      groups_[place->second].members.push_back(runs_.size());
      runs_.push_back({i, std::move(*run)});
    }
  }

  const OldRubric* rubric_of(store::Regrades& regrades, std::int64_t row)
  {
    auto known = rubrics_.find(row);
    if (known == rubrics_.end()) {
      auto read = regrades.rubric(row);
      if (!read) {
        fail(read.error());
        return nullptr;
      }
      known = rubrics_
                .emplace(row,
                         OldRubric{read->id == rubric_.rubric.id,
                                   read->digest == rubric_.rubric.digest,
                                   same_trials(*read, rubric_.rubric)})
                .first;
    }
    return &known->second;
  }

  void judge_all(Queue<Judged>& judged)
  {
    auto opened = store::Store::open(store_.path(), store::OpenMode::existing);
    if (!opened) {
      judged.push({0, nullptr, false, opened.error()});
      return;
    }
    store::Regrades regrades(*opened);
    while (!stopped_.load()) {
      const std::size_t number = next_.fetch_add(1);
      if (number >= groups_.size()) {
        return;
      }
      judged.push(judge(regrades, number));
    }
  }

  Judged judge(store::Regrades& regrades, std::size_t number)
  {
    Judged judged;
    judged.group = number;
    const Group& group = groups_[number];
    try {
      auto stored = regrades.facts(group.facts_row);
      if (!stored) {
        judged.failed = stored.error();
        return judged;
      }
      auto record = std::make_shared<RunRecord>();
      record->engine_version = pipeline::engine_version();
      record->graded_at = clock_.now();
      record->facts = std::move(stored->facts);
      record->execution = runs_[group.members.front()].run.execution;
      pipeline::judge_facts(*record, rubric_);
      judged.copied = stored->copied;
      judged.record = std::move(record);
    } catch (const std::exception& exception) {
      judged.failed = Error{ErrorCode::io, std::string("bug: ") + exception.what()};
    }
    return judged;
  }

  void take(const Judged& judged)
  {
    if (judged.failed) {
      fail(*judged.failed);
      return;
    }
    for (const std::size_t member : groups_[judged.group].members) {
      take(judged, runs_[member]);
    }
  }

  void take(const Judged& judged, const Run& old)
  {
    const OldRubric& rubric = rubrics_.at(old.run.rubric_row);
    ++summary_.judged;
    const bool executed = !old.run.execution.runtime.empty();
    summary_.other_trials += executed && !rubric.same_trials ? 1U : 0U;
    const Scorecard& card = judged.record->scorecard;
    const bool same = old.run.total == card.total && old.run.band == card.band;
    if (!same) {
      ++summary_.changed;
      summary_.changes.push_back({old.entry,
                                  old.run.total,
                                  card.total,
                                  old.run.band,
                                  card.band,
                                  changed_since(old.run.run, card)});
    }
    if (same && rubric.same_text) {
      return;
    }
    pending_.push_back({entries_[old.entry].id, old.run, judged.record, judged.copied});
    if (pending_.size() >= k_transaction) {
      flush();
    }
  }

  std::vector<CheckChange> changed_since(RunId run, const Scorecard& card)
  {
    if (with_diff_ == WithDiff::no) {
      return {};
    }
    const auto earned = store::Regrades(store_).earned(run);
    if (!earned) {
      fail(earned.error());
      return {};
    }
    return changed_checks(*earned, card);
  }

  void flush()
  {
    if (failed_ || pending_.empty()) {
      return;
    }
    if (auto saved = store::Regrades(store_).save(pending_, rubric_.rubric); !saved) {
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

  store::Store& store_;
  const std::vector<BatchEntry>& entries_;
  const checks::BoundRubric& rubric_;
  WithDiff with_diff_;
  const Clock& clock_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> stopped_{false};
  std::vector<Run> runs_;
  std::vector<Group> groups_;
  std::map<std::int64_t, OldRubric> rubrics_; ///< by row
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
