// SPDX-License-Identifier: MIT
// Private to this module: what every format says about a run, computed once so that the numbers are
// the same everywhere.
#pragma once

#include "engine/model/run_record.hpp"
#include "engine/report/report.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace assay::report {

/// A check with all that is known of it. Refers to the record it was made from.
struct CheckFigures {
  const Verdict* verdict = nullptr;
  std::string_view id;
  std::string_view category;
  std::string_view title; ///< the id if the rubric does not know the check
  std::string_view advice;
  Points points; ///< as the rubric declares
  Points earned;
  Points lost;
  Points undetermined;
  Points lost_of_total; ///< of the 100 of the total, rounded
  Points undetermined_of_total;
};

/// In the order of the verdicts.
std::vector<CheckFigures> check_figures(const RunRecord& record);

/// `checks` without those that the audience must not see.
std::vector<CheckFigures>
shown_to(Audience audience, const RunRecord& record, std::vector<CheckFigures> checks);

/// A topic to talk about, and the checks that lost points on it.
struct InterviewTopic {
  const TopicSpec* topic = nullptr;
  std::vector<std::string_view> because;
};

/// In the order of the rubric; topics whose checks lost nothing are left out.
std::vector<InterviewTopic> interview_topics(const RunRecord& record);

/// "static" for reading; the other words as they are.
std::string_view basis_word(Basis basis);

/// "alembic", "flask-migrate", "lone-revision", "none".
std::string_view migration_word(MigrationKind kind);

} // namespace assay::report
