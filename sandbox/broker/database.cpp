// SPDX-License-Identifier: MIT
#include "sandbox/broker/database.hpp"

#include "sandbox/wire/codec.hpp"

#include <sqlite3.h>
#include <strings.h>

#include <algorithm>
#include <array>
#include <span>
#include <stdexcept>

namespace assay::broker {

namespace {

bool same(const char* left, std::string_view right)
{
  return left != nullptr && std::string_view(left).size() == right.size()
         && ::strncasecmp(left, right.data(), right.size()) == 0;
}

bool among(const char* name, std::span<const std::string_view> names)
{
  return std::ranges::any_of(names, [&](std::string_view other) { return same(name, other); });
}

constexpr std::array<std::string_view, 8> k_denied_pragmas{"writable_schema",
                                                           "trusted_schema",
                                                           "hard_heap_limit",
                                                           "soft_heap_limit",
                                                           "temp_store_directory",
                                                           "data_store_directory",
                                                           "lock_proxy_file",
                                                           "vdbe_trace"};

/// Settings that would keep others waiting or the engine out; taken as if they had worked.
constexpr std::array<std::string_view, 3> k_ignored_pragmas{
  "mmap_size", "threads", "shrink_memory"};

constexpr std::array<std::string_view, 2> k_denied_functions{"load_extension", "fts3_tokenizer"};

int authorize_pragma(const char* name, const char* argument)
{
  if (argument != nullptr && among(name, k_denied_pragmas)) {
    return SQLITE_DENY;
  }
  if (argument != nullptr && among(name, k_ignored_pragmas)) {
    return SQLITE_IGNORE;
  }
  const bool keeps_lock = same(name, "locking_mode") && same(argument, "exclusive");
  return keeps_lock ? SQLITE_IGNORE : SQLITE_OK;
}

} // namespace

void CloseDatabase::operator()(sqlite3* database) const
{
  sqlite3_close_v2(database);
}

void FinalizeStatement::operator()(sqlite3_stmt* statement) const
{
  sqlite3_finalize(statement);
}

std::string valid_text(std::string_view text)
{
  std::string out(text);
  if (!wire::is_utf8(out)) {
    std::ranges::replace_if(
      out, [](char octet) { return (static_cast<unsigned char>(octet) & 0x80U) != 0; }, '?');
  }
  return out;
}

SqlError last_error(sqlite3* database)
{
  return {sqlite3_extended_errcode(database), valid_text(sqlite3_errmsg(database))};
}

void configure_sqlite(const Limits& limits)
{
  sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
  sqlite3_config(SQLITE_CONFIG_URI, 0);
  if (sqlite3_initialize() != SQLITE_OK) {
    throw std::logic_error("sqlite does not start");
  }
  bound_heap(limits);
}

void bound_heap(const Limits& limits)
{
  sqlite3_hard_heap_limit64(limits.max_heap_bytes);
}

std::optional<SqlError>
open_database(const std::string& name, Access access, const Limits& limits, DatabaseHandle& out)
{
  const int flags = access == Access::read_only    ? SQLITE_OPEN_READONLY
                    : access == Access::read_write ? SQLITE_OPEN_READWRITE
                                                   : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  sqlite3* opened = nullptr;
  const int result = sqlite3_open_v2(name.c_str(), &opened, flags, nullptr);
  DatabaseHandle handle(opened);
  if (opened == nullptr) {
    return SqlError{SQLITE_NOMEM, "out of memory"};
  }
  if (result != SQLITE_OK) {
    return last_error(opened);
  }
  sqlite3_extended_result_codes(opened, 1);
  int state = -1;
  const bool guarded =
    sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, &state) == SQLITE_OK && state == 1
    && sqlite3_db_config(opened, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, &state) == SQLITE_OK
    && state == 0
    && sqlite3_db_config(opened, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, &state) == SQLITE_OK
    && state == 0;
  if (!guarded) {
    return SqlError{SQLITE_INTERNAL, "sqlite cannot be made defensive"};
  }
  sqlite3_limit(opened, SQLITE_LIMIT_LENGTH, static_cast<int>(limits.max_value_bytes));
  sqlite3_limit(opened, SQLITE_LIMIT_SQL_LENGTH, static_cast<int>(limits.max_sql_bytes));
  sqlite3_limit(opened, SQLITE_LIMIT_WORKER_THREADS, 0);
  out = std::move(handle);
  return std::nullopt;
}

int authorize(int action, const char* first, const char* second)
{
  switch (action) {
  case SQLITE_ATTACH:
    return same(first, "") || same(first, ":memory:") ? SQLITE_OK : SQLITE_DENY;
  case SQLITE_PRAGMA:
    return authorize_pragma(first, second);
  case SQLITE_FUNCTION:
    return among(second, k_denied_functions) ? SQLITE_DENY : SQLITE_OK;
  default:
    return SQLITE_OK;
  }
}

} // namespace assay::broker
