// SPDX-License-Identifier: MIT
#include "engine/store/connection.hpp"

#include "engine/store/schema.hpp"

#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <system_error>
#include <thread>

namespace assay::store {

namespace {

Error refuse(const std::filesystem::path& path, std::string_view why)
{
  return {ErrorCode::invalid_input, fmt::format("\"{}\" {}", path.string(), why)};
}

Result<void> prepare_folder(const std::filesystem::path& path)
{
  const auto folder = path.parent_path();
  if (folder.empty()) {
    return {};
  }
  std::error_code failure;
  std::filesystem::create_directories(folder, failure);
  if (failure) {
    return Error{ErrorCode::io,
                 fmt::format("the folder \"{}\" for the results database cannot be made: {}",
                             folder.string(),
                             failure.message())};
  }
  return {};
}

Result<void> check_path(const std::filesystem::path& path, OpenMode mode)
{
  std::error_code failure;
  const auto status = std::filesystem::status(path, failure);
  if (std::filesystem::is_directory(status)) {
    return refuse(path, "is a folder, not a results database");
  }
  if (std::filesystem::exists(status)) {
    return std::filesystem::is_regular_file(status) ? Result<void>()
                                                    : refuse(path, "is not a regular file");
  }
  if (mode != OpenMode::create) {
    return Error{ErrorCode::not_found,
                 fmt::format("there is no results database \"{}\"", path.string())};
  }
  return prepare_folder(path);
}

/// A database in a folder that cannot be written has no shared memory file to coordinate with
/// writers; without a write-ahead log beside it nobody writes, and it can be read as it stands.
/// Source: sqlite.org/wal.html#read_only_databases
std::string immutable_uri(const std::filesystem::path& path)
{
  std::string uri = "file:";
  for (const char letter : path.string()) {
    if (letter == '%' || letter == '?' || letter == '#') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(letter));
    } else {
      uri += letter;
    }
  }
  return uri + "?immutable=1";
}

bool has_log(const std::filesystem::path& path)
{
  std::error_code failure;
  const auto size = std::filesystem::file_size(path.string() + "-wal", failure);
  return !failure && size > 0;
}

SQLite::Database open_read_only(const std::filesystem::path& path, int timeout_ms)
{
  try {
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY, timeout_ms);
    condition(database);
    return database;
  } catch (const SQLite::Exception& exception) {
    const bool cannot_share =
      exception.getErrorCode() == SQLITE_CANTOPEN || exception.getErrorCode() == SQLITE_READONLY;
    if (!cannot_share || has_log(path)) {
      throw;
    }
  }
  return SQLite::Database(immutable_uri(path), SQLite::OPEN_READONLY | SQLITE_OPEN_URI, timeout_ms);
}

SQLite::Database
open_file(const std::filesystem::path& path, OpenMode mode, const StoreOptions& options)
{
  const int timeout_ms = static_cast<int>(options.busy_timeout.count());
  switch (mode) {
  case OpenMode::create:
    return SQLite::Database(
      path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, timeout_ms);
  case OpenMode::existing:
    return SQLite::Database(path.string(), SQLite::OPEN_READWRITE, timeout_ms);
  case OpenMode::read_only:
    break;
  }
  return open_read_only(path, timeout_ms);
}

/// Switching to the write-ahead log needs the file alone and does not wait by itself.
void use_write_ahead_log(SQLite::Database& database, std::chrono::milliseconds patience)
{
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (true) {
    try {
      database.exec("PRAGMA journal_mode = WAL");
      return;
    } catch (const SQLite::Exception& exception) {
      if (exception.getErrorCode() != SQLITE_BUSY || std::chrono::steady_clock::now() >= deadline) {
        throw;
      }
    }
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

void limit_size(SQLite::Database& database, std::uint64_t max_bytes)
{
  if (max_bytes == 0) {
    return;
  }
  SQLite::Statement page(database, "PRAGMA page_size");
  page.executeStep();
  const auto page_bytes = static_cast<std::uint64_t>(page.getColumn(0).getInt64());
  database.exec(
    fmt::format("PRAGMA max_page_count = {}", std::max<std::uint64_t>(1, max_bytes / page_bytes)));
}

Result<void>
recognise(const SQLite::Database& database, const std::filesystem::path& path, OpenMode mode)
{
  switch (condition(database)) {
  case Condition::current:
    return {};
  case Condition::empty:
    return mode == OpenMode::create ? Result<void>()
                                    : refuse(path, "is an empty file, not a results database");
  case Condition::older:
    return mode != OpenMode::read_only
             ? Result<void>()
             : refuse(path, "is of an older version; open it once where it can be written");
  case Condition::newer:
    return refuse(path, "was written by a newer version of assay");
  case Condition::foreign:
    break;
  }
  return refuse(path, "is an SQLite database, but not one of assay's");
}

} // namespace

Result<SQLite::Database>
open_database(const std::filesystem::path& path, OpenMode mode, const StoreOptions& options)
{
  ASSAY_TRY(check_path(path, mode));
  SQLite::Database database = open_file(path, mode, options);
  ASSAY_TRY(recognise(database, path, mode));
  // Views and triggers of a file that somebody else may have prepared call nothing outside it.
  database.exec("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON");
  if (mode == OpenMode::read_only) {
    return database;
  }
  limit_size(database, options.max_bytes);
  use_write_ahead_log(database, options.busy_timeout);
  database.exec("PRAGMA synchronous = NORMAL");
  if (condition(database) != Condition::current) {
    migrate(database);
    ASSAY_TRY(recognise(database, path, mode));
  }
  return database;
}

} // namespace assay::store
