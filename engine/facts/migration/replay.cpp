// SPDX-License-Identifier: MIT
#include "engine/facts/migration/replay.hpp"

#include "engine/facts/migration/schema_state.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

void apply_list(const StepList& list, Direction direction, SchemaState& state, Revision& facts)
{
  for (const Step& step : list.steps) {
    state.apply(step, direction, facts.problems);
  }
  if (!list.complete) {
    state.lose_track();
  }
}

void add_own_problems(const StepList& list, Direction direction, Revision& facts)
{
  for (const auto& [name, where] : list.undefined_names) {
    RevisionProblem problem;
    problem.id = "undefined_name";
    problem.detail = name;
    problem.in_downgrade = direction == Direction::downgrade;
    problem.where = where;
    facts.problems.push_back(std::move(problem));
  }
  if (list.raises
      && direction == Direction::upgrade) { // a downgrade that raises is a declared limit
    RevisionProblem problem;
    problem.id = "raises";
    problem.detail = list.raised;
    problem.where = list.raised_where;
    facts.problems.push_back(std::move(problem));
  }
}

/// A problem in a loop or a helper that is met several times is one problem.
void remove_repeated(std::vector<RevisionProblem>& problems)
{
  std::vector<RevisionProblem> unique;
  for (RevisionProblem& problem : problems) {
    if (std::ranges::find(unique, problem) == unique.end()) {
      unique.push_back(std::move(problem));
    }
  }
  problems = std::move(unique);
}

/// create_order only tells the truth when the table comes later; a table that never comes is
/// missing.
void name_missing_tables(std::vector<RevisionProblem>& problems, const SchemaState& final_state)
{
  for (RevisionProblem& problem : problems) {
    if (problem.id != "create_order") {
      continue;
    }
    const bool comes = std::ranges::any_of(final_state.tables(), [&](const Table& table) {
      return problem.detail.find("refers to " + table.name + ",") != std::string::npos;
    });
    if (comes) {
      const std::string ending = "does not exist at this point";
      const auto at = problem.detail.rfind(ending);
      problem.detail.replace(at, ending.size(), "is created later");
    }
  }
}

} // namespace

void replay(std::vector<ReadRevision>& revisions, bool convention, MigrationFacts& facts)
{
  SchemaState state(convention);
  for (ReadRevision& revision : revisions) {
    add_own_problems(revision.upgrade, Direction::upgrade, revision.file.facts);
    apply_list(revision.upgrade, Direction::upgrade, state, revision.file.facts);
  }
  facts.tables = state.tables();
  facts.tables_complete = !state.certain()    ? Truth::no
                          : state.ambiguous() ? Truth::unknown
                                              : Truth::yes;
  for (ReadRevision& revision : revisions) {
    name_missing_tables(revision.file.facts.problems, state);
  }
  facts.downgrade_complete = state.certain() ? Truth::yes : Truth::no;
  for (auto revision = revisions.rbegin(); revision != revisions.rend(); ++revision) {
    add_own_problems(revision->downgrade, Direction::downgrade, revision->file.facts);
    apply_list(revision->downgrade, Direction::downgrade, state, revision->file.facts);
    if (!revision->downgrade.complete) {
      facts.downgrade_complete = Truth::no;
    }
    if (revision->downgrade.raises) {
      break;
    }
  }
  for (const Table& table : state.tables()) {
    facts.left_after_downgrade.push_back(table.name);
  }
  facts.types_left.assign(state.types().begin(), state.types().end());
  for (ReadRevision& revision : revisions) {
    remove_repeated(revision.file.facts.problems);
  }
}

} // namespace assay::facts
