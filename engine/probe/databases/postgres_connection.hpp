// SPDX-License-Identifier: MIT
// The engine's own connections to a slot's PostgreSQL. Every wait has an end: the server may hang
// over what a candidate put into it.
#pragma once

#include "sandbox/base/expected.hpp"
#include "sandbox/broker/client.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace assay::probe {

class PostgresConnection {
public:
  /// `host`: the folder of the server's socket. Names that do not say where they are mean the
  /// server's own.
  static Expected<std::unique_ptr<PostgresConnection>> open(const std::string& host,
                                                            const char* user);
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;
  ~PostgresConnection();

  /// One or more statements without parameters and results.
  Expected<void> run(const std::string& sql);

  /// One statement; `?` outside of quotes stands for a parameter. Whole numbers, booleans and
  /// floating numbers come as such, everything else as text.
  Expected<broker::Rows> query(const std::string& sql,
                               const wire::Value::List& parameters = {},
                               std::int64_t max_rows = 100'000);

  /// One statement for each of `rows` in one transaction: all or nothing. Rows changed.
  Expected<std::int64_t> query_each(const std::string& sql, const wire::Value::List& rows);

  /// See RunDatabase::sql_code().
  [[nodiscard]] std::int64_t sql_code() const { return sql_code_; }

private:
  struct Handle;
  struct Result;
  explicit PostgresConnection(std::unique_ptr<Handle> handle);
  Expected<Result> wait();
  Expected<Result> send(const std::string& numbered, const wire::Value::List& parameters);

  std::unique_ptr<Handle> handle_;
  std::int64_t sql_code_ = 0;
};

/// `sql` with $1, $2 ... for each `?` outside of quotes.
std::string numbered_parameters(const std::string& sql);

} // namespace assay::probe
