// SPDX-License-Identifier: MIT
#include "engine/store/run_writer.hpp"

#include "engine/model/query_role.hpp"

namespace assay::store {

RunWriter::RunWriter(SQLite::Database& database)
  : database_(database),
    run_(
      database,
      "INSERT INTO runs (graded_at, engine_version, submission_id, rubric_id, rubric_path,"
      " facts_id, runtime, python, sqlalchemy, alembic, database, isolation, resolution, point,"
      " low, high, band, band_before_gates, needs_review, clone_ms, read_ms, execute_ms, total_ms)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    verdict_(
      database,
      "INSERT INTO verdicts (run_id, position, check_id, outcome, credit, earned_share, lost_share,"
      " expected_share, basis, confidence, reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    level_(database,
           "INSERT INTO verdict_levels (run_id, verdict, position, level) VALUES (?, ?, ?, ?)"),
    evidence_(
      database,
      "INSERT INTO evidence (run_id, verdict, position, path, line, column_number, end_line, text,"
      " note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    check_(
      database,
      "INSERT INTO check_scores (run_id, position, check_id, category, available, earned, lost,"
      " undetermined, expected, applicable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    category_(
      database,
      "INSERT INTO category_scores (run_id, position, category, title, weight, point, low, high,"
      " applicable) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"),
    gate_(database,
          "INSERT INTO gates (run_id, position, gate, title, tripped, reason) VALUES (?, ?, ?, ?, "
          "?, ?)"),
    reason_(database, "INSERT INTO review_reasons (run_id, position, reason) VALUES (?, ?, ?)"),
    flag_(
      database,
      "INSERT INTO flags (run_id, position, flag, path, line, detail) VALUES (?, ?, ?, ?, ?, ?)"),
    query_(
      database,
      "INSERT INTO queries (run_id, position, ref, role, path, line) VALUES (?, ?, ?, ?, ?, ?)"),
    summary_(
      database,
      "INSERT INTO migrations (run_id, kind, directory, revisions, heads) VALUES (?, ?, ?, ?, ?)")
{
}

RunId RunWriter::write(const RunRecord& record,
                       const Rubric& rubric,
                       const RunParts& parts,
                       const std::string& resolution)
{
  const ExecutionRecord& execution = record.execution;
  const Scorecard& card = record.scorecard;
  run_.run(record.graded_at,
           record.engine_version,
           parts.submission,
           parts.rubric,
           rubric.path,
           parts.facts,
           execution.runtime,
           execution.python,
           execution.sqlalchemy,
           execution.alembic,
           execution.database,
           execution.isolation,
           resolution,
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
  const std::int64_t run = database_.getLastInsertRowid();
  write_verdicts(run, record.judgement.verdicts);
  write_scores(run, record.scorecard);
  write_extracts(run, record, rubric);
  return RunId{run};
}

void RunWriter::write_verdicts(std::int64_t run, const std::vector<Verdict>& verdicts)
{
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    const Verdict& each = verdicts[i];
    verdict_.run(run,
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
      level_.run(run, i, j, each.levels[j]);
    }
    for (std::size_t j = 0; j < each.evidence.size(); ++j) {
      const Location& where = each.evidence[j].where;
      evidence_.run(run,
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

void RunWriter::write_scores(std::int64_t run, const Scorecard& card)
{
  for (std::size_t i = 0; i < card.checks.size(); ++i) {
    const ScoredCheck& each = card.checks[i];
    check_.run(run,
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
  for (std::size_t i = 0; i < card.categories.size(); ++i) {
    const CategoryScore& each = card.categories[i];
    category_.run(run,
                  i,
                  each.category,
                  each.title,
                  each.weight,
                  each.score.point,
                  each.score.low,
                  each.score.high,
                  each.applicable);
  }
  for (std::size_t i = 0; i < card.gates.size(); ++i) {
    const GateResult& each = card.gates[i];
    gate_.run(run, i, each.id, each.title, each.tripped, each.reason);
  }
  for (std::size_t i = 0; i < card.review_reasons.size(); ++i) {
    reason_.run(run, i, card.review_reasons[i]);
  }
}

/// Parts of the facts that analysts ask for; reading a run back does not need them.
void RunWriter::write_extracts(std::int64_t run, const RunRecord& record, const Rubric& rubric)
{
  const auto& flags = record.facts.integrity;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    flag_.run(run, i, flags[i].flag, flags[i].where.path, flags[i].where.line, flags[i].detail);
  }
  const auto& callables = record.facts.queries.callables;
  for (std::size_t i = 0; i < callables.size(); ++i) {
    const auto roles = query_roles(rubric, record.judgement.resolution, callables[i]);
    query_.run(
      run, i, callables[i].ref, join(roles, ","), callables[i].where.path, callables[i].where.line);
  }
  const MigrationFacts& migration = record.facts.migration;
  summary_.run(
    run, migration.kind, migration.directory, migration.revisions.size(), migration.heads.size());
}

} // namespace assay::store
