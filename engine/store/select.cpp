// SPDX-License-Identifier: MIT
#include "engine/codec/codec.hpp"
#include "engine/store/compress.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/statement.hpp"

#include <fmt/format.h>

namespace assay::store {

namespace {

/// Documents were written by this or an earlier version of the types.
constexpr codec::ReadOptions k_stored{.missing = codec::Missing::defaulted,
                                      .max_bytes = std::size_t{1024} * 1024 * 1024};

Error damaged(RunId id)
{
  return {ErrorCode::invalid_input,
          fmt::format("run {} is stored in a form this version cannot read", id.value)};
}

/// A query about one run.
Rows about(const SQLite::Database& database, const std::string& sql, std::int64_t id)
{
  Rows rows(database, sql);
  rows.statement().bind(1, id);
  return rows;
}

struct Reference {
  std::int64_t submission = 0;
  std::string rubric;
  std::string rubric_path;
  std::string resolution;
  std::string facts;
  std::size_t facts_bytes = 0;
};

Result<Reference> select_run(const SQLite::Database& database, RunId id, RunRecord& record)
{
  Rows rows = about(
    database,
    "SELECT runs.graded_at, engine_version, submission_id, rubrics.content, rubric_path, runtime,"
    " python, sqlalchemy, alembic, database, isolation, resolution, point, low, high, band,"
    " band_before_gates, needs_review, clone_ms, read_ms, execute_ms, total_ms,"
    " facts.content_bytes, facts.content"
    " FROM runs JOIN rubrics ON rubrics.id = rubric_id JOIN facts ON facts.id = facts_id"
    " WHERE runs.id = ?",
    id.value);
  if (!rows.next()) {
    return Error{ErrorCode::not_found, fmt::format("there is no run {}", id.value)};
  }
  Reference reference;
  ExecutionRecord& execution = record.execution;
  Scorecard& card = record.scorecard;
  rows >> record.graded_at >> record.engine_version >> reference.submission >> reference.rubric
    >> reference.rubric_path >> execution.runtime >> execution.python >> execution.sqlalchemy
    >> execution.alembic >> execution.database >> execution.isolation >> reference.resolution
    >> card.total.point >> card.total.low >> card.total.high >> card.band >> card.band_before_gates
    >> card.needs_review >> record.timings.clone_ms >> record.timings.read_ms
    >> record.timings.execute_ms >> record.timings.total_ms >> reference.facts_bytes
    >> reference.facts;
  if (!rows.sound()) {
    return damaged(id);
  }
  return reference;
}

bool select_submission(const SQLite::Database& database,
                       std::int64_t id,
                       SubmissionRecord& submission)
{
  Rows rows = about(
    database,
    "SELECT source, ref, commit_id, tree_digest, graded_before, commits, committed_at,"
    " first_commit_at, shallow, commits_after, files, python_files"
    " FROM submissions JOIN candidates ON candidates.id = candidate_id WHERE submissions.id = ?",
    id);
  if (!rows.next()) {
    return false;
  }
  History& history = submission.history;
  rows >> submission.source >> submission.ref >> submission.commit >> submission.tree_digest
    >> submission.before >> history.commits >> history.committed_at >> history.first_commit_at
    >> history.shallow >> history.commits_after >> submission.files >> submission.python_files;
  Rows skipped = about(
    database,
    "SELECT path, reason, detail FROM skipped_paths WHERE submission_id = ? ORDER BY position",
    id);
  while (skipped.next()) {
    SkippedPath& path = submission.skipped.emplace_back();
    skipped >> path.path >> path.reason >> path.detail;
  }
  return rows.sound() && skipped.sound();
}

bool select_verdicts(const SQLite::Database& database, RunId id, std::vector<Verdict>& verdicts)
{
  Rows rows = about(
    database,
    "SELECT check_id, outcome, credit, earned_share, lost_share, expected_share, basis, confidence,"
    " reason FROM verdicts WHERE run_id = ? ORDER BY position",
    id.value);
  while (rows.next()) {
    Verdict& each = verdicts.emplace_back();
    rows >> each.check >> each.outcome >> each.credit >> each.earned >> each.lost >> each.expected
      >> each.basis >> each.confidence >> each.reason;
  }
  std::size_t at = 0;
  Rows levels =
    about(database,
          "SELECT verdict, level FROM verdict_levels WHERE run_id = ? ORDER BY verdict, position",
          id.value);
  while (levels.next()) {
    std::string level;
    levels >> at >> level;
    if (at >= verdicts.size()) {
      return false;
    }
    verdicts[at].levels.push_back(level);
  }
  Rows evidence =
    about(database,
          "SELECT verdict, path, line, column_number, end_line, text, note FROM evidence"
          " WHERE run_id = ? ORDER BY verdict, position",
          id.value);
  while (evidence.next()) {
    Evidence each;
    evidence >> at >> each.where.path >> each.where.line >> each.where.column >> each.where.end_line
      >> each.where.text >> each.note;
    if (at >= verdicts.size()) {
      return false;
    }
    verdicts[at].evidence.push_back(std::move(each));
  }
  return rows.sound();
}

void select_scores(const SQLite::Database& database, RunId id, Scorecard& card)
{
  Rows checks =
    about(database,
          "SELECT check_id, category, available, earned, lost, undetermined, expected, applicable"
          " FROM check_scores WHERE run_id = ? ORDER BY position",
          id.value);
  while (checks.next()) {
    ScoredCheck& each = card.checks.emplace_back();
    checks >> each.check >> each.category >> each.available >> each.earned >> each.lost
      >> each.undetermined >> each.expected >> each.applicable;
  }
  Rows categories =
    about(database,
          "SELECT category, title, weight, point, low, high, applicable FROM category_scores"
          " WHERE run_id = ? ORDER BY position",
          id.value);
  while (categories.next()) {
    CategoryScore& each = card.categories.emplace_back();
    categories >> each.category >> each.title >> each.weight >> each.score.point >> each.score.low
      >> each.score.high >> each.applicable;
  }
  Rows gates =
    about(database,
          "SELECT gate, title, tripped, reason FROM gates WHERE run_id = ? ORDER BY position",
          id.value);
  while (gates.next()) {
    GateResult& each = card.gates.emplace_back();
    gates >> each.id >> each.title >> each.tripped >> each.reason;
  }
  Rows reasons = about(
    database, "SELECT reason FROM review_reasons WHERE run_id = ? ORDER BY position", id.value);
  while (reasons.next()) {
    reasons >> card.review_reasons.emplace_back();
  }
}

} // namespace

Result<Facts> read_facts(const std::string& content, std::size_t bytes)
{
  ASSAY_ASSIGN(const std::string text, decompress(content, bytes));
  return codec::from_json<Facts>(text, k_stored);
}

Result<RunRecord> select_judgement(const SQLite::Database& database, RunId id)
{
  RunRecord record;
  ASSAY_ASSIGN(const Reference reference, select_run(database, id, record));
  if (!select_submission(database, reference.submission, record.submission)
      || !select_verdicts(database, id, record.judgement.verdicts)) {
    return damaged(id);
  }
  select_scores(database, id, record.scorecard);
  Rows rubric = about(database,
                      "SELECT name, version, rubrics.title, digest FROM runs"
                      " JOIN rubrics ON rubrics.id = rubric_id WHERE runs.id = ?",
                      id.value);
  if (rubric.next()) {
    rubric >> record.rubric.id >> record.rubric.version >> record.rubric.title
      >> record.rubric.digest;
  }
  Rows flags =
    about(database,
          "SELECT flag, path, line, detail FROM flags WHERE run_id = ? ORDER BY position",
          id.value);
  while (flags.next()) {
    IntegrityFlag& flag = record.facts.integrity.emplace_back();
    flags >> flag.flag >> flag.where.path >> flag.where.line >> flag.detail;
  }
  return record;
}

Result<RunRecord> select(const SQLite::Database& database, RunId id)
{
  RunRecord record;
  ASSAY_ASSIGN(const Reference reference, select_run(database, id, record));
  if (!select_submission(database, reference.submission, record.submission)
      || !select_verdicts(database, id, record.judgement.verdicts)) {
    return damaged(id);
  }
  select_scores(database, id, record.scorecard);
  ASSAY_ASSIGN(record.judgement.resolution,
               codec::from_json<Resolution>(reference.resolution, k_stored));
  ASSAY_ASSIGN(record.rubric, codec::from_json<Rubric>(reference.rubric, k_stored));
  record.rubric.path = reference.rubric_path;
  ASSAY_ASSIGN(record.facts, read_facts(reference.facts, reference.facts_bytes));
  return record;
}

} // namespace assay::store
