// SPDX-License-Identifier: MIT
#include "sandbox/broker/sql_values.hpp"

#include <sqlite3.h>

namespace assay::broker {

namespace {

struct Result {
  sqlite3_context* context;

  bool operator()(wire::None) const
  {
    sqlite3_result_null(context);
    return true;
  }

  bool operator()(bool truth) const
  {
    sqlite3_result_int(context, truth ? 1 : 0);
    return true;
  }

  bool operator()(std::int64_t number) const
  {
    sqlite3_result_int64(context, number);
    return true;
  }

  bool operator()(double number) const
  {
    sqlite3_result_double(context, number);
    return true;
  }

  bool operator()(const std::string& text) const
  {
    sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    return true;
  }

  bool operator()(const wire::Bytes& bytes) const
  {
    sqlite3_result_blob64(context, bytes.octets.data(), bytes.octets.size(), SQLITE_TRANSIENT);
    return true;
  }

  bool operator()(const wire::Value::List&) const { return false; }

  bool operator()(const wire::Value::Dict&) const { return false; }
};

} // namespace

bool write_value(wire::Writer& writer, sqlite3_value* value, bool raw)
{
  const auto octets = [&](const void* start) {
    return std::string_view(static_cast<const char*>(start),
                            static_cast<std::size_t>(sqlite3_value_bytes(value)));
  };
  switch (sqlite3_value_type(value)) {
  case SQLITE_INTEGER:
    writer.integer(sqlite3_value_int64(value));
    return false;
  case SQLITE_FLOAT:
    writer.real(sqlite3_value_double(value));
    return false;
  case SQLITE_BLOB:
    writer.bytes(octets(sqlite3_value_blob(value)));
    return false;
  case SQLITE_TEXT: {
    const std::string_view text = octets(sqlite3_value_text(value));
    if (!raw && wire::is_utf8(text)) {
      writer.text(text);
      return false;
    }
    writer.list(1);
    writer.bytes(text);
    return true;
  }
  default:
    writer.none();
    return false;
  }
}

bool set_result(sqlite3_context* context, const wire::Value& value)
{
  return std::visit(Result{context}, value.held);
}

} // namespace assay::broker
