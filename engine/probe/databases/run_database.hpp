// SPDX-License-Identifier: MIT
// The main database of a box, as the engine uses it between the candidate's steps: whatever its
// kind, the phases of a run ask for the same few things. What the candidate put into it is hostile.
#pragma once

#include "engine/model/schema_facts.hpp"
#include "sandbox/broker/client.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// A state of a database to go back to. What it holds is the business of the one that made it.
struct DatabaseImage {
  std::string content;
  bool rows_only = false; ///< the tables have to be there
};

enum class ForeignKeys { enforced, ignored };

/// SQL is written with `?` for parameters and names in double quotes. Failures name what the
/// database said; sql_code() tells which.
class RunDatabase {
public:
  RunDatabase() = default;
  RunDatabase(const RunDatabase&) = delete;
  RunDatabase& operator=(const RunDatabase&) = delete;
  virtual ~RunDatabase() = default;

  /// "sqlite" or "postgresql".
  [[nodiscard]] virtual std::string_view kind() const = 0;

  /// What stands for a table in SQL, by its name in the facts: "blog.post" is post of schema blog
  /// where there are schemas.
  [[nodiscard]] virtual std::string table(std::string_view name) const = 0;

  /// Leaves nothing in it. Open statements and transactions of the candidate's are ended if need
  /// be.
  virtual Expected<void> clear() = 0;

  /// Runs one statement. At most `max_rows` rows come back.
  virtual Expected<broker::Rows> execute(const std::string& sql,
                                         wire::Value::List parameters = {},
                                         std::int64_t max_rows = 100'000) = 0;

  /// Runs one statement for each of `rows`: all or nothing. Rows changed.
  virtual Expected<std::int64_t> execute_many(const std::string& sql, wire::Value::List rows) = 0;

  /// Tables by name without those of the database's own and Alembic's. Types are as declared;
  /// places are empty.
  virtual Expected<std::vector<Table>> reflect() = 0;

  /// Names of the types that were made in it and are none of a table's.
  virtual std::vector<std::string> types() = 0;

  /// The tables, or what stands for them in `sql`, that would be read whole to answer it; with
  /// ".column" where that is to find rows by this column. Nothing is run. Empty if the database
  /// does not understand it.
  virtual std::vector<std::string> read_whole(const std::string& sql) = 0;

  virtual Expected<DatabaseImage> snapshot() = 0;

  /// Makes it what it was.
  virtual Expected<void> restore(const DatabaseImage& image) = 0;

  /// Has checks let rows pass, where it can.
  virtual bool ignore_checks() = 0;

  /// For our own statements from now on; false if that cannot be.
  virtual bool set_foreign_keys(ForeignKeys keys) = 0;

  /// Drops unique indexes over expressions of `table`; whether there were any.
  virtual bool drop_computed_uniques(const std::string& table) = 0;

  /// Rows were put in with keys of our choosing: counters go on behind them.
  virtual void settle_counters() = 0;

  /// SQLite's extended result code of the last refusal, or the nearest to it; 0 if it was no
  /// refusal.
  [[nodiscard]] virtual std::int64_t sql_code() const = 0;
};

/// SQLite's, in the broker.
std::unique_ptr<RunDatabase> sqlite_database(broker::Client& client, std::string name);

} // namespace assay::probe
