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

struct Regrades::Statements {
  explicit Statements(const SQLite::Database& database)
    : run(database,
          "SELECT submission_id, facts_id, rubric_id, runtime, python, sqlalchemy, alembic,"
          " database, isolation, point, low, high, band FROM runs WHERE id = ?"),
      copies(database,
             "SELECT content, content_bytes FROM packed_facts WHERE facts_id = ? AND layout = ?"),
      documents(database, "SELECT content, content_bytes FROM facts WHERE id = ?"),
      checks(database, "SELECT check_id, expected FROM check_scores WHERE run_id = ?")
  {
  }

  Rows run;
  Rows copies;
  Rows documents;
  Rows checks;
};

Regrades::Regrades(Store& store)
  : store_(store)
{
}

Regrades::~Regrades() = default;

Regrades::Statements& Regrades::statements()
{
  if (statements_ == nullptr) {
    statements_ = std::make_unique<Statements>(store_.connection_->database);
  }
  return *statements_;
}

Result<StoredRun> Regrades::read(RunId run)
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<StoredRun> {
    Rows& rows = statements().run;
    rows.statement().reset();
    rows.statement().bind(1, run.value);
    if (!rows.next()) {
      return Error{ErrorCode::not_found, fmt::format("there is no run {}", run.value)};
    }
    StoredRun stored;
    stored.run = run;
    ExecutionRecord& execution = stored.execution;
    rows >> stored.submission >> stored.facts_row >> stored.rubric_row >> execution.runtime
      >> execution.python >> execution.sqlalchemy >> execution.alembic >> execution.database
      >> execution.isolation >> stored.total.point >> stored.total.low >> stored.total.high
      >> stored.band;
    rows.statement().reset();
    return stored;
  });
}

Result<StoredFacts> Regrades::facts(std::int64_t row)
{
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<StoredFacts> {
      std::string content;
      std::size_t bytes = 0;
      Rows& copies = statements().copies;
      copies.statement().reset();
      copies.statement().bind(1, row);
      copies.statement().bind(2, codec::packed_layout());
      if (copies.next()) {
        copies >> content >> bytes;
        copies.statement().reset();
        if (const auto copy = decompress(content, bytes)) {
          if (auto facts = codec::unpack_facts(*copy)) {
            return StoredFacts{std::move(*facts), true};
          }
        }
      }
      Rows& documents = statements().documents;
      documents.statement().reset();
      documents.statement().bind(1, row);
      if (!documents.next()) {
        return Error{ErrorCode::invalid_input, fmt::format("the facts {} are missing", row)};
      }
      documents >> content >> bytes;
      documents.statement().reset();
      ASSAY_ASSIGN(Facts facts, read_facts(content, bytes));
      return StoredFacts{std::move(facts), false};
    });
}

Result<std::map<std::string, Points>> Regrades::earned(RunId run)
{
  return guarded(store_.connection_->path,
                 store_.connection_->options,
                 [&]() -> Result<std::map<std::string, Points>> {
                   std::map<std::string, Points> earned;
                   Rows& checks = statements().checks;
                   checks.statement().reset();
                   checks.statement().bind(1, run.value);
                   while (checks.next()) {
                     std::string check;
                     Points expected;
                     checks >> check >> expected;
                     earned.emplace(std::move(check), expected);
                   }
                   return earned;
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

Result<std::vector<RunId>> Regrades::save(const std::vector<Regraded>& regraded,
                                          const Rubric& rubric)
{
  std::vector<RunId> runs;
  if (regraded.empty()) {
    return runs;
  }
  SQLite::Database& database = store_.connection_->database;
  Documents made;
  describe_rubric(made, rubric);
  return guarded(
    store_.connection_->path, store_.connection_->options, [&]() -> Result<std::vector<RunId>> {
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      const std::int64_t row = rubric_row(database, rubric, made);
      {
        RunWriter writer(database);
        Command entry(database,
                      "UPDATE batch_entries SET run_id = ?, finished_at = ? WHERE id = ?");
        for (const Regraded& each : regraded) {
          if (!each.copied) {
            ASSAY_ASSIGN(const Packed copy, packed(each.record->facts));
            keep_packed(database, each.run.facts_row, copy);
          }
          const RunId run = writer.write(*each.record,
                                         rubric,
                                         {each.run.submission, row, each.run.facts_row},
                                         codec::to_json(each.record->judgement.resolution));
          entry.run(run.value, each.record->graded_at, each.entry);
          runs.push_back(run);
        }
      }
      transaction.commit();
      return runs;
    });
}

} // namespace assay::store
