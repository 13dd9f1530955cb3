// SPDX-License-Identifier: MIT
#include "engine/base/digest.hpp"
#include "engine/codec/codec.hpp"
#include "engine/model/query_role.hpp"
#include "engine/store/compress.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/statement.hpp"

#include <fmt/format.h>

namespace assay::store {

namespace {

constexpr std::size_t k_max_value_bytes = 1'000'000'000; // SQLite's limit: sqlite.org/limits.html

/// The id of a row that never changes: found by its key, or made.
class Shared {
public:
  Shared(const SQLite::Database& database, const char* insert, const char* find)
    : insert_(database, insert),
      find_(database, find)
  {
  }

  Command& insertion() { return insert_; }

  std::int64_t id(const std::string& key)
  {
    find_.statement().bind(1, key);
    return id();
  }

  std::int64_t id()
  {
    std::int64_t found = 0;
    find_.next();
    find_ >> found;
    return found;
  }

  SQLite::Statement& find() { return find_.statement(); }

private:
  Command insert_;
  Rows find_;
};

bool changed(const SQLite::Database& database)
{
  return database.getChanges() > 0;
}

std::int64_t
insert_rubric(SQLite::Database& database, const Rubric& rubric, const Documents& documents)
{
  Shared shared(database,
                "INSERT INTO rubrics (name, version, title, digest, content_digest, content)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                "SELECT id FROM rubrics WHERE content_digest = ?");
  shared.insertion().run(rubric.id,
                         rubric.version,
                         rubric.title,
                         rubric.digest,
                         documents.rubric_digest,
                         documents.rubric);
  const bool is_new = changed(database);
  const std::int64_t id = shared.id(documents.rubric_digest);
  if (is_new) {
    Command check(
      database,
      "INSERT INTO rubric_checks (rubric_id, position, check_id, category, kind, title, points)"
      " VALUES (?, ?, ?, ?, ?, ?, ?)");
    int position = 0;
    for (const CheckSpec& spec : rubric.checks) {
      check.run(id, position++, spec.id, spec.category, spec.kind, spec.title, spec.points);
    }
  }
  return id;
}

std::int64_t insert_submission(SQLite::Database& database,
                               const SubmissionRecord& submission,
                               const std::string& digest)
{
  Shared candidate(database,
                   "INSERT INTO candidates (source) VALUES (?) ON CONFLICT DO NOTHING",
                   "SELECT id FROM candidates WHERE source = ?");
  candidate.insertion().run(submission.source);
  Shared shared(
    database,
    "INSERT INTO submissions (candidate_id, content_digest, ref, commit_id, tree_digest, "
    "graded_before,"
    " commits, committed_at, first_commit_at, shallow, commits_after, files, python_files)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    "SELECT id FROM submissions WHERE content_digest = ?");
  const History& history = submission.history;
  shared.insertion().run(candidate.id(to_utf8_lossy(submission.source)),
                         digest,
                         submission.ref,
                         submission.commit,
                         submission.tree_digest,
                         submission.before,
                         history.commits,
                         history.committed_at,
                         history.first_commit_at,
                         history.shallow,
                         history.commits_after,
                         submission.files,
                         submission.python_files);
  const bool is_new = changed(database);
  const std::int64_t id = shared.id(digest);
  if (is_new) {
    Command skipped(database,
                    "INSERT INTO skipped_paths (submission_id, position, path, reason, detail)"
                    " VALUES (?, ?, ?, ?, ?)");
    int position = 0;
    for (const SkippedPath& path : submission.skipped) {
      skipped.run(id, position++, path.path, path.reason, path.detail);
    }
  }
  return id;
}

std::int64_t
insert_facts(SQLite::Database& database, const RunRecord& record, const Documents& documents)
{
  SQLite::Statement insertion(
    database,
    "INSERT INTO facts (tree_digest, version, execution, content_digest, content_bytes,"
    " content) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING");
  const std::string tree = to_utf8_lossy(record.submission.tree_digest);
  insertion.bind(1, tree);
  insertion.bind(2, record.facts.version);
  insertion.bind(3, documents.execution);
  insertion.bind(4, documents.facts_digest);
  insertion.bind(5, static_cast<std::int64_t>(documents.facts_bytes));
  insertion.bindNoCopy(6, documents.facts.data(), static_cast<int>(documents.facts.size()));
  insertion.exec();

  Rows find(database,
            "SELECT id FROM facts WHERE tree_digest = ? AND version = ? AND execution = ? AND "
            "content_digest = ?");
  find.statement().bind(1, tree);
  find.statement().bind(2, record.facts.version);
  find.statement().bind(3, documents.execution);
  find.statement().bind(4, documents.facts_digest);
  std::int64_t id = 0;
  find.next();
  find >> id;
  return id;
}

std::int64_t
insert_run(SQLite::Database& database, const RunRecord& record, const Documents& documents)
{
  const std::int64_t submission =
    insert_submission(database, record.submission, documents.submission_digest);
  const std::int64_t rubric = insert_rubric(database, record.rubric, documents);
  const std::int64_t facts = insert_facts(database, record, documents);
  Command run(
    database,
    "INSERT INTO runs (graded_at, engine_version, submission_id, rubric_id, rubric_path, facts_id,"
    " runtime, python, sqlalchemy, alembic, database, isolation, resolution, point, low, high, "
    "band,"
    " band_before_gates, needs_review, clone_ms, read_ms, execute_ms, total_ms)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const ExecutionRecord& execution = record.execution;
  const Scorecard& card = record.scorecard;
  run.run(record.graded_at,
          record.engine_version,
          submission,
          rubric,
          record.rubric.path,
          facts,
          execution.runtime,
          execution.python,
          execution.sqlalchemy,
          execution.alembic,
          execution.database,
          execution.isolation,
          documents.resolution,
          card.total.point,
          card.total.low,
          card.total.high,
          card.band,
          card.band_before_gates,
          card.needs_review,
          record.timings.clone_ms,
          record.timings.read_ms,
          record.timings.execute_ms,
          record.timings.total_ms);
  return database.getLastInsertRowid();
}

void insert_verdicts(SQLite::Database& database,
                     std::int64_t run,
                     const std::vector<Verdict>& verdicts)
{
  Command verdict(
    database,
    "INSERT INTO verdicts (run_id, position, check_id, outcome, credit, earned_share, lost_share,"
    " expected_share, basis, confidence, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Command level(
    database, "INSERT INTO verdict_levels (run_id, verdict, position, level) VALUES (?, ?, ?, ?)");
  Command evidence(
    database,
    "INSERT INTO evidence (run_id, verdict, position, path, line, column_number, end_line, text,"
    " note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Verdict& each = verdicts[i];
    verdict.run(run,
                i,
                each.check,
                each.outcome,
                each.credit,
                each.earned,
                each.lost,
                each.expected,
                each.basis,
                each.confidence,
                each.reason);
    for (std::size_t j = 0; j < each.levels.size(); ++j) {
      level.run(run, i, j, each.levels[j]);
    }
    for (std::size_t j = 0; j < each.evidence.size(); ++j) {
      const Location& where = each.evidence[j].where;
      evidence.run(run,
                   i,
                   j,
                   where.path,
                   where.line,
                   where.column,
                   where.end_line,
                   where.text,
                   each.evidence[j].note);
    }
  }
}

void insert_scores(SQLite::Database& database, std::int64_t run, const Scorecard& card)
{
  Command check(
    database,
    "INSERT INTO check_scores (run_id, position, check_id, category, available, earned, lost,"
    " undetermined, expected, applicable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < card.checks.size(); ++i) {
    const ScoredCheck& each = card.checks[i];
    check.run(run,
              i,
              each.check,
              each.category,
              each.available,
              each.earned,
              each.lost,
              each.undetermined,
              each.expected,
              each.applicable);
  }
  Command category(
    database,
    "INSERT INTO category_scores (run_id, position, category, title, weight, point, low, high,"
    " applicable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < card.categories.size(); ++i) {
    const CategoryScore& each = card.categories[i];
    category.run(run,
                 i,
                 each.category,
                 each.title,
                 each.weight,
                 each.score.point,
                 each.score.low,
                 each.score.high,
                 each.applicable);
  }
  Command gate(
    database,
    "INSERT INTO gates (run_id, position, gate, title, tripped, reason) VALUES (?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < card.gates.size(); ++i) {
    const GateResult& each = card.gates[i];
    gate.run(run, i, each.id, each.title, each.tripped, each.reason);
  }
  Command reason(database,
                 "INSERT INTO review_reasons (run_id, position, reason) VALUES (?, ?, ?)");
  for (std::size_t i = 0; i < card.review_reasons.size(); ++i) {
    reason.run(run, i, card.review_reasons[i]);
  }
}

/// Parts of the facts that analysts ask for; reading a run back does not need them.
void insert_extracts(SQLite::Database& database, std::int64_t run, const RunRecord& record)
{
  Command flag(
    database,
    "INSERT INTO flags (run_id, position, flag, path, line, detail) VALUES (?, ?, ?, ?, ?, ?)");
  const auto& flags = record.facts.integrity;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flag.run(run, i, flags[i].flag, flags[i].where.path, flags[i].where.line, flags[i].detail);
  }
  Command query(
    database,
    "INSERT INTO queries (run_id, position, ref, role, path, line) VALUES (?, ?, ?, ?, ?, ?)");
  const auto& callables = record.facts.queries.callables;
  for (std::size_t i = 0; i < callables.size(); ++i) {
    const auto roles = query_roles(record.rubric, record.judgement.resolution, callables[i]);
    query.run(
      run, i, callables[i].ref, join(roles, ","), callables[i].where.path, callables[i].where.line);
  }
  const MigrationFacts& migration = record.facts.migration;
  Command summary(
    database,
    "INSERT INTO migrations (run_id, kind, directory, revisions, heads) VALUES (?, ?, ?, ?, ?)");
  summary.run(
    run, migration.kind, migration.directory, migration.revisions.size(), migration.heads.size());
}

} // namespace

std::string execution_key(const ExecutionRecord& execution)
{
  return execution == ExecutionRecord{} ? "reading" : codec::to_json(execution);
}

Result<Documents> documents(const RunRecord& record)
{
  Documents made;
  Rubric rubric = record.rubric;
  rubric.path.clear();
  made.rubric = codec::to_json(rubric);
  made.rubric_digest = sha256(made.rubric);
  const std::string facts = codec::to_json(record.facts);
  made.facts_bytes = facts.size();
  made.facts_digest = sha256(facts);
  ASSAY_ASSIGN(made.facts, compress(facts));
  if (made.facts.size() > k_max_value_bytes) {
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("the facts take {} bytes compressed, more than {}",
                             made.facts.size(),
                             k_max_value_bytes)};
  }
  made.submission_digest = sha256(codec::to_json(record.submission));
  made.resolution = codec::to_json(record.judgement.resolution);
  made.execution = execution_key(record.execution);
  return made;
}

RunId insert(SQLite::Database& database, const RunRecord& record, const Documents& documents)
{
  const std::int64_t run = insert_run(database, record, documents);
  insert_verdicts(database, run, record.judgement.verdicts);
  insert_scores(database, run, record.scorecard);
  insert_extracts(database, run, record);
  return RunId{run};
}

} // namespace assay::store
