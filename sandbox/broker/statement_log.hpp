// SPDX-License-Identifier: MIT
// What a candidate's program asked of its databases, kept where the program cannot reach it.
#pragma once

#include "sandbox/broker/limits.hpp"
#include "sandbox/broker/sql_text.hpp"
#include "sandbox/wire/value.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace assay::broker {

/// Which limit ended a statement.
enum class Exceeded { nothing, rows, bytes, time };

std::string_view name_of(Exceeded exceeded);

/// One statement as it was run; an executemany is one record with several executions.
struct StatementRecord {
  std::int64_t sequence = 0;   ///< 1, 2, ... in the order begun, over the whole run
  std::int64_t connection = 0; ///< 1, 2, ... in the order opened
  std::int64_t step = 0;       ///< 0 outside any step
  StatementKind kind = StatementKind::other;
  std::shared_ptr<const std::string> sql; ///< cut at Limits::log_sql_bytes
  bool sql_cut = false;
  std::string
    parameters; ///< encoded list or dict, of the first execution; empty when none were given
  bool parameters_cut = false;
  bool implicit = false; ///< a BEGIN that Python's sqlite3 puts before a statement
  std::int64_t executions = 0;
  std::int64_t rows_returned = 0; ///< that crossed the wire
  std::int64_t rows_changed = 0;
  std::chrono::nanoseconds duration{0}; ///< inside SQLite, callbacks and waiting for locks included
  int error_code = 0;                   ///< SQLite's extended result code, 0 when it went well
  std::string error;
  Exceeded exceeded = Exceeded::nothing;
};

/// The records of one run, bounded in number and bytes. What does not fit is counted, never dropped
/// silently.
class StatementLog {
public:
  explicit StatementLog(const Limits& limits)
    : limits_(limits)
  {
  }

  /// A new record to fill in, or null when the log is full; it stays valid as long as the log.
  /// `parameters` is the encoding of a list or dict, or empty.
  StatementRecord* add(std::int64_t connection,
                       const std::shared_ptr<const std::string>& sql,
                       bool sql_cut,
                       StatementKind kind,
                       std::string_view parameters);

  [[nodiscard]] std::int64_t step() const { return step_; }

  [[nodiscard]] const std::deque<StatementRecord>& records() const { return records_; }

  /// Statements run since the log was made, recorded or not.
  [[nodiscard]] std::int64_t total() const { return total_; }

  [[nodiscard]] std::int64_t unrecorded() const
  {
    return total_ - static_cast<std::int64_t>(records_.size());
  }

  /// Statements run in `step` so far, recorded or not, when it is the current one.
  [[nodiscard]] std::int64_t in_step() const { return in_step_; }

  /// From now on statements belong to `step`; 0 is outside any.
  void restart_step(std::int64_t step)
  {
    step_ = step;
    in_step_ = 0;
  }

private:
  Limits limits_;
  std::deque<StatementRecord> records_;
  std::int64_t step_ = 0;
  std::int64_t total_ = 0;
  std::int64_t in_step_ = 0;
  std::size_t bytes_ = 0;
  const std::string* last_sql_ = nullptr;
};

/// `sql` within `max_bytes`, cut between characters.
std::string_view cut_text(std::string_view text, std::size_t max_bytes);

/// The longest beginning of the encoded list or dict `parameters` within `max_bytes`, itself a
/// whole encoding.
std::string cut_parameters(std::string_view parameters, std::size_t max_bytes);

wire::Value to_value(const StatementRecord& record);

} // namespace assay::broker
