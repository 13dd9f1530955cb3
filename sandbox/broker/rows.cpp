// SPDX-License-Identifier: MIT
// Rows on their way to the candidate.
#include "sandbox/broker/session.hpp"
#include "sandbox/broker/sql_values.hpp"

#include <sqlite3.h>

#include <cstring>

namespace assay::broker {

namespace {

constexpr std::int64_t k_first_rows = 256;
constexpr std::int64_t k_most_rows = 4096;
constexpr std::size_t k_batch_bytes = 128 * 1024;

/// A list whose length is known at its end.
class OpenList {
public:
  explicit OpenList(std::string& out)
    : out_(&out),
      at_(out.size() + 1)
  {
    wire::Writer(out).list(0);
  }

  void close(std::int64_t count)
  {
    const auto size = static_cast<std::uint32_t>(count);
    std::memcpy(out_->data() + at_, &size, sizeof size);
  }

private:
  std::string* out_;
  std::size_t at_;
};

} // namespace

SqlError Session::failure(StatementRecord* record)
{
  SqlError error = last_error(database_.get());
  if ((error.code & 0xFF) == SQLITE_INTERRUPT && timed_out_) {
    error.text =
      "statement ran longer than " + std::to_string(host_.limits().statement_time.count()) + " ms";
    if (record != nullptr) {
      record->exceeded = Exceeded::time;
    }
  }
  if (record != nullptr) {
    record->error_code = error.code;
    record->error = cut_text(error.text, 512);
  }
  return error;
}

void Session::end(Cursor& cursor)
{
  if (cursor.prepared && cursor.prepared->handle) {
    sqlite3_reset(cursor.prepared->handle.get());
    sqlite3_clear_bindings(cursor.prepared->handle.get());
    cursor.prepared->in_use = false;
  }
  cursor.prepared.reset();
}

std::optional<SqlError> Session::exceeded(Cursor& cursor)
{
  const Limits& limits = host_.limits();
  const bool rows = cursor.rows >= limits.max_rows;
  if (!rows && cursor.bytes < limits.max_result_bytes) {
    return std::nullopt;
  }
  SqlError error{SQLITE_FULL,
                 rows ? "query returned more than " + std::to_string(limits.max_rows) + " rows"
                      : "query returned more than " + std::to_string(limits.max_result_bytes)
                          + " bytes"};
  if (cursor.record != nullptr) {
    cursor.record->exceeded = rows ? Exceeded::rows : Exceeded::bytes;
    cursor.record->error_code = error.code;
    cursor.record->error = error.text;
  }
  return error;
}

void Session::write_row(sqlite3_stmt* statement, std::string& out, bool raw, bool& saw_raw)
{
  const int columns = sqlite3_data_count(statement);
  wire::Writer writer(out);
  writer.tuple(static_cast<std::size_t>(columns));
  for (int column = 0; column < columns; ++column) {
    saw_raw = write_value(writer, sqlite3_column_value(statement, column), raw) || saw_raw;
  }
}

Session::Batch Session::step_rows(Cursor& cursor, std::string& out, std::int64_t max_rows)
{
  Batch batch;
  sqlite3_stmt* const statement = cursor.prepared->handle.get();
  const auto begun = Clock::now();
  const std::size_t start = out.size();
  start_clock();
  int result = sqlite3_step(statement);
  while (result == SQLITE_ROW) {
    if (auto error = exceeded(cursor)) {
      batch.error = std::move(error);
      break;
    }
    const std::size_t before = out.size();
    write_row(statement, out, cursor.raw, batch.raw);
    ++batch.rows;
    ++cursor.rows;
    cursor.bytes += static_cast<std::int64_t>(out.size() - before);
    if (batch.rows >= max_rows || out.size() - start >= k_batch_bytes) {
      batch.more = true;
      break;
    }
    result = sqlite3_step(statement);
  }
  if (result != SQLITE_ROW && result != SQLITE_DONE) {
    batch.error = failure(cursor.record);
  }
  if (cursor.record != nullptr) {
    cursor.record->rows_returned += batch.rows;
    cursor.record->duration += Clock::now() - begun;
    const StatementKind kind = cursor.record->kind;
    const bool changes = kind == StatementKind::insert || kind == StatementKind::update
                         || kind == StatementKind::remove;
    if (changes && result == SQLITE_DONE) {
      cursor.record->rows_changed = sqlite3_changes64(database_.get());
    }
  }
  return batch;
}

/// None, or (declared types or None, whether text came raw, error that follows the rows or None).
void Session::write_extra(wire::Writer& writer, sqlite3_stmt* types, const Batch& batch)
{
  if (types == nullptr && !batch.raw && !batch.error) {
    writer.none();
    return;
  }
  writer.tuple(3);
  if (types == nullptr) {
    writer.none();
  } else {
    const int columns = sqlite3_column_count(types);
    writer.list(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
      const char* const type = sqlite3_column_decltype(types, column);
      if (type == nullptr) {
        writer.none();
      } else {
        writer.text(valid_text(type));
      }
    }
  }
  writer.boolean(batch.raw);
  if (batch.error) {
    writer.tuple(2);
    writer.integer(batch.error->code);
    writer.text(batch.error->text);
  } else {
    writer.none();
  }
}

/// Steps `cursor` and replies (0, in transaction, changes or -1, last rowid, column names or None,
/// rows, handle, extra).
void Session::write_result(Cursor&& cursor, std::int64_t flags)
{
  std::string rows;
  OpenList list(rows);
  Batch batch;
  sqlite3_stmt* const statement = cursor.prepared->handle.get();
  if (statement != nullptr) {
    batch = step_rows(cursor, rows, k_first_rows);
    list.close(batch.rows);
  }
  if (batch.error && batch.rows == 0) {
    end(cursor);
    sql_error(*batch.error);
    return;
  }
  const bool counts = statement != nullptr && cursor.prepared->opens_transaction;
  const std::int64_t changes = counts ? sqlite3_changes64(database_.get()) : -1;
  const int columns = statement != nullptr ? sqlite3_column_count(statement) : 0;
  const bool keeps =
    batch.more && cursors_.size() < static_cast<std::size_t>(host_.limits().max_open_statements);
  if (batch.more && !keeps) {
    batch.error = SqlError{SQLITE_FULL, "too many statements with rows left"};
  }

  Reply reply(Status::done, 7);
  wire::Writer& writer = reply.writer();
  if (!keeps && statement != nullptr) {
    sqlite3_reset(statement);
  }
  writer.boolean(in_transaction());
  writer.integer(changes);
  writer.integer(sqlite3_last_insert_rowid(database_.get()));
  if (columns == 0) {
    writer.none();
  } else {
    writer.tuple(static_cast<std::size_t>(columns));
    for (int column = 0; column < columns; ++column) {
      const char* const name = sqlite3_column_name(statement, column);
      writer.text(name == nullptr ? std::string_view() : std::string_view(name));
    }
  }
  reply.octets() += rows;
  writer.integer(keeps ? next_handle_ : 0);
  write_extra(writer, (flags & k_want_types) != 0 && columns > 0 ? statement : nullptr, batch);
  if (keeps) {
    cursors_.emplace(next_handle_++, std::move(cursor));
  } else {
    end(cursor);
  }
  channel_.send(reply.finish());
}

/// Replies (0, in transaction, rows, whether more follow, changes, extra).
void Session::fetch(wire::Reader& in)
{
  const auto handle = in.next(wire::Kind::integer);
  const auto wanted = in.next(wire::Kind::integer);
  if (!wanted) {
    return;
  }
  const auto found = cursors_.find(handle->integer);
  std::string rows;
  OpenList list(rows);
  Batch batch;
  if (found != cursors_.end()) {
    const std::int64_t most = std::clamp<std::int64_t>(wanted->integer, 1, k_most_rows);
    if (found->second.running) {
      break_off();
      return;
    }
    found->second.running = true;
    batch = step_rows(found->second, rows, most);
    found->second.running = false;
    list.close(batch.rows);
    if (!batch.more) {
      end(found->second);
      cursors_.erase(found);
    }
  }
  Reply reply(Status::done, 5);
  reply.writer().boolean(in_transaction());
  reply.octets() += rows;
  reply.writer().boolean(batch.more);
  reply.writer().integer(sqlite3_changes64(database_.get()));
  write_extra(reply.writer(), nullptr, batch);
  channel_.send(reply.finish());
}

} // namespace assay::broker
