// SPDX-License-Identifier: MIT
// The engine's side of a broker: what it may ask between a candidate's steps.
// sandbox/broker/control.hpp has the wire.
#pragma once

#include "sandbox/base/expected.hpp"
#include "sandbox/broker/limits.hpp"
#include "sandbox/wire/value.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace assay::broker {

/// Rows the engine asked for.
struct Rows {
  std::vector<std::string> columns;
  std::vector<wire::Value::List> rows;
  std::int64_t changes = 0; ///< rows inserted, updated or deleted, triggers included
  bool more = false;        ///< cut at `max_rows` or 64 MiB
};

/// A statement of the candidate's, as the broker saw it.
struct LoggedStatement {
  std::int64_t sequence =
    0; ///< 1, 2, ... over the run; gaps are statements the full log has only counted
  std::int64_t connection = 0; ///< 1, 2, ... in the order opened
  std::int64_t step = 0;       ///< 0 outside any step
  std::string kind;            ///< select insert update delete ddl transaction pragma explain other
  std::string sql;
  bool sql_cut = false;
  wire::Value parameters; ///< List, Dict or None; of the first execution
  bool parameters_cut = false;
  bool implicit = false; ///< a BEGIN or COMMIT that Python's driver puts in
  std::int64_t executions = 0;
  std::int64_t rows_returned = 0; ///< that reached the candidate
  std::int64_t rows_changed = 0;
  std::chrono::microseconds duration{0};
  std::int64_t error_code = 0; ///< SQLite's extended result code
  std::string error;
  std::string exceeded; ///< the limit that ended it: rows, bytes, time, or empty
};

struct LogPart {
  std::vector<LoggedStatement> statements;
  bool more = false;
  std::int64_t total = 0;      ///< statements of the run so far
  std::int64_t unrecorded = 0; ///< of these, not in the log because it was full
};

struct TableChecksum {
  std::string table;
  std::int64_t rows = 0;
  std::string digest; ///< 16 octets, the same for the same rows in any order under the same key

  bool operator==(const TableChecksum&) const = default;
};

struct BrokerStatus {
  std::int64_t connections = 0; ///< opened since the run began
  std::int64_t open = 0;
  std::int64_t transactions = 0; ///< open connections inside a transaction
  std::int64_t refused = 0;      ///< connections over the limit
  std::int64_t broken = 0;       ///< connections that broke the protocol
  std::int64_t statements = 0;
  std::int64_t file_bytes = 0;
  std::int64_t heap_bytes = 0;
};

/// Speaks to one broker; every call waits for its answer, at most `patience`.
///
/// Failures: the broker is gone or too slow (errno), or it refused (text, and sql_code() when
/// SQLite did).
class Client {
public:
  explicit Client(int control, std::chrono::milliseconds patience = std::chrono::seconds(30))
    : control_(control),
      patience_(patience)
  {
  }

  using Key = std::array<std::uint64_t, 2>;

  /// Ends the run there was; the broker serves connections that come over `candidate`, the other
  /// end of the candidate's socket (SOCK_SEQPACKET). The caller closes its own copy. `postgres`:
  /// the socket where candidates look for PostgreSQL, and the server's cell; -1 for none.
  struct PostgresEnds {
    int listener = -1;
    int server = -1;
  };

  Expected<void>
  begin_run(const Limits& limits, const Key& key, int candidate, PostgresEnds postgres = {-1, -1});

  /// Closes the candidate's connections and forgets databases and log.
  Expected<void> end_run();

  Expected<void> begin_step(std::int64_t step);

  /// Ends the step; statements run in it.
  Expected<std::int64_t> end_step();

  /// Runs one statement. `parameters` is a List or a Dict.
  Expected<Rows> execute(const std::string& database,
                         const std::string& sql,
                         wire::Value parameters = wire::Value::List{},
                         std::int64_t max_rows = 100'000);

  /// Runs one statement for each of `rows` in one transaction: all or nothing. Rows changed.
  Expected<std::int64_t>
  execute_many(const std::string& database, const std::string& sql, wire::Value::List rows);

  /// Runs several statements; an open transaction is rolled back when one fails.
  Expected<void> script(const std::string& database, const std::string& sql);

  /// The whole database as a file's content.
  Expected<std::string> snapshot(const std::string& database);

  /// Makes the database what `image` is; an empty image empties it. With `Force::yes` the
  /// candidate's open statements end and its transactions are rolled back first; without, an open
  /// one is a failure after 2 s.
  enum class Force { no, yes };
  Expected<void> restore(const std::string& database, const std::string& image, Force force);

  /// Of every table but SQLite's own, by name.
  Expected<std::vector<TableChecksum>> checksum(const std::string& database);

  /// Names of the run's databases.
  Expected<std::vector<std::string>> databases();

  /// Records after `after`, at most 2,000.
  Expected<LogPart> log(std::int64_t after);

  Expected<BrokerStatus> status();

  /// SQLite's extended result code of the last refusal, 0 if it was not SQLite's.
  [[nodiscard]] std::int64_t sql_code() const { return sql_code_; }

private:
  Expected<wire::Value>
  ask(const char* operation, wire::Value::Dict members, std::span<const int> descriptors = {});
  Expected<void> send(const std::string& frame, std::span<const int> descriptors) const;
  Expected<std::string> receive() const;

  int control_;
  std::chrono::milliseconds patience_;
  std::int64_t sql_code_ = 0;
};

} // namespace assay::broker
