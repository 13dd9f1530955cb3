// SPDX-License-Identifier: MIT
// Private to this module: the parts of the terminal report, in the order in which they are printed.
#pragma once

#include "engine/report/figures.hpp"
#include "engine/report/page.hpp"

#include <vector>

namespace assay::report {

/// What was graded, by what.
void print_subject(Page& page, const RunRecord& record);

/// Tripped gates, integrity flags, why a person should look.
void print_alarms(Page& page, const RunRecord& record);

/// The score with its interval and band, and the categories as bars.
void print_score(Page& page, const RunRecord& record);

/// Where points were lost, the most first, with reason and the candidate's lines.
void print_lost(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks);

/// What could not be settled and why.
void print_uncertain(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks);

/// What passed, by category, and what does not apply.
void print_passed(Page& page, const RunRecord& record, const std::vector<CheckFigures>& checks);

/// Every check with outcome, points, reason and evidence.
void print_every_check(Page& page,
                       const RunRecord& record,
                       const std::vector<CheckFigures>& checks);

/// Entities, queries, migrations and the database the report speaks of.
void print_found(Page& page, const RunRecord& record, Detail detail);

/// The revisions as a graph, what each does, how they ran, what to mind on tables in use.
void print_migration(Page& page, const RunRecord& record, Detail detail);

void print_interview(Page& page, const RunRecord& record);

/// Paths that are not graded.
void print_skipped(Page& page, const RunRecord& record, Detail detail);

/// What to keep in mind, and how to see more.
void print_notes(Page& page, const RunRecord& record, const RenderOptions& options);

/// Evidence below a check: place, the candidate's line, what it shows; at most `limit`, then how
/// many more.
void print_evidence(Page& page,
                    std::size_t indent,
                    const std::vector<Evidence>& evidence,
                    std::size_t limit);

/// "app/models.py:12"
std::string place_text(const Location& where);

} // namespace assay::report
