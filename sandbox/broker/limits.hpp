// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/wire/value.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace assay::broker {

/// What one run may use of the broker. The defaults are several times what the largest honest
/// submission needs.
struct Limits {
  std::int64_t max_rows = 100'000;                         ///< returned by one statement
  std::int64_t max_result_bytes = std::int64_t{32} << 20U; ///< returned by one statement
  std::chrono::milliseconds statement_time{
    5'000}; ///< of one execution, waiting for locks not counted
  std::chrono::milliseconds callback_time{2'000}; ///< of one call of a function of the candidate's
  std::int64_t max_database_bytes = std::int64_t{64}
                                    << 20U;              ///< all files together, journals included
  std::int64_t max_heap_bytes = std::int64_t{96} << 20U; ///< SQLite's own memory, per process
  std::int64_t max_value_bytes = std::int64_t{8} << 20U; ///< one text or blob
  std::int64_t max_sql_bytes = 1'000'000;                ///< one statement or script
  std::int64_t max_message_bytes = std::int64_t{12} << 20U; ///< one request
  std::int64_t max_connections = 64;                        ///< open at a time
  std::int64_t max_open_statements = 512; ///< with rows left to fetch, per connection
  std::int64_t max_functions = 256;       ///< of the candidate's, per connection
  std::int64_t log_records = 50'000;
  std::int64_t log_bytes = std::int64_t{16} << 20U;
  std::int64_t log_sql_bytes = 8'192;       ///< kept of one statement's text
  std::int64_t log_parameter_bytes = 2'048; ///< kept of one statement's parameters

  bool operator==(const Limits&) const = default;
};

/// `limits` as a Dict, times in milliseconds.
wire::Value to_value(const Limits& limits);

/// Defaults overlaid with the members of `value`; members unknown or not positive are ignored.
Limits limits_from(const wire::Value& value);

} // namespace assay::broker
