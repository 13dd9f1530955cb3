// SPDX-License-Identifier: MIT
// One connection of a candidate's to PostgreSQL, as seen in the middle: what goes on to the other
// side, and what of it is a statement. It knows no descriptor: octets in, octets out.
//
// Messages are passed on as they came, but for the start: whoever the candidate says it is and
// whatever database it asks for, it becomes the slot's role in the slot's database. The server
// answers in the order of the requests, so a queue of requests says what each answer is about.
// Source: https://www.postgresql.org/docs/17/protocol-flow.html
#pragma once

#include "sandbox/broker/postgres/messages.hpp"
#include "sandbox/broker/statement_log.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace assay::broker::postgres {

/// What a connection is cancelled by: the server's process and its secret.
struct BackendKey {
  std::int32_t process = 0;
  std::int32_t secret = 0;

  bool operator==(const BackendKey&) const = default;
};

/// Whom candidates become.
struct SlotIdentity {
  std::string user = "candidate";
  std::string database = "assay";
};

class Conversation {
public:
  using Clock = std::chrono::steady_clock;

  /// `connection` is its number in the log.
  Conversation(StatementLog& log, const Limits& limits, std::int64_t connection);

  enum class Phase {
    greeting,  ///< the candidate has not said whom it wants
    ready,     ///< it has: there must be a server now
    cancelled, ///< it only wanted another connection cancelled: cancels()
    over,      ///< the candidate said goodbye, or broke the protocol: broken()
  };

  /// Takes what came from either side; what goes on is in to_client() and to_server().
  void from_client(std::string_view octets);
  void from_server(std::string_view octets);

  std::string& to_client() { return to_client_; }

  std::string& to_server() { return to_server_; }

  [[nodiscard]] Phase phase() const { return phase_; }

  [[nodiscard]] bool broken() const { return broken_; }

  /// Of phase `cancelled`: whom it wants cancelled.
  [[nodiscard]] const BackendKey& cancels() const { return cancels_; }

  /// The server's process for this connection, once it said so.
  [[nodiscard]] const std::optional<BackendKey>& backend() const { return backend_; }

  /// Since when the oldest unanswered statement runs.
  [[nodiscard]] std::optional<Clock::time_point> running_since() const;

  /// The limit that a statement went over, if one did: the connection is to be ended.
  [[nodiscard]] Exceeded exceeded() const { return exceeded_; }

  /// Notes that the running statement went over `limit` and tells the candidate.
  void exceed(Exceeded limit);

private:
  /// A statement's text, kept once for the log.
  struct Text {
    std::shared_ptr<const std::string> sql;
    bool cut = false;
    StatementKind kind = StatementKind::other;
  };

  struct Portal {
    Text text;
    std::string parameters;
    StatementRecord* suspended = nullptr; ///< executed in parts
  };

  enum class Asked { parse, bind, describe, execute, close, query, sync };

  /// A request that is not answered yet.
  struct Request {
    Asked asked = Asked::sync;
    Text text;
    StatementRecord* record = nullptr;
    bool more = false; ///< a statement of the same query came before
    std::int64_t bytes = 0;
    Clock::time_point since;
  };

  void greet(const Message& message);
  void start(std::string_view payload);
  void ask(const Message& message);
  void parse(std::string_view payload);
  void bind(std::string_view payload);
  void execute(std::string_view payload);
  void close(std::string_view payload);
  void query(std::string_view payload);

  void push(Asked asked) { push(asked, Text(), nullptr); }

  void push(Asked asked, Text text, StatementRecord* record);
  void answer(const Message& message);
  void answer_row(std::size_t bytes);
  void complete(std::string_view tag);
  void answer_error(std::string_view payload);
  void pop(Asked asked);
  Text text_of(std::string_view sql) const;
  StatementRecord* begin(const Text& text, std::string_view parameters);
  void break_off(std::string_view why);

  StatementLog& log_;
  const Limits& limits_;
  const std::int64_t connection_;
  MessageStream client_;
  MessageStream server_;
  std::string to_client_;
  std::string to_server_;
  Phase phase_ = Phase::greeting;
  int greetings_ = 0;
  bool broken_ = false;
  BackendKey cancels_;
  std::optional<BackendKey> backend_;
  std::map<std::string, Text, std::less<>> statements_;
  std::map<std::string, Portal, std::less<>> portals_;
  std::size_t kept_bytes_ = 0; ///< of both
  std::deque<Request> requests_;
  Exceeded exceeded_ = Exceeded::nothing;
};

} // namespace assay::broker::postgres
