// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/run_record.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<ResolvedEntity>, Visit&& visit)
{
  using T = ResolvedEntity;
  visit("role", &T::role);
  visit("class_name", &T::class_name);
  visit("table", &T::table);
  visit("origin", &T::origin);
  visit("confidence", &T::confidence);
  visit("weak", &T::weak);
  visit("aliases", &T::aliases);
  visit("alias_tables", &T::alias_tables);
  visit("columns", &T::columns);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<ResolvedRelation>, Visit&& visit)
{
  using T = ResolvedRelation;
  visit("id", &T::id);
  visit("links", &T::links);
}

template<class Visit>
void members(Of<Resolution>, Visit&& visit)
{
  using T = Resolution;
  visit("entities", &T::entities);
  visit("relations", &T::relations);
  visit("queries", &T::queries);
  visit("score", &T::score);
  visit("ambiguous", &T::ambiguous);
  visit("notes", &T::notes);
}

template<class Visit>
void members(Of<Verdict>, Visit&& visit)
{
  using T = Verdict;
  visit("check", &T::check);
  visit("outcome", &T::outcome);
  visit("credit", &T::credit);
  visit("earned", &T::earned);
  visit("lost", &T::lost);
  visit("expected", &T::expected);
  visit("basis", &T::basis);
  visit("confidence", &T::confidence);
  visit("levels", &T::levels);
  visit("reason", &T::reason);
  visit("evidence", &T::evidence);
}

template<class Visit>
void members(Of<Judgement>, Visit&& visit)
{
  using T = Judgement;
  visit("resolution", &T::resolution);
  visit("verdicts", &T::verdicts);
}

template<class Visit>
void members(Of<ScoredCheck>, Visit&& visit)
{
  using T = ScoredCheck;
  visit("check", &T::check);
  visit("category", &T::category);
  visit("available", &T::available);
  visit("earned", &T::earned);
  visit("lost", &T::lost);
  visit("undetermined", &T::undetermined);
  visit("expected", &T::expected);
  visit("applicable", &T::applicable);
}

template<class Visit>
void members(Of<Interval>, Visit&& visit)
{
  using T = Interval;
  visit("point", &T::point);
  visit("low", &T::low);
  visit("high", &T::high);
}

template<class Visit>
void members(Of<CategoryScore>, Visit&& visit)
{
  using T = CategoryScore;
  visit("category", &T::category);
  visit("title", &T::title);
  visit("weight", &T::weight);
  visit("score", &T::score);
  visit("applicable", &T::applicable);
}

template<class Visit>
void members(Of<GateResult>, Visit&& visit)
{
  using T = GateResult;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("tripped", &T::tripped);
  visit("reason", &T::reason);
}

template<class Visit>
void members(Of<Scorecard>, Visit&& visit)
{
  using T = Scorecard;
  visit("checks", &T::checks);
  visit("categories", &T::categories);
  visit("total", &T::total);
  visit("band", &T::band);
  visit("band_before_gates", &T::band_before_gates);
  visit("gates", &T::gates);
  visit("needs_review", &T::needs_review);
  visit("review_reasons", &T::review_reasons);
}

template<class Visit>
void members(Of<SkippedPath>, Visit&& visit)
{
  using T = SkippedPath;
  visit("path", &T::path);
  visit("reason", &T::reason);
  visit("detail", &T::detail);
}

template<class Visit>
void members(Of<History>, Visit&& visit)
{
  using T = History;
  visit("commits", &T::commits);
  visit("committed_at", &T::committed_at);
  visit("first_commit_at", &T::first_commit_at);
  visit("shallow", &T::shallow);
  visit("commits_after", &T::commits_after);
}

template<class Visit>
void members(Of<SubmissionRecord>, Visit&& visit)
{
  using T = SubmissionRecord;
  visit("source", &T::source);
  visit("ref", &T::ref);
  visit("commit", &T::commit);
  visit("tree_digest", &T::tree_digest);
  visit("history", &T::history);
  visit("before", &T::before);
  visit("files", &T::files);
  visit("python_files", &T::python_files);
  visit("skipped", &T::skipped);
}

template<class Visit>
void members(Of<ExecutionRecord>, Visit&& visit)
{
  using T = ExecutionRecord;
  visit("runtime", &T::runtime);
  visit("python", &T::python);
  visit("sqlalchemy", &T::sqlalchemy);
  visit("alembic", &T::alembic);
  visit("database", &T::database);
  visit("isolation", &T::isolation);
}

template<class Visit>
void members(Of<Timings>, Visit&& visit)
{
  using T = Timings;
  visit("clone_ms", &T::clone_ms);
  visit("read_ms", &T::read_ms);
  visit("execute_ms", &T::execute_ms);
  visit("total_ms", &T::total_ms);
}

template<class Visit>
void members(Of<RunRecord>, Visit&& visit)
{
  using T = RunRecord;
  visit("engine_version", &T::engine_version);
  visit("graded_at", &T::graded_at);
  visit("submission", &T::submission);
  visit("rubric", &T::rubric);
  visit("execution", &T::execution);
  visit("facts", &T::facts);
  visit("judgement", &T::judgement);
  visit("scorecard", &T::scorecard);
  visit("timings", &T::timings);
}

} // namespace assay::codec
