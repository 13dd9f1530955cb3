// SPDX-License-Identifier: MIT
#include "sandbox/broker/statement_log.hpp"

#include "sandbox/wire/codec.hpp"

#include <cstring>

namespace assay::broker {

std::string_view name_of(Exceeded exceeded)
{
  switch (exceeded) {
  case Exceeded::nothing:
    break;
  case Exceeded::rows:
    return "rows";
  case Exceeded::bytes:
    return "bytes";
  case Exceeded::time:
    return "time";
  }
  return "";
}

std::string_view cut_text(std::string_view text, std::size_t max_bytes)
{
  if (text.size() <= max_bytes) {
    return text;
  }
  std::size_t size = max_bytes;
  while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) {
    --size;
  }
  return text.substr(0, size);
}

std::string cut_parameters(std::string_view parameters, std::size_t max_bytes)
{
  wire::Reader reader(parameters, {.max_bytes = parameters.size(), .max_items = 1'000'000});
  const auto container = reader.next();
  if (!container) {
    return {};
  }
  const bool list = container->kind == wire::Kind::list;
  std::size_t end = reader.position();
  std::uint32_t kept = 0;
  for (;;) {
    const bool more = list ? kept < container->count : parameters[reader.position()] != '0';
    if (!more || (!list && !reader.skip()) || !reader.skip() || reader.position() + 1 > max_bytes) {
      break;
    }
    end = reader.position();
    ++kept;
  }
  std::string out(parameters.substr(0, end));
  if (list) {
    std::memcpy(out.data() + 1, &kept, sizeof kept);
  } else {
    out.push_back('0');
  }
  return out;
}

StatementRecord* StatementLog::add(std::int64_t connection,
                                   const std::shared_ptr<const std::string>& sql,
                                   bool sql_cut,
                                   StatementKind kind,
                                   std::string_view parameters)
{
  ++total_;
  ++in_step_;
  const auto most = static_cast<std::size_t>(limits_.log_parameter_bytes);
  const bool cut = parameters.size() > most;
  std::string kept = cut ? cut_parameters(parameters, most) : std::string(parameters);
  const std::size_t size =
    sizeof(StatementRecord) + kept.size() + (sql.get() == last_sql_ ? 0 : sql->size());
  if (records_.size() >= static_cast<std::size_t>(limits_.log_records)
      || bytes_ + size > static_cast<std::size_t>(limits_.log_bytes)) {
    return nullptr;
  }
  bytes_ += size;
  last_sql_ = sql.get();
  StatementRecord& record = records_.emplace_back();
  record.sequence = total_;
  record.connection = connection;
  record.step = step_;
  record.kind = kind;
  record.sql = sql;
  record.sql_cut = sql_cut;
  record.parameters = std::move(kept);
  record.parameters_cut = cut;
  return &record;
}

wire::Value to_value(const StatementRecord& record)
{
  wire::Value parameters;
  if (!record.parameters.empty()) {
    const wire::Limits wide{.max_bytes = record.parameters.size(), .max_items = 100'000};
    auto decoded = wire::decode(record.parameters, wide);
    if (auto* const value = std::get_if<wire::Value>(&decoded)) {
      parameters = std::move(*value);
    }
  }
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(record.duration);
  return wire::Value::Dict{
    {"sequence", record.sequence},
    {"connection", record.connection},
    {"step", record.step},
    {"kind", std::string(name_of(record.kind))},
    {"sql", *record.sql},
    {"sql_cut", record.sql_cut},
    {"parameters", std::move(parameters)},
    {"parameters_cut", record.parameters_cut},
    {"implicit", record.implicit},
    {"executions", record.executions},
    {"rows_returned", record.rows_returned},
    {"rows_changed", record.rows_changed},
    {"microseconds", std::int64_t{microseconds.count()}},
    {"error_code", std::int64_t{record.error_code}},
    {"error", record.error},
    {"exceeded", std::string(name_of(record.exceeded))},
  };
}

} // namespace assay::broker
