// SPDX-License-Identifier: MIT
// Where a run's connections to PostgreSQL come in: accepts them on the candidate's socket, has the
// server's cell open one for each, and passes on what the conversation between both lets through.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/broker/postgres/conversation.hpp"

#include <list>
#include <span>
#include <vector>

#include <poll.h>

namespace assay::broker::postgres {

/// What the gate counts; part of the run's status.
struct GateCounts {
  std::int64_t* connections; ///< opened since the run began; also numbers them
  std::int64_t* refused;
  std::int64_t* broken;
};

/// The connections of one run. It ends them, and what the server works on for them, when it goes.
class Gate {
public:
  /// `listener`: the socket that candidates connect to. `server`: where the server's cell is asked
  /// for connections, see sandbox/harness/postgres.py. All outlive the gate but these two.
  Gate(StatementLog& log,
       const Limits& limits,
       GateCounts counts,
       Descriptor listener,
       Descriptor server);
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;
  ~Gate();

  /// What it waits for.
  void collect(std::vector<pollfd>& waiting) const;

  /// Does what can be done now; `happened` is what poll made of collect()'s.
  void serve(std::span<const pollfd> happened);

  /// Until a statement has run too long: milliseconds, -1 when none runs.
  [[nodiscard]] int until_deadline() const;

  [[nodiscard]] std::int64_t open() const { return static_cast<std::int64_t>(links_.size()); }

private:
  struct Link {
    Link(StatementLog& log, const Limits& limits, std::int64_t connection, std::uint32_t id)
      : talk(log, limits, connection),
        number(id)
    {
    }

    Conversation talk;
    std::uint32_t number; ///< of the request for its server
    Descriptor client;
    Descriptor server;
    bool asked = false;    ///< for a server
    bool finished = false; ///< nothing more is read; it goes when all is written
  };

  void accept_client();
  void take_server();
  void serve(Link& link, short client_events, short server_events);
  void go_on(Link& link);
  void end(Link& link);
  void stop_overlong();
  void request(char what, std::uint32_t number) const;

  StatementLog& log_;
  const Limits& limits_;
  GateCounts counts_;
  Descriptor listener_;
  Descriptor source_;
  std::list<Link> links_;
};

} // namespace assay::broker::postgres
