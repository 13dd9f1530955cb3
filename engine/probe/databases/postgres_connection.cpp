// SPDX-License-Identifier: MIT
#include "engine/probe/databases/postgres_connection.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/answers.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <charconv>
#include <cstdlib>
#include <optional>
#include <utility>
#include <vector>

#include <poll.h>

namespace assay::probe {

using wire::Value;

namespace {

/// Of one statement; ours take milliseconds.
constexpr std::chrono::seconds k_patience{20};
constexpr std::size_t k_most_bytes = std::size_t{64} << 20U;

constexpr Oid k_bool = 16; // pg_type.dat
constexpr Oid k_int8 = 20;
constexpr Oid k_int2 = 21;
constexpr Oid k_int4 = 23;
constexpr Oid k_oid = 26;
constexpr Oid k_float4 = 700;
constexpr Oid k_float8 = 701;

/// A parameter as PostgreSQL reads it; nothing for NULL.
std::optional<std::string> parameter_text(const Value& value)
{
  if (const auto* const text = value.get<std::string>()) {
    return *text;
  }
  if (const auto* const number = value.get<std::int64_t>()) {
    return std::to_string(*number);
  }
  if (const auto* const truth = value.get<bool>()) {
    return *truth ? "true" : "false";
  }
  if (const auto* const real = value.get<double>()) {
    return fmt::format("{}", *real);
  }
  if (const auto* const bytes = value.get<wire::Bytes>()) {
    std::string hex = "\\x";
    for (const char octet : bytes->octets) {
      hex += fmt::format("{:02x}", static_cast<unsigned char>(octet));
    }
    return hex;
  }
  return std::nullopt;
}

Value value_in(const PGresult* result, int row, int column)
{
  if (PQgetisnull(result, row, column) != 0) {
    return {};
  }
  const std::string_view text(PQgetvalue(result, row, column),
                              static_cast<std::size_t>(PQgetlength(result, row, column)));
  switch (PQftype(result, column)) {
  case k_bool:
    return std::int64_t{text == "t" ? 1 : 0};
  case k_int2:
  case k_int4:
  case k_int8:
  case k_oid: {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
  }
  case k_float4:
  case k_float8:
    return std::strtod(std::string(text).c_str(), nullptr);
  default:
    return to_utf8_lossy(text);
  }
}

std::int64_t code_of(const char* sqlstate)
{
  const std::string_view state = sqlstate == nullptr ? "" : sqlstate;
  return state == "23505"          ? 2067
         : state == "23503"        ? 787
         : state == "23502"        ? 1299
         : state == "23514"        ? 275
         : state.starts_with("23") ? 19
                                   : 1;
}

} // namespace

struct PostgresConnection::Handle {
  PGconn* connection = nullptr;

  explicit Handle(PGconn* made)
    : connection(made)
  {
  }

  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  ~Handle() { PQfinish(connection); }
};

struct PostgresConnection::Result {
  std::unique_ptr<PGresult, void (*)(PGresult*)> result{nullptr, PQclear};
};

PostgresConnection::PostgresConnection(std::unique_ptr<Handle> handle)
  : handle_(std::move(handle))
{
}

PostgresConnection::~PostgresConnection() = default;

Expected<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& host,
                                                                       const char* user)
{
  const char* const names[] = {"host",
                               "user",
                               "dbname",
                               "connect_timeout",
                               "client_encoding",
                               "gssencmode",
                               "sslmode",
                               nullptr};
  const char* const values[] = {
    host.c_str(), user, "assay", "5", "UTF8", "disable", "disable", nullptr};
  auto handle = std::make_unique<Handle>(PQconnectdbParams(names, values, 0));
  if (PQstatus(handle->connection) != CONNECTION_OK) {
    return Failure{"connect to PostgreSQL", 0, one_line(PQerrorMessage(handle->connection), 300)};
  }
  // Notices speak to nobody here.
  PQsetNoticeReceiver(
    handle->connection, [](void*, const PGresult*) {}, nullptr);
  std::unique_ptr<PostgresConnection> made(
    new PostgresConnection(std::move(handle))); // NOLINT: private constructor
  if (auto set = made->run("SET statement_timeout = '15s'; SET lock_timeout = '1s'; "
                           "SET search_path = pg_catalog");
      !set) {
    return set.failure();
  }
  return made;
}

/// The last result of what was sent, or the first failure.
Expected<PostgresConnection::Result> PostgresConnection::wait()
{
  PGconn* const connection = handle_->connection;
  const auto deadline = std::chrono::steady_clock::now() + k_patience;
  Result last;
  for (;;) {
    while (PQisBusy(connection) != 0) {
      const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        deadline - std::chrono::steady_clock::now());
      pollfd waiting{PQsocket(connection), POLLIN, 0};
      if (left.count() <= 0 || ::poll(&waiting, 1, static_cast<int>(left.count())) == 0) {
        sql_code_ = 0;
        return Failure{"PostgreSQL", 0, "it does not answer"};
      }
      if (PQconsumeInput(connection) == 0) {
        sql_code_ = 0;
        return Failure{"PostgreSQL", 0, one_line(PQerrorMessage(connection), 300)};
      }
    }
    Result next{{PQgetResult(connection), PQclear}};
    if (next.result == nullptr) {
      break;
    }
    const ExecStatusType status = PQresultStatus(next.result.get());
    const bool failed =
      last.result != nullptr && PQresultStatus(last.result.get()) == PGRES_FATAL_ERROR;
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH) {
      return Failure{"PostgreSQL", 0, "it copies, which nobody asked for"};
    }
    if (!failed) {
      last = std::move(next);
    }
  }
  sql_code_ = 0;
  if (last.result == nullptr) {
    return Failure{"PostgreSQL", 0, one_line(PQerrorMessage(connection), 300)};
  }
  if (PQresultStatus(last.result.get()) == PGRES_FATAL_ERROR) {
    sql_code_ = code_of(PQresultErrorField(last.result.get(), PG_DIAG_SQLSTATE));
    const char* const text = PQresultErrorField(last.result.get(), PG_DIAG_MESSAGE_PRIMARY);
    return Failure{"PostgreSQL", 0, one_line(text == nullptr ? "an error" : text, 300)};
  }
  return last;
}

Expected<PostgresConnection::Result> PostgresConnection::send(const std::string& numbered,
                                                              const Value::List& parameters)
{
  std::vector<std::optional<std::string>> texts;
  std::vector<const char*> values;
  texts.reserve(parameters.size());
  for (const Value& parameter : parameters) {
    texts.push_back(parameter_text(parameter));
    values.push_back(texts.back() ? texts.back()->c_str() : nullptr);
  }
  if (PQsendQueryParams(handle_->connection,
                        numbered.c_str(),
                        static_cast<int>(values.size()),
                        nullptr,
                        values.data(),
                        nullptr,
                        nullptr,
                        0)
      == 0) {
    sql_code_ = 0;
    return Failure{"PostgreSQL", 0, one_line(PQerrorMessage(handle_->connection), 300)};
  }
  return wait();
}

Expected<void> PostgresConnection::run(const std::string& sql)
{
  if (PQsendQuery(handle_->connection, sql.c_str()) == 0) {
    return Failure{"PostgreSQL", 0, one_line(PQerrorMessage(handle_->connection), 300)};
  }
  auto done = wait();
  return done ? Expected<void>() : done.failure();
}

Expected<broker::Rows> PostgresConnection::query(const std::string& sql,
                                                 const Value::List& parameters,
                                                 std::int64_t max_rows)
{
  auto answer = send(numbered_parameters(sql), parameters);
  if (!answer) {
    return answer.failure();
  }
  const PGresult* const result = answer->result.get();
  broker::Rows rows;
  const int columns = PQnfields(result);
  for (int column = 0; column < columns; ++column) {
    rows.columns.push_back(to_utf8_lossy(PQfname(result, column)));
  }
  std::size_t bytes = 0;
  for (int row = 0; row < PQntuples(result); ++row) {
    if (row >= max_rows || bytes > k_most_bytes) {
      rows.more = true;
      break;
    }
    Value::List values;
    for (int column = 0; column < columns; ++column) {
      bytes += static_cast<std::size_t>(PQgetlength(result, row, column));
      values.push_back(value_in(result, row, column));
    }
    rows.rows.push_back(std::move(values));
  }
  const std::string_view changed =
    PQcmdTuples(const_cast<PGresult*>(result)); // NOLINT: libpq's type
  std::from_chars(changed.data(), changed.data() + changed.size(), rows.changes);
  return rows;
}

Expected<std::int64_t> PostgresConnection::query_each(const std::string& sql,
                                                      const Value::List& rows)
{
  const std::string numbered = numbered_parameters(sql);
  if (auto begun = run("BEGIN"); !begun) {
    return begun.failure();
  }
  std::int64_t changed = 0;
  for (const Value& row : rows) {
    const auto* const values = row.get<Value::List>();
    auto done = send(numbered, values == nullptr ? Value::List() : *values);
    if (!done) {
      const std::int64_t code = sql_code_;
      static_cast<void>(run("ROLLBACK"));
      sql_code_ = code;
      return done.failure();
    }
    changed += std::atoll(PQcmdTuples(done->result.get()));
  }
  if (auto ended = run("COMMIT"); !ended) {
    return ended.failure();
  }
  return changed;
}

std::string numbered_parameters(const std::string& sql)
{
  std::string numbered;
  char quote = '\0';
  int count = 0;
  for (const char letter : sql) {
    if (quote != '\0') {
      quote = letter == quote ? '\0' : quote;
    } else if (letter == '\'' || letter == '"') {
      quote = letter;
    } else if (letter == '?') {
      numbered += fmt::format("${}", ++count);
      continue;
    }
    numbered += letter;
  }
  return numbered;
}

} // namespace assay::probe
