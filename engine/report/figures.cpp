// SPDX-License-Identifier: MIT
#include "engine/report/figures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <stdexcept>

namespace assay::report {

namespace {

/// What one point of a check is worth in the total.
class Worth {
public:
  explicit Worth(const Scorecard& card)
  {
    for (const ScoredCheck& check : card.checks) {
      available_[check.category] += check.available;
    }
    for (const CategoryScore& category : card.categories) {
      weight_[category.category] = category.weight;
      weights_ += category.applicable ? category.weight : 0;
    }
  }

  [[nodiscard]] Points of_total(std::string_view category, Points points) const
  {
    const auto available = available_.find(category);
    const auto weight = weight_.find(category);
    if (available == available_.end() || weight == weight_.end() || available->second == Points{}
        || weights_ == 0) {
      return {};
    }
    const double share = points.value() / available->second.value();
    return {std::llround(share * weight->second / weights_ * 10'000.0)};
  }

private:
  std::map<std::string_view, Points> available_;
  std::map<std::string_view, int> weight_;
  int weights_ = 0;
};

} // namespace

std::vector<CheckFigures> check_figures(const RunRecord& record)
{
  const Worth worth(record.scorecard);
  std::map<std::string_view, const CheckSpec*> specs;
  for (const CheckSpec& spec : record.rubric.checks) {
    specs.emplace(spec.id, &spec);
  }
  std::map<std::string_view, const ScoredCheck*> scores;
  for (const ScoredCheck& score : record.scorecard.checks) {
    scores.emplace(score.check, &score);
  }
  std::vector<CheckFigures> all;
  for (const Verdict& verdict : record.judgement.verdicts) {
    CheckFigures& check = all.emplace_back();
    check.verdict = &verdict;
    check.id = verdict.check;
    check.title = verdict.check;
    if (const auto spec = specs.find(verdict.check); spec != specs.end()) {
      check.category = spec->second->category;
      check.title = spec->second->title.empty() ? check.id : std::string_view(spec->second->title);
      check.advice = spec->second->advice;
      check.points = spec->second->points;
    }
    if (const auto score = scores.find(verdict.check); score != scores.end()) {
      check.earned = score->second->earned;
      check.lost = score->second->lost;
      check.undetermined = score->second->undetermined;
      check.lost_of_total = worth.of_total(score->second->category, check.lost);
      check.undetermined_of_total = worth.of_total(score->second->category, check.undetermined);
    }
  }
  return all;
}

std::vector<CheckFigures>
shown_to(Audience audience, const RunRecord& record, std::vector<CheckFigures> checks)
{
  if (audience == Audience::candidate) {
    std::erase_if(checks, [&](const CheckFigures& check) {
      const auto spec = std::ranges::find(record.rubric.checks, check.id, &CheckSpec::id);
      return spec != record.rubric.checks.end() && spec->hidden;
    });
  }
  return checks;
}

std::vector<InterviewTopic> interview_topics(const RunRecord& record)
{
  std::map<std::string_view, std::vector<std::string_view>> because;
  const auto checks = check_figures(record);
  for (const CheckSpec& spec : record.rubric.checks) {
    const auto check = std::ranges::find(checks, spec.id, &CheckFigures::id);
    if (check == checks.end() || check->lost == Points{}) {
      continue;
    }
    for (const std::string& topic : spec.topics) {
      because[topic].push_back(spec.id);
    }
  }
  std::vector<InterviewTopic> topics;
  for (const TopicSpec& topic : record.rubric.topics) {
    if (const auto found = because.find(topic.id); found != because.end()) {
      topics.push_back({&topic, found->second});
    }
  }
  return topics;
}

std::string_view basis_word(Basis basis)
{
  switch (basis) {
  case Basis::none:
    return "none";
  case Basis::claimed:
    return "claimed";
  case Basis::reading:
    return "static";
  case Basis::cross_checked:
    return "cross_checked";
  case Basis::observed:
    return "observed";
  }
  throw std::logic_error("unknown Basis");
}

std::string_view migration_word(MigrationKind kind)
{
  switch (kind) {
  case MigrationKind::none:
    return "none";
  case MigrationKind::alembic:
    return "alembic";
  case MigrationKind::flask_migrate:
    return "flask-migrate";
  case MigrationKind::lone_revision:
    return "lone-revision";
  }
  throw std::logic_error("unknown MigrationKind");
}

} // namespace assay::report
