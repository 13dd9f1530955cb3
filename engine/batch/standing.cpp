// SPDX-License-Identifier: MIT
#include "engine/batch/standing.hpp"

#include "engine/base/digest.hpp"
#include "engine/batch/progress.hpp"
#include "engine/intake/intake.hpp"
#include "engine/score/score.hpp"
#include "engine/store/batches.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace assay::batch {

namespace {

bool has_score(const Standing& standing)
{
  return standing.record && standing.record->scorecard.band != "none";
}

Result<void> judge_with_people(store::Store& store, Standing& standing, RunId run)
{
  ASSAY_ASSIGN(standing.reviews, store::Reviews(store).current(standing.record->submission.source));
  std::erase_if(standing.reviews, [](const store::Review& review) { return !review.credit; });
  if (standing.reviews.empty()) {
    return {};
  }
  ASSAY_ASSIGN(standing.record, store.load(run));
  standing.outdated = apply_reviews(*standing.record, standing.reviews);
  return {};
}

} // namespace

std::string alias_of(std::string_view key, std::string_view source)
{
  constexpr std::size_t k_digits = 12;
  const std::string digest = sha256(fmt::format("{}:{}", key, source));
  return "candidate-" + digest.substr(digest.find(':') + 1, k_digits);
}

void hide(BatchEntry& entry, std::string_view key)
{
  entry.candidate = alias_of(key, intake::redacted(entry.repository));
  entry.repository = entry.candidate;
  entry.name.clear();
  entry.email.clear();
  entry.extra.clear();
  entry.detail = entry.detail.empty() ? "" : "(left out)";
}

Result<std::vector<Standing>>
load_standings(store::Store& store, std::string_view name, Blind blind)
{
  ASSAY_ASSIGN(const std::vector<BatchEntry> entries, store::Batches(store).entries(name));
  ASSAY_ASSIGN(const std::string key, store::Reviews(store).alias_key());
  std::vector<Standing> standings;
  for (const BatchEntry& entry : entries) {
    Standing& standing = standings.emplace_back();
    standing.entry = entry;
    if (entry.run) {
      ASSAY_ASSIGN(standing.record, store.load_judgement(*entry.run));
      ASSAY_TRY(judge_with_people(store, standing, *entry.run));
    }
    if (blind == Blind::yes) {
      hide(standing.entry, key);
      if (standing.record) {
        standing.record->submission.source = standing.entry.candidate;
      }
    }
  }
  return standings;
}

std::vector<std::string> apply_reviews(RunRecord& record, const std::vector<store::Review>& reviews)
{
  std::vector<std::string> outdated;
  bool changed = false;
  for (Verdict& verdict : record.judgement.verdicts) {
    const auto review = std::ranges::find(reviews, verdict.check, &store::Review::check);
    if (review == reviews.end() || !review->credit) {
      continue;
    }
    if (store::basis_digest(verdict) != review->basis_digest) {
      outdated.push_back(verdict.check);
    }
    changed = true;
    const double credit = *review->credit;
    verdict.credit = credit;
    verdict.earned = credit;
    verdict.lost = 1 - credit;
    verdict.expected = credit;
    verdict.confidence = 1;
    verdict.outcome = credit >= 1 ? Outcome::pass : credit > 0 ? Outcome::partial : Outcome::fail;
    verdict.reason = fmt::format("{}: {}", review->reviewer, review->reason);
    verdict.levels.clear();
  }
  if (changed) {
    record.scorecard = score::score(record.rubric, record.judgement, record.facts.integrity);
  }
  return outdated;
}

void sort_standings(std::vector<Standing>& standings)
{
  std::ranges::stable_sort(standings, [](const Standing& a, const Standing& b) {
    if (has_score(a) != has_score(b)) {
      return has_score(a);
    }
    return has_score(a) && a.record->scorecard.total.point > b.record->scorecard.total.point;
  });
}

std::vector<Place> places(const std::vector<Standing>& standings)
{
  std::vector<Points> lows;
  std::vector<Points> highs;
  for (const Standing& each : standings) {
    if (has_score(each)) {
      lows.push_back(each.record->scorecard.total.low);
      highs.push_back(each.record->scorecard.total.high);
    }
  }
  std::ranges::sort(lows);
  std::ranges::sort(highs);
  std::vector<Place> found;
  for (const Standing& each : standings) {
    Place place;
    if (has_score(each)) {
      const Interval& total = each.record->scorecard.total;
      const auto surely_better =
        static_cast<std::size_t>(lows.end() - std::ranges::upper_bound(lows, total.high));
      const auto surely_worse =
        static_cast<std::size_t>(std::ranges::lower_bound(highs, total.low) - highs.begin());
      place = {surely_better + 1, lows.size() - surely_worse};
    }
    found.push_back(place);
  }
  return found;
}

std::int64_t late_seconds(const Standing& standing)
{
  if (!standing.record || !standing.entry.deadline
      || !standing.record->submission.history.committed_at) {
    return 0;
  }
  const auto late = *standing.record->submission.history.committed_at - *standing.entry.deadline;
  return std::max<std::int64_t>(0, late.count());
}

std::string provenance(const Standing& standing)
{
  if (!standing.record || standing.record->submission.history.commits == 0) {
    return {};
  }
  const History& history = standing.record->submission.history;
  std::string text =
    history.commits == 1
      ? std::string("1 commit: handed in at once")
      : fmt::format("{}{} commits", history.shallow ? "at least " : "", history.commits);
  if (history.commits > 1 && history.first_commit_at && history.committed_at) {
    text += " in " + duration_text(*history.committed_at - *history.first_commit_at);
  }
  if (const int replaced = standing.entry.replaced_commits; replaced > 0) {
    text +=
      fmt::format("; {} earlier commit{} replaced by force", replaced, replaced == 1 ? "" : "s");
  }
  if (const std::int64_t late = late_seconds(standing); late > 0) {
    text += "; late by " + duration_text(std::chrono::seconds{late});
  }
  return text;
}

} // namespace assay::batch
