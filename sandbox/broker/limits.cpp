// SPDX-License-Identifier: MIT
#include "sandbox/broker/limits.hpp"

namespace assay::broker {

namespace {

struct Count {
  const char* name;
  std::int64_t Limits::*field;
};

struct Time {
  const char* name;
  std::chrono::milliseconds Limits::*field;
};

constexpr Count k_counts[] = {
  {"max_rows", &Limits::max_rows},
  {"max_result_bytes", &Limits::max_result_bytes},
  {"max_database_bytes", &Limits::max_database_bytes},
  {"max_heap_bytes", &Limits::max_heap_bytes},
  {"max_value_bytes", &Limits::max_value_bytes},
  {"max_sql_bytes", &Limits::max_sql_bytes},
  {"max_message_bytes", &Limits::max_message_bytes},
  {"max_connections", &Limits::max_connections},
  {"max_open_statements", &Limits::max_open_statements},
  {"max_functions", &Limits::max_functions},
  {"log_records", &Limits::log_records},
  {"log_bytes", &Limits::log_bytes},
  {"log_sql_bytes", &Limits::log_sql_bytes},
  {"log_parameter_bytes", &Limits::log_parameter_bytes},
};

constexpr Time k_times[] = {
  {"statement_time", &Limits::statement_time},
  {"callback_time", &Limits::callback_time},
};

} // namespace

wire::Value to_value(const Limits& limits)
{
  wire::Value::Dict dict;
  for (const Count& count : k_counts) {
    dict.emplace_back(count.name, limits.*count.field);
  }
  for (const Time& time : k_times) {
    dict.emplace_back(time.name, std::int64_t{(limits.*time.field).count()});
  }
  return dict;
}

Limits limits_from(const wire::Value& value)
{
  Limits limits;
  const auto positive = [&](const char* name) -> const std::int64_t* {
    const wire::Value* const member = value.member(name);
    const auto* const number = member != nullptr ? member->get<std::int64_t>() : nullptr;
    return number != nullptr && *number > 0 ? number : nullptr;
  };
  for (const Count& count : k_counts) {
    if (const auto* const number = positive(count.name)) {
      limits.*count.field = *number;
    }
  }
  for (const Time& time : k_times) {
    if (const auto* const number = positive(time.name)) {
      limits.*time.field = std::chrono::milliseconds(*number);
    }
  }
  return limits;
}

} // namespace assay::broker
