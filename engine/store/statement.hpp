// SPDX-License-Identifier: MIT
// Private to this module: binding and reading model values by position.
#pragma once

#include "engine/base/clock.hpp"
#include "engine/base/text.hpp"
#include "engine/codec/enums.hpp"
#include "engine/codec/time.hpp"
#include "engine/model/points.hpp"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Statement.h>

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace assay::store {

/// A statement used for many rows; values are given in the order of its parameters.
class Command {
public:
  Command(const SQLite::Database& database, const char* sql)
    : statement_(database, sql)
  {
  }

  template<class... Values>
  void run(const Values&... values)
  {
    statement_.reset();
    int position = 0;
    (bind(++position, values), ...);
    statement_.exec();
  }

private:
  /// The text outlives the execution, so nothing is copied but what has to be repaired.
  void bind(int at, const std::string& text)
  {
    if (is_utf8(text)) {
      statement_.bindNoCopy(at, text);
    } else {
      statement_.bind(at, to_utf8_lossy(text));
    }
  }

  void bind(int at, std::string_view text) { statement_.bind(at, to_utf8_lossy(text)); }

  void bind(int at, Points points) { statement_.bind(at, points.hundredths); }

  void bind(int at, Instant instant) { statement_.bind(at, codec::time_text(instant)); }

  void bind(int at, double number) { statement_.bind(at, std::isfinite(number) ? number : 0.0); }

  template<class T>
  void bind(int at, const std::optional<T>& value)
  {
    if (value) {
      bind(at, *value);
    } else {
      statement_.bind(at);
    }
  }

  template<class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>

  void bind(int at, T value)
  {
    if constexpr (std::is_enum_v<T>) {
      bind(at, codec::word(value));
    } else {
      statement_.bind(at, static_cast<std::int64_t>(value));
    }
  }

  SQLite::Statement statement_;
};

/// The rows of a query; columns are read one after the other.
class Rows {
public:
  Rows(const SQLite::Database& database, const std::string& sql)
    : statement_(database, sql)
  {
  }

  SQLite::Statement& statement() { return statement_; }

  bool next()
  {
    column_ = 0;
    return statement_.executeStep();
  }

  template<class T>
  Rows& operator>>(T& to)
  {
    read(statement_.getColumn(column_++), to);
    return *this;
  }

  /// False if a column held a word or a time that nobody wrote.
  [[nodiscard]] bool sound() const { return sound_; }

private:
  void read(const SQLite::Column& from, std::string& to) { to = from.getString(); }

  void read(const SQLite::Column& from, bool& to) { to = from.getInt64() != 0; }

  void read(const SQLite::Column& from, double& to) { to = from.getDouble(); }

  void read(const SQLite::Column& from, Points& to) { to.hundredths = from.getInt64(); }

  void read(const SQLite::Column& from, Instant& to)
  {
    const auto instant = parse_instant(from.getString());
    sound_ = sound_ && instant.has_value();
    to = instant ? *instant : Instant{};
  }

  template<class T>
  void read(const SQLite::Column& from, std::optional<T>& to)
  {
    to.reset();
    if (!from.isNull()) {
      read(from, to.emplace());
    }
  }

  template<class T>
  requires std::is_integral_v<T> || std::is_enum_v<T>

  void read(const SQLite::Column& from, T& to)
  {
    if constexpr (std::is_enum_v<T>) {
      const auto value = codec::from_word<T>(from.getString());
      sound_ = sound_ && value.has_value();
      to = value.value_or(T{});
    } else {
      to = static_cast<T>(from.getInt64());
    }
  }

  SQLite::Statement statement_;
  int column_ = 0;
  bool sound_ = true;
};

} // namespace assay::store
