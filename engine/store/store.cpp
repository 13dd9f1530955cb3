// SPDX-License-Identifier: MIT
#include "engine/store/store.hpp"

#include "engine/base/text.hpp"
#include "engine/store/connection.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/schema.hpp"
#include "engine/store/search.hpp"
#include "engine/store/statement.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <set>

namespace assay::store {

Store::Store(std::unique_ptr<Connection> connection)
  : connection_(std::move(connection))
{
}

Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store>
Store::open(const std::filesystem::path& path, OpenMode mode, const StoreOptions& options)
{
  return guarded(path, options, [&]() -> Result<Store> {
    ASSAY_ASSIGN(SQLite::Database database, open_database(path, mode, options));
    return Store(std::make_unique<Connection>(Connection{path, options, std::move(database)}));
  });
}

Result<RunId> Store::save(const RunRecord& record)
{
  ASSAY_ASSIGN(const Documents made, documents(record));
  SQLite::Database& database = connection_->database;
  return guarded(connection_->path, connection_->options, [&]() -> Result<RunId> {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const RunId id = insert(database, record, made);
    transaction.commit();
    return id;
  });
}

Result<RunRecord> Store::load(RunId id) const
{
  return guarded(
    connection_->path, connection_->options, [&] { return select(connection_->database, id); });
}

Result<RunRecord> Store::load_judgement(RunId id) const
{
  return guarded(connection_->path, connection_->options, [&] {
    return select_judgement(connection_->database, id);
  });
}

Result<std::vector<RunSummary>> Store::list(const RunFilter& filter) const
{
  return guarded(connection_->path, connection_->options, [&]() -> Result<std::vector<RunSummary>> {
    return summaries(connection_->database, filter);
  });
}

Result<std::vector<RunSummary>> Store::find(std::string_view text) const
{
  return guarded(connection_->path, connection_->options, [&]() -> Result<std::vector<RunSummary>> {
    return named_runs(connection_->database, text);
  });
}

Result<RunSummary> Store::find_one(std::string_view text) const
{
  ASSAY_ASSIGN(const std::vector<RunSummary> runs, find(text));
  if (runs.empty()) {
    return Error{ErrorCode::not_found,
                 fmt::format("no stored run is named \"{}\" (a run number, a commit or a source)",
                             printable(text))};
  }
  std::set<std::string> sources;
  for (const RunSummary& run : runs) {
    sources.insert(printable(run.source));
  }
  if (sources.size() > 1) {
    return Error{ErrorCode::invalid_input,
                 fmt::format("\"{}\" names runs of {} sources: {}",
                             printable(text),
                             sources.size(),
                             join(std::vector(sources.begin(), sources.end()), ", "))};
  }
  return runs.front();
}

Result<std::optional<Facts>> Store::facts(std::string_view tree_digest,
                                          const ExecutionRecord& execution) const
{
  return guarded(connection_->path, connection_->options, [&]() -> Result<std::optional<Facts>> {
    Rows rows(connection_->database,
              "SELECT content, content_bytes FROM facts WHERE tree_digest = ? AND version = ? AND "
              "execution = ?"
              " ORDER BY id DESC LIMIT 1");
    rows.statement().bind(1, std::string(tree_digest));
    rows.statement().bind(2, Facts{}.version);
    rows.statement().bind(3, execution_key(execution));
    if (!rows.next()) {
      return std::optional<Facts>();
    }
    std::string content;
    std::size_t bytes = 0;
    rows >> content >> bytes;
    ASSAY_ASSIGN(Facts facts, read_facts(content, bytes));
    return std::optional<Facts>(std::move(facts));
  });
}

Result<std::vector<RunId>> Store::executed_runs(std::string_view tree_digest) const
{
  return guarded(connection_->path, connection_->options, [&]() -> Result<std::vector<RunId>> {
    Rows rows(connection_->database,
              "SELECT runs.id FROM submissions JOIN runs ON runs.submission_id = submissions.id"
              " JOIN facts ON facts.id = runs.facts_id WHERE submissions.tree_digest = ?"
              " AND facts.version = ? AND facts.execution <> 'reading'"
              " ORDER BY runs.id DESC LIMIT 8");
    rows.statement().bind(1, std::string(tree_digest));
    rows.statement().bind(2, Facts{}.version);
    std::vector<RunId> runs;
    while (rows.next()) {
      rows >> runs.emplace_back().value;
    }
    return runs;
  });
}

Result<std::string> Store::rubric_digest(RunId id) const
{
  return guarded(connection_->path, connection_->options, [&]() -> Result<std::string> {
    Rows rows(connection_->database,
              "SELECT digest FROM runs JOIN rubrics ON rubrics.id = rubric_id WHERE runs.id = ?");
    rows.statement().bind(1, id.value);
    if (!rows.next()) {
      return Error{ErrorCode::not_found, fmt::format("there is no run {}", id.value)};
    }
    std::string digest;
    rows >> digest;
    return digest;
  });
}

const std::filesystem::path& Store::path() const
{
  return connection_->path;
}

int schema_version()
{
  return current_version();
}

} // namespace assay::store
