// SPDX-License-Identifier: MIT
// The broker's one loop: the engine's requests, new connections of the run, and the connections
// themselves.
#pragma once

#include "sandbox/broker/control.hpp"
#include "sandbox/broker/memory_files.hpp"
#include "sandbox/broker/postgres/gate.hpp"
#include "sandbox/broker/session.hpp"

#include <list>
#include <memory>
#include <optional>

namespace assay::broker {

/// One run: the socket its candidate sends connections over, their sessions, the log.
struct Run {
  Run(const Limits& run_limits, Descriptor socket)
    : limits(run_limits),
      log(run_limits),
      candidate(std::move(socket))
  {
  }

  Limits limits;
  StatementLog log;
  Descriptor candidate;
  std::list<std::unique_ptr<Session>> sessions;
  std::int64_t connections = 0;         ///< opened since the run began
  std::int64_t refused = 0;             ///< connections over the limit or without a proper socket
  std::int64_t broken = 0;              ///< connections ended because they broke the protocol
  std::unique_ptr<postgres::Gate> gate; ///< of a run with PostgreSQL
};

/// Serves one engine over `control` and at most one run at a time. One thread; no files, no sockets
/// of its own.
class Server final : public Host {
public:
  explicit Server(Descriptor control);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server() override;

  /// Serves until the engine closes its end.
  void serve();

  // Host
  [[nodiscard]] const Limits& limits() const override { return run_->limits; }

  StatementLog& log() override { return run_->log; }

  bool serve_others(std::chrono::milliseconds longest) override;
  sqlite3* database_of(std::int64_t number) override;

private:
  bool turn(std::chrono::milliseconds longest, bool with_engine);
  void accept_connections();
  void add_session(Descriptor socket);
  void serve_session(Session& session, short events);
  void sweep();

  MemoryFiles files_;
  std::unique_ptr<Run> run_;
  Channel engine_;
  Control control_;
  int depth_ = 0;
};

} // namespace assay::broker
