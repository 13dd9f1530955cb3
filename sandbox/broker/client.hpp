// SPDX-License-Identifier: MIT
// The engine's side of a broker's control socket; what the requests mean is said in control.hpp.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/broker/limits.hpp"
#include "sandbox/wire/frame.hpp"
#include "sandbox/wire/value.hpp"

#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assay::broker {

/// One statement of the candidate's, as the broker saw it.
struct Statement {
  std::int64_t sequence = 0;
  std::int64_t connection = 0;
  std::int64_t step = 0; ///< 0 outside any step
  std::string kind;      ///< word of sql_text.hpp: "select", "insert", "ddl", ...
  std::string sql;
  bool implicit = false; ///< put there by Python's sqlite3, not by the candidate
  std::int64_t executions = 0;
  std::int64_t rows_returned = 0;
  std::int64_t rows_changed = 0;
  std::string error; ///< SQLite's text; empty if it went well
};

struct Log {
  std::vector<Statement> statements;
  std::int64_t unrecorded = 0; ///< run but beyond the log's limits
};

struct Rows {
  std::vector<std::string> columns;
  std::vector<wire::Value::List> rows;
  std::int64_t changes = 0;
  bool more = false; ///< cut at the limit asked for
};

using RunKey = std::array<std::byte, 16>;

/// Asks one broker, one request at a time. A broker that does not answer within `patience`, or not
/// in its protocol, is a Failure and must be replaced: usable() is false from then on.
class Client {
public:
  explicit Client(Descriptor control,
                  std::chrono::milliseconds patience = std::chrono::seconds(30));

  /// A new run with empty databases. `socket` is the broker's end of the candidate's socket; `key`
  /// goes into checksums.
  Outcome<void> begin_run(const Limits& limits, const RunKey& key, const Descriptor& socket);
  Outcome<void> end_run();

  /// From now on statements belong to `step` (1 or more).
  Outcome<void> begin_step(std::int64_t step);

  /// The number of statements of the step that ends.
  Outcome<std::int64_t> end_step();

  /// Everything logged after `sequence`.
  Outcome<Log> log(std::int64_t after = 0);

  Outcome<Rows> execute(std::string_view database,
                        std::string_view sql,
                        wire::Value::List parameters = {},
                        std::int64_t max_rows = 10'000);

  /// The statement once for each list of parameters, in one transaction.
  Outcome<void>
  execute_many(std::string_view database, std::string_view sql, wire::Value::List parameters);

  Outcome<void> script(std::string_view database, std::string_view sql);

  /// The database as an image that restore() takes; up to 64 MiB.
  Outcome<std::string> snapshot(std::string_view database);
  Outcome<void> restore(std::string_view database, std::string image);

  /// Names of the run's databases.
  Outcome<std::vector<std::string>> databases();

  [[nodiscard]] bool usable() const { return usable_; }

private:
  Outcome<wire::Value>
  ask(std::string_view operation, wire::Value::Dict members, int attached = -1);

  Descriptor control_;
  std::chrono::milliseconds patience_;
  wire::FrameBuffer frames_;
  bool usable_ = true;
};

} // namespace assay::broker
