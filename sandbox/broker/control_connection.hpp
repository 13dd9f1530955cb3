// SPDX-License-Identifier: MIT
// What the sources of Control share.
#pragma once

#include "sandbox/broker/control.hpp"
#include "sandbox/broker/session.hpp"

#include <sqlite3.h>

#include <string>

namespace assay::broker {

constexpr std::chrono::seconds k_engine_time{10};
constexpr std::chrono::seconds k_lock_wait{2};

/// Why a request is not done; ends at handle().
struct Refusal {
  std::string text;
  int code = 0;
};

template<class T>
const T* find(const wire::Value& request, const char* name)
{
  const wire::Value* const member = request.member(name);
  return member == nullptr ? nullptr : member->get<T>();
}

template<class T>
const T& need(const wire::Value& request, const char* name)
{
  if (const T* const found = find<T>(request, name)) {
    return *found;
  }
  throw Refusal{std::string("request lacks ") + name};
}

inline std::int64_t number(const wire::Value& request, const char* name, std::int64_t otherwise)
{
  const auto* const found = find<std::int64_t>(request, name);
  return found == nullptr ? otherwise : *found;
}

/// One connection of the engine's own.
struct Control::Connection {
  Host* host = nullptr;
  DatabaseHandle database;
  Clock::time_point deadline;
  Clock::time_point lock_deadline;

  void start() { deadline = Clock::now() + k_engine_time; }

  [[noreturn]] void refuse() const
  {
    const SqlError error = last_error(database.get());
    throw Refusal{error.text, error.code};
  }

  StatementHandle prepare(const std::string& sql)
  {
    start();
    sqlite3_stmt* statement = nullptr;
    const char* tail = nullptr;
    if (sqlite3_prepare_v2(database.get(), sql.c_str(), -1, &statement, &tail) != SQLITE_OK) {
      refuse();
    }
    StatementHandle handle(statement);
    if (!handle || !skip_blank(tail).empty()) {
      throw Refusal{"expected one statement"};
    }
    return handle;
  }

  /// Whether there is a row.
  bool step(sqlite3_stmt* statement)
  {
    const int result = sqlite3_step(statement);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
      refuse();
    }
    return result == SQLITE_ROW;
  }

  static int on_busy(void* context, int attempt)
  {
    auto& self = *static_cast<Connection*>(context);
    if (attempt == 0) {
      self.lock_deadline = Clock::now() + k_lock_wait;
    }
    if (Clock::now() >= self.lock_deadline) {
      return 0;
    }
    return self.host->serve_others(std::chrono::milliseconds(20)) ? 1 : 0;
  }

  static int on_progress(void* context)
  {
    return Clock::now() >= static_cast<Connection*>(context)->deadline ? 1 : 0;
  }

  static int
  on_authorize(void*, int action, const char* first, const char* second, const char*, const char*)
  {
    return authorize(action, first, second);
  }
};

} // namespace assay::broker
