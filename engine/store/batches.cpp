// SPDX-License-Identifier: MIT
#include "engine/store/batches.hpp"

#include "engine/base/digest.hpp"
#include "engine/store/connection.hpp"
#include "engine/store/rows.hpp"
#include "engine/store/statement.hpp"

#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

namespace assay::store {

namespace {

constexpr const char* k_select_entries =
  "SELECT id, row_number, candidate, name, email, repository, ref, deadline, rubric, state, detail,"
  " run_id, replaced_commits FROM batch_entries WHERE ";

/// What two rows must share to be the same request.
std::string key_of(const BatchEntry& entry)
{
  std::string text;
  const std::string deadline = entry.deadline ? codec::time_text(*entry.deadline) : std::string();
  for (const std::string& part :
       {entry.candidate, entry.repository, entry.ref, deadline, entry.rubric}) {
    text += fmt::format("{}:{};", part.size(), part);
  }
  return sha256(text);
}

std::int64_t batch_id(const SQLite::Database& database, std::string_view name)
{
  Rows rows(database, "SELECT id FROM batches WHERE name = ?");
  rows.statement().bind(1, std::string(name));
  std::int64_t id = 0;
  if (rows.next()) {
    rows >> id;
  }
  return id;
}

void read_entry(Rows& rows, BatchEntry& entry)
{
  std::optional<std::int64_t> run;
  rows >> entry.id >> entry.row >> entry.candidate >> entry.name >> entry.email >> entry.repository
    >> entry.ref >> entry.deadline >> entry.rubric >> entry.state >> entry.detail >> run
    >> entry.replaced_commits;
  if (run) {
    entry.run = RunId{*run};
  }
}

void read_fields(Rows& rows, BatchEntry& entry)
{
  rows.statement().reset();
  rows.statement().bind(1, entry.id);
  while (rows.next()) {
    bool is_tag = false;
    std::string name;
    std::string value;
    rows >> is_tag >> name >> value;
    if (is_tag) {
      entry.tags.push_back(std::move(value));
    } else {
      entry.extra.emplace_back(std::move(name), std::move(value));
    }
  }
}

constexpr const char* k_select_fields =
  "SELECT is_tag, name, value FROM batch_fields WHERE entry_id = ? ORDER BY position";

class EntryWriter {
public:
  EntryWriter(const SQLite::Database& database, std::int64_t batch)
    : batch_(batch),
      entry_(database,
             "INSERT INTO batch_entries (batch_id, entry_key, listed, row_number, candidate, name,"
             " email, repository, ref, deadline, rubric, state, detail)"
             " VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', '')"
             " ON CONFLICT (batch_id, entry_key) DO UPDATE SET listed = 1,"
             " row_number = excluded.row_number, name = excluded.name, email = excluded.email"),
      forget_(database, "DELETE FROM batch_fields WHERE entry_id = ?"),
      field_(database,
             "INSERT INTO batch_fields (entry_id, position, is_tag, name, value)"
             " VALUES (?, ?, ?, ?, ?)"),
      find_(database, std::string(k_select_entries) + "batch_id = ? AND entry_key = ?"),
      fields_(database, k_select_fields)
  {
  }

  BatchEntry write(const BatchEntry& entry)
  {
    const std::string key = key_of(entry);
    entry_.run(batch_,
               key,
               entry.row,
               entry.candidate,
               entry.name,
               entry.email,
               entry.repository,
               entry.ref,
               entry.deadline,
               entry.rubric);
    find_.statement().reset();
    find_.statement().bind(1, batch_);
    find_.statement().bind(2, key);
    BatchEntry written;
    find_.next();
    read_entry(find_, written);
    find_.statement().reset();
    forget_.run(written.id);
    int position = 0;
    for (const std::string& tag : entry.tags) {
      field_.run(written.id, position++, true, std::string(), tag);
    }
    for (const auto& [name, value] : entry.extra) {
      field_.run(written.id, position++, false, name, value);
    }
    read_fields(fields_, written);
    return written;
  }

private:
  std::int64_t batch_;
  Command entry_;
  Command forget_;
  Command field_;
  Rows find_;
  Rows fields_;
};

} // namespace

Result<std::vector<BatchEntry>>
Batches::set_entries(std::string_view name, const std::vector<BatchEntry>& entries, Instant now)
{
  SQLite::Database& database = store_.connection_->database;
  return guarded(
    store_.connection_->path,
    store_.connection_->options,
    [&]() -> Result<std::vector<BatchEntry>> {
      SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
      Command(database,
              "INSERT INTO batches (name, created_at) VALUES (?, ?)"
              " ON CONFLICT DO NOTHING")
        .run(name, now);
      const std::int64_t batch = batch_id(database, name);
      Command(database, "UPDATE batch_entries SET listed = 0 WHERE batch_id = ?").run(batch);
      std::vector<BatchEntry> written;
      {
        EntryWriter writer(database, batch);
        for (const BatchEntry& entry : entries) {
          written.push_back(writer.write(entry));
        }
      }
      transaction.commit();
      return written;
    });
}

Result<RunId>
Batches::save_graded(std::int64_t entry, const RunRecord& record, int replaced_commits)
{
  ASSAY_ASSIGN(const Documents made, documents(record));
  SQLite::Database& database = store_.connection_->database;
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<RunId> {
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    const RunId run = insert(database, record, made);
    Command(database,
            "UPDATE batch_entries SET state = 'graded', detail = '', run_id = ?, finished_at = ?,"
            " replaced_commits = ? WHERE id = ?")
      .run(run.value, record.graded_at, replaced_commits, entry);
    transaction.commit();
    return run;
  });
}

Result<void>
Batches::save_failed(std::int64_t entry, EntryState state, std::string_view detail, Instant now)
{
  return guarded(store_.connection_->path, store_.connection_->options, [&]() -> Result<void> {
    Command(store_.connection_->database,
            "UPDATE batch_entries SET state = ?, detail = ?, finished_at = ? WHERE id = ?"
            " AND run_id IS NULL")
      .run(state, detail, now, entry);
    return {};
  });
}

Result<std::vector<BatchEntry>> Batches::entries(std::string_view name) const
{
  const SQLite::Database& database = store_.connection_->database;
  return guarded(
    store_.connection_->path,
    store_.connection_->options,
    [&]() -> Result<std::vector<BatchEntry>> {
      const std::int64_t batch = batch_id(database, name);
      if (batch == 0) {
        return Error{ErrorCode::not_found, fmt::format("there is no batch \"{}\"", name)};
      }
      Rows rows(database,
                std::string(k_select_entries) + "batch_id = ? AND listed ORDER BY row_number, id");
      rows.statement().bind(1, batch);
      std::vector<BatchEntry> found;
      while (rows.next()) {
        read_entry(rows, found.emplace_back());
      }
      Rows fields(database, k_select_fields);
      for (BatchEntry& entry : found) {
        read_fields(fields, entry);
      }
      if (!rows.sound()) {
        return Error{
          ErrorCode::invalid_input,
          fmt::format("batch \"{}\" is stored in a form this version cannot read", name)};
      }
      return found;
    });
}

Result<std::vector<std::string>> Batches::names() const
{
  return guarded(store_.connection_->path,
                 store_.connection_->options,
                 [&]() -> Result<std::vector<std::string>> {
                   Rows rows(store_.connection_->database,
                             "SELECT name FROM batches ORDER BY id DESC");
                   std::vector<std::string> found;
                   while (rows.next()) {
                     rows >> found.emplace_back();
                   }
                   return found;
                 });
}

Result<std::string> Batches::find(std::string_view name) const
{
  ASSAY_ASSIGN(const std::vector<std::string> known, names());
  if (known.empty()) {
    return Error{ErrorCode::not_found,
                 fmt::format("\"{}\" holds no batch", store_.path().string())};
  }
  if (name.empty()) {
    return known.front();
  }
  if (std::ranges::find(known, name) == known.end()) {
    return Error{ErrorCode::not_found,
                 fmt::format("there is no batch \"{}\" (there is {})", name, join(known, ", "))};
  }
  return std::string(name);
}

} // namespace assay::store
