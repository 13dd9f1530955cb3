// SPDX-License-Identifier: MIT
// Requests beside SQL: limits, options, copies, blobs.
#include "sandbox/broker/session.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>

namespace assay::broker {

namespace {

/// Actions of the blob request.
enum class BlobAction : std::int64_t { open = 0, read = 1, write = 2, close = 3 };

constexpr std::size_t k_max_blobs = 64;

/// Options a candidate may read; it may set those that keep nothing open.
constexpr std::array<int, 6> k_settable{SQLITE_DBCONFIG_ENABLE_FKEY,
                                        SQLITE_DBCONFIG_ENABLE_TRIGGER,
                                        SQLITE_DBCONFIG_ENABLE_VIEW,
                                        SQLITE_DBCONFIG_DQS_DML,
                                        SQLITE_DBCONFIG_DQS_DDL,
                                        SQLITE_DBCONFIG_LEGACY_ALTER_TABLE};

} // namespace

void Session::limit(wire::Reader& in)
{
  const auto category = in.next(wire::Kind::integer);
  const auto wanted = in.next(wire::Kind::integer);
  if (!wanted) {
    return;
  }
  const auto id = static_cast<int>(std::clamp<std::int64_t>(category->integer, -1, 100));
  int most = sqlite3_limit(database_.get(), id, -1);
  if (most < 0) {
    misuse("ProgrammingError", "'category' is out of bounds");
    return;
  }
  const bool bounded =
    id == SQLITE_LIMIT_LENGTH || id == SQLITE_LIMIT_SQL_LENGTH || id == SQLITE_LIMIT_WORKER_THREADS;
  if (wanted->integer >= 0) {
    const auto value =
      static_cast<int>(std::min<std::int64_t>(wanted->integer, bounded ? most : 1 << 30));
    most = sqlite3_limit(database_.get(), id, value);
  }
  done(most);
}

void Session::configure(wire::Reader& in)
{
  const auto option = in.next(wire::Kind::integer);
  const auto wanted = in.next(wire::Kind::integer);
  if (!wanted) {
    return;
  }
  const auto id = static_cast<int>(std::clamp<std::int64_t>(option->integer, 0, 1 << 20));
  const bool settable = std::ranges::find(k_settable, id) != k_settable.end();
  int state = 0;
  if (wanted->integer >= 0 && !settable) {
    misuse("OperationalError", "not authorized");
    return;
  }
  if (sqlite3_db_config(database_.get(), id, static_cast<int>(wanted->integer), &state)
      != SQLITE_OK) {
    misuse("ValueError", "unknown config 'op': " + std::to_string(id));
    return;
  }
  done(state);
}

/// Copies whole databases; replies (0, in transaction, pages).
void Session::backup(wire::Reader& in)
{
  const auto target = in.next(wire::Kind::integer);
  const auto source_name = in.next(wire::Kind::text);
  const auto target_name = in.next(wire::Kind::text);
  if (!target_name) {
    return;
  }
  sqlite3* const to = host_.database_of(target->integer);
  if (to == nullptr || to == database_.get()) {
    misuse("ValueError", "target cannot be the same connection instance");
    return;
  }
  start_clock();
  sqlite3_backup* const copy = sqlite3_backup_init(to,
                                                   std::string(target_name->text).c_str(),
                                                   database_.get(),
                                                   std::string(source_name->text).c_str());
  if (copy == nullptr) {
    sql_error(last_error(to));
    return;
  }
  int result = SQLITE_BUSY;
  while ((result == SQLITE_BUSY || result == SQLITE_LOCKED || result == SQLITE_OK)
         && Clock::now() < deadline_ && !dead_) {
    result = sqlite3_backup_step(copy, 256);
    if ((result == SQLITE_BUSY || result == SQLITE_LOCKED)
        && !host_.serve_others(std::chrono::milliseconds(10))) {
      break;
    }
  }
  const int pages = sqlite3_backup_pagecount(copy);
  const int ended = sqlite3_backup_finish(copy);
  if (ended != SQLITE_OK || result != SQLITE_DONE) {
    // The target may have gone meanwhile: its own error is out of reach.
    const int code = ended != SQLITE_OK ? ended : SQLITE_BUSY;
    sql_error({code, sqlite3_errstr(code)});
    return;
  }
  done(pages);
}

void Session::serialize(wire::Reader& in)
{
  const auto name = in.next(wire::Kind::text);
  if (!name) {
    return;
  }
  sqlite3_int64 size = 0;
  const std::string schema(name->text);
  unsigned char* const image = sqlite3_serialize(database_.get(), schema.c_str(), &size, 0);
  if (image == nullptr && size != 0) {
    misuse("OperationalError", "unable to serialize '" + schema + "'");
    return;
  }
  Reply reply(Status::done, 2);
  reply.writer().boolean(in_transaction());
  reply.writer().bytes(
    {reinterpret_cast<const char*>(image), static_cast<std::size_t>(size)}); // NOLINT
  sqlite3_free(image);
  channel_.send(reply.finish());
}

/// Fills an in-memory database from an image; a database with a name is filled by copying into it.
void Session::deserialize(wire::Reader& in)
{
  const auto name = in.next(wire::Kind::text);
  const auto image = in.next(wire::Kind::bytes);
  if (!image) {
    return;
  }
  sqlite3* opened = nullptr;
  start_clock();
  sqlite3_open_v2(":memory:", &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  const DatabaseHandle source(opened);
  std::string copy(image->text);
  const auto size = static_cast<sqlite3_int64>(copy.size());
  int result = opened == nullptr
                 ? SQLITE_NOMEM
                 : sqlite3_deserialize(opened,
                                       "main",
                                       reinterpret_cast<unsigned char*>(copy.data()), // NOLINT
                                       size,
                                       size,
                                       SQLITE_DESERIALIZE_READONLY);
  if (result == SQLITE_OK) {
    sqlite3_backup* const moving =
      sqlite3_backup_init(database_.get(), std::string(name->text).c_str(), opened, "main");
    if (moving == nullptr) {
      sql_error(last_error(database_.get()));
      return;
    }
    sqlite3_backup_step(moving, -1);
    result = sqlite3_backup_finish(moving);
  }
  if (result != SQLITE_OK) {
    sql_error({result, sqlite3_errstr(result)});
    return;
  }
  done();
}

/// [0, schema, table, column, row, read only] -> (handle, size); [1, handle, offset, length] ->
/// bytes; [2, handle, offset, bytes]; [3, handle].
void Session::blob(wire::Reader& in)
{
  const auto action = in.next(wire::Kind::integer);
  if (!action) {
    return;
  }
  if (static_cast<BlobAction>(action->integer) == BlobAction::open) {
    const auto schema = in.next(wire::Kind::text);
    const auto table = in.next(wire::Kind::text);
    const auto column = in.next(wire::Kind::text);
    const auto row = in.next(wire::Kind::integer);
    const auto read_only = in.next(wire::Kind::boolean);
    if (!read_only) {
      return;
    }
    sqlite3_blob* opened = nullptr;
    start_clock();
    const int result = sqlite3_blob_open(database_.get(),
                                         std::string(schema->text).c_str(),
                                         std::string(table->text).c_str(),
                                         std::string(column->text).c_str(),
                                         row->integer,
                                         read_only->truth ? 0 : 1,
                                         &opened);
    if (result != SQLITE_OK || blobs_.size() >= k_max_blobs) {
      sqlite3_blob_close(opened);
      sql_error(last_error(database_.get()));
      return;
    }
    const std::int64_t handle = next_handle_++;
    blobs_.emplace(handle, opened);
    Reply reply(Status::done, 3);
    reply.writer().boolean(in_transaction());
    reply.writer().integer(handle);
    reply.writer().integer(sqlite3_blob_bytes(opened));
    channel_.send(reply.finish());
    return;
  }
  const auto handle = in.next(wire::Kind::integer);
  const auto found = handle ? blobs_.find(handle->integer) : blobs_.end();
  if (found == blobs_.end()) {
    if (handle) {
      misuse("ProgrammingError", "Cannot operate on a closed blob.");
    }
    return;
  }
  int result = SQLITE_OK;
  if (static_cast<BlobAction>(action->integer) == BlobAction::close) {
    sqlite3_blob_close(found->second);
    blobs_.erase(found);
    done();
    return;
  }
  const auto offset = in.next(wire::Kind::integer);
  const auto at =
    offset ? static_cast<int>(std::clamp<std::int64_t>(offset->integer, -1, 1 << 30)) : -1;
  if (static_cast<BlobAction>(action->integer) == BlobAction::read) {
    const auto length = in.next(wire::Kind::integer);
    if (!length) {
      return;
    }
    const std::int64_t size = sqlite3_blob_bytes(found->second);
    std::string out(static_cast<std::size_t>(std::clamp<std::int64_t>(length->integer, 0, size)),
                    '\0');
    result = sqlite3_blob_read(found->second, out.data(), static_cast<int>(out.size()), at);
    if (result == SQLITE_OK) {
      Reply reply(Status::done, 2);
      reply.writer().boolean(in_transaction());
      reply.writer().bytes(out);
      channel_.send(reply.finish());
      return;
    }
  } else {
    const auto octets = in.next(wire::Kind::bytes);
    if (!octets) {
      return;
    }
    result = sqlite3_blob_write(
      found->second, octets->text.data(), static_cast<int>(octets->text.size()), at);
    if (result == SQLITE_OK) {
      done();
      return;
    }
  }
  sql_error(result == SQLITE_ABORT ? SqlError{result, "query aborted"}
                                   : last_error(database_.get()));
}

} // namespace assay::broker
