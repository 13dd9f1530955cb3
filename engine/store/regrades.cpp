// SPDX-License-Identifier: MIT
#include "engine/store/regrades.hpp"

#include "engine/codec/codec.hpp"
#include "engine/codec/packed.hpp"
#include "engine/store/compress.hpp"
#include "engine/store/connection.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/run_writer.hpp"
#include "engine/store/statement.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

namespace assay::store {

namespace {

Result<void>
read_stored_facts(Rows& documents, StoredWork& work, std::string content, std::size_t bytes)
{
  if (const auto copy =
        content.empty() ? Result<std::string>(std::string()) : decompress(content, bytes)) {
    if (auto facts = codec::unpack_facts(*copy)) {
      work.facts = std::move(*facts);
      work.copied = true;
      return {};
    }
  }
  documents.statement().reset();
  documents.statement().bind(1, work.facts_row);
  if (!documents.next()) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("the facts of run {} are missing", work.run.value)};
  }
  documents >> content >> bytes;
  documents.statement().reset();
  ASSAY_ASSIGN(work.facts, read_facts(content, bytes));
  return {};
}

} // namespace

struct Regrades::Statements {
  explicit Statements(const SQLite::Database& database)
    : run(database,
          "SELECT runs.submission_id, runs.facts_id, runs.rubric_id, runtime, python, sqlalchemy,"
          " alembic, database, isolation, point, low, high, band,"
          " coalesce(packed_facts.content_bytes, 0), coalesce(packed_facts.content, '')"
          " FROM runs LEFT JOIN packed_facts ON packed_facts.facts_id = runs.facts_id"
          " AND packed_facts.layout = ? WHERE runs.id = ?"),
      documents(database, "SELECT content, content_bytes FROM facts WHERE id = ?"),
      checks(database, "SELECT check_id, expected FROM check_scores WHERE run_id = ?")
  {
  }

  Rows run;
  Rows documents;
  Rows checks;
};

Regrades::Regrades(Store& store)
  : store_(store)
{
}

Regrades::~Regrades() = default;

Result<StoredWork> Regrades::read(RunId run, WithChecks with_checks)
{
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<StoredWork> {
      if (statements_ == nullptr) {
        statements_ = std::make_unique<Statements>(store_.connection_->database);
      }
      Rows& rows = statements_->run;
      rows.statement().reset();
      rows.statement().bind(1, codec::packed_layout());
      rows.statement().bind(2, run.value);
      if (!rows.next()) {
        return Error{ErrorCode::not_found, fmt::format("there is no run {}", run.value)};
      }
      StoredWork work;
      work.run = run;
      ExecutionRecord& execution = work.execution;
      std::string content;
      std::size_t bytes = 0;
      rows >> work.submission >> work.facts_row >> work.rubric_row >> execution.runtime
        >> execution.python >> execution.sqlalchemy >> execution.alembic >> execution.database
        >> execution.isolation >> work.total.point >> work.total.low >> work.total.high >> work.band
        >> bytes >> content;
      rows.statement().reset();
      ASSAY_TRY(read_stored_facts(statements_->documents, work, std::move(content), bytes));
      if (with_checks == WithChecks::yes) {
        Rows& checks = statements_->checks;
        checks.statement().reset();
        checks.statement().bind(1, run.value);
        while (checks.next()) {
          std::string check;
          Points expected;
          checks >> check >> expected;
          work.earned.emplace(std::move(check), expected);
        }
      }
      return work;
    });
}

Result<Rubric> Regrades::rubric(std::int64_t row) const
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<Rubric> {
    Rows rows(store_.connection_->database, "SELECT content FROM rubrics WHERE id = ?");
    rows.statement().bind(1, row);
    if (!rows.next()) {
      return Error{ErrorCode::not_found, fmt::format("there is no rubric {}", row)};
    }
    std::string content;
    rows >> content;
    return codec::from_json<Rubric>(content, {.missing = codec::Missing::defaulted});
  });
}

Result<std::vector<RunId>> Regrades::save(const std::vector<Regraded>& regraded)
{
  std::vector<RunId> runs;
  if (regraded.empty()) {
    return runs;
  }
  SQLite::Database& database = store_.connection_->database;
  Documents made;
  describe_rubric(made, regraded.front().record.rubric);
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<std::vector<RunId>> {
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      const std::int64_t rubric = rubric_row(database, regraded.front().record.rubric, made);
      {
        RunWriter writer(database);
        Command entry(database,
                      "UPDATE batch_entries SET run_id = ?, finished_at = ? WHERE id = ?");
        for (const Regraded& each : regraded) {
          if (!each.work.copied) {
            ASSAY_ASSIGN(const Packed copy, packed(each.record.facts));
            keep_packed(database, each.work.facts_row, copy);
          }
          const RunId run = writer.write(each.record,
                                         {each.work.submission, rubric, each.work.facts_row},
                                         codec::to_json(each.record.judgement.resolution));
          entry.run(run.value, each.record.graded_at, each.entry);
          runs.push_back(run);
        }
      }
      transaction.commit();
      return runs;
    });
}

} // namespace assay::store
