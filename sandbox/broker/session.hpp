// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/broker/channel.hpp"
#include "sandbox/broker/database.hpp"
#include "sandbox/broker/protocol.hpp"
#include "sandbox/broker/statement_cache.hpp"
#include "sandbox/broker/statement_log.hpp"
#include "sandbox/wire/codec.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3_backup;
struct sqlite3_blob;

namespace assay::broker {

using Clock = std::chrono::steady_clock;

/// What a session needs of the process around it.
class Host {
public:
  Host() = default;
  Host(const Host&) = delete;
  Host& operator=(const Host&) = delete;
  virtual ~Host() = default;

  [[nodiscard]] virtual const Limits& limits() const = 0;
  virtual StatementLog& log() = 0;
  /// Serves the other connections for at most `longest`; false when waits are nested too deep to do
  /// so.
  virtual bool serve_others(std::chrono::milliseconds longest) = 0;
  /// The database of connection `number`, null when there is none.
  virtual sqlite3* database_of(std::int64_t number) = 0;
};

/// A frame being written: a tuple that begins with its status.
class Reply {
public:
  /// `count` values follow the status.
  Reply(Status status, std::size_t count);

  wire::Writer& writer() { return writer_; }

  std::string& octets() { return octets_; }

  /// The whole frame.
  std::string_view finish();

private:
  std::string octets_;
  std::size_t header_;
  wire::Writer writer_;
};

/// One connection of the candidate's: its database, its statements and what it may do with them.
///
/// Requests are worked on one at a time. While SQLite waits for a lock, or for a function of the
/// candidate's, the host serves others, and a request may come in the middle of another one (from
/// inside such a function).
class Session {
public:
  Session(Host& host, std::int64_t number, Descriptor socket);
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session();

  [[nodiscard]] std::int64_t number() const { return number_; }

  Channel& channel() { return channel_; }

  [[nodiscard]] sqlite3* database() const { return database_.get(); }

  /// Nothing more will be answered: the other side is gone or broke the rules.
  [[nodiscard]] bool dead() const { return dead_; }

  void kill() { dead_ = true; }

  /// Whether it is dead because it broke the rules.
  [[nodiscard]] bool broken() const { return broken_; }

  /// Whether a request is being worked on, further up the stack.
  [[nodiscard]] bool busy() const { return phase_ != Phase::idle; }

  /// Works on the messages received, as far as they may be worked on now.
  void handle_messages();

  /// Gives back everything but itself, when dead.
  void release();

  /// Ends all statements with rows left and rolls back: the engine needs the database.
  void drop_statements();

  /// Waits for a lock: a SQLite busy handler. Nonzero: try again.
  int wait_for_lock(int attempt);

  /// Looks at clock and channel: a SQLite progress handler. Nonzero: stop.
  int progress();

  /// Calls the candidate's function `number`; `arguments` writes what follows `what`. Nothing when
  /// it did not answer.
  struct Answer {
    bool went_well = false;
    wire::Value value;
  };

  /// May the function send requests of its own before it answers?
  enum class Nested { no, yes };

  std::optional<Answer> call(Nested nested,
                             std::int64_t number,
                             std::string_view what,
                             std::size_t count,
                             const std::function<void(wire::Writer&)>& arguments);

  int ask_authorizer(
    int action, const char* first, const char* second, const char* third, const char* fourth);

  /// Shows the candidate a statement about to run.
  void trace(std::string_view sql);

private:
  /// Idle; inside SQLite; waiting for a function of the candidate's, in which requests may be
  /// nested; waiting for an answer during which SQLite must be left alone
  /// (https://sqlite.org/c3ref/set_authorizer.html).
  enum class Phase { idle, working, calling, asking };

  struct Cursor {
    std::shared_ptr<Prepared> prepared;
    StatementRecord* record = nullptr;
    std::int64_t rows = 0;
    std::int64_t bytes = 0;
    bool raw = false;
    bool running = false; ///< further up the stack: SQLite must not meet it twice
  };

  struct Batch {
    std::int64_t rows = 0;
    bool more = false;
    bool raw = false;
    std::optional<SqlError> error;
  };

  struct Request {
    std::string_view sql;
    std::string_view parameters; ///< encoded
    std::optional<std::string> isolation;
    std::int64_t flags = 0;
  };

  void dispatch(const std::string& message);
  bool route(Operation operation, wire::Reader& in);
  void take_answer(wire::Reader& in);

  // statements (session.cpp)
  bool read_request(wire::Reader& in, const std::string& message, Request& out);
  [[nodiscard]] bool too_long(std::string_view sql) const;
  bool close_handles(wire::Reader& in);
  std::shared_ptr<Prepared> prepare(std::string_view sql);
  bool begin_if_needed(const Request& request, const Prepared& prepared);
  std::optional<SqlError> run_plain(std::string_view sql, bool implicit);
  bool bind(Prepared& prepared, wire::Reader& in);
  bool bind_list(Prepared& prepared, wire::Reader& in, std::size_t count);
  bool bind_dict(Prepared& prepared, wire::Reader& in);
  bool bind_one(sqlite3_stmt* statement, int place, const wire::Token& token);
  void execute(wire::Reader& in, const std::string& message);
  void many(wire::Reader& in, const std::string& message);
  bool execute_each(Prepared& prepared,
                    std::string_view parameters,
                    StatementRecord* record,
                    std::int64_t& changed);
  void script(wire::Reader& in);
  void control(wire::Reader& in);
  void fetch(wire::Reader& in);
  void open(wire::Reader& in);
  void names(wire::Reader& in);

  // rows (rows.cpp)
  Batch step_rows(Cursor& cursor, std::string& out, std::int64_t max_rows);
  std::optional<SqlError> exceeded(Cursor& cursor);
  void write_row(sqlite3_stmt* statement, std::string& out, bool raw, bool& saw_raw);
  void write_result(Cursor&& cursor, std::int64_t flags);
  void write_extra(wire::Writer& writer, sqlite3_stmt* types, const Batch& batch);
  void end(Cursor& cursor);
  SqlError failure(StatementRecord* record);

  // functions.cpp, tools.cpp
  void define(wire::Reader& in);
  std::optional<SqlError> define_function(
    Definition what, const std::string& name, int arguments, int flags, std::int64_t number);
  void limit(wire::Reader& in);
  void configure(wire::Reader& in);
  void backup(wire::Reader& in);
  void serialize(wire::Reader& in);
  void deserialize(wire::Reader& in);
  void blob(wire::Reader& in);

  // replies
  void done();
  void done(std::int64_t value);
  void sql_error(const SqlError& error);
  void misuse(std::string_view exception, std::string_view text);
  [[nodiscard]] bool in_transaction() const;
  void start_clock();

  void break_off() { dead_ = broken_ = true; }

  void guard();

  Host& host_;
  std::int64_t number_;
  Channel channel_;
  DatabaseHandle database_;
  StatementCache cache_;
  std::map<std::int64_t, Cursor> cursors_;
  std::map<std::int64_t, sqlite3_blob*> blobs_;
  std::int64_t next_handle_ = 1;
  Phase phase_ = Phase::idle;
  bool dead_ = false;
  bool broken_ = false;
  bool interrupted_ = false;
  bool timed_out_ = false;
  std::chrono::milliseconds lock_wait_{5000};
  Clock::time_point lock_deadline_;
  Clock::time_point deadline_;
  Clock::time_point last_look_;
  std::optional<Answer> answer_;
  std::int64_t functions_ = 0;
  std::int64_t authorizer_ = -1;
  std::int64_t progress_ = -1;
  std::int64_t progress_every_ = 0;
  std::int64_t progress_ticks_ = 0;
  std::int64_t tracer_ = -1;
};

} // namespace assay::broker
