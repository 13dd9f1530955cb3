// SPDX-License-Identifier: MIT
// A broker for tests: the real program, its engine's client and a candidate's end that speaks
// frames.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/broker/client.hpp"
#include "sandbox/broker/protocol.hpp"
#include "sandbox/wire/codec.hpp"
#include "sandbox/wire/frame.hpp"
#include "tests/support/catch.hpp"

#include <array>
#include <stdexcept>
#include <string>
#include <vector>

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace assay::test {

using List = wire::Value::List;
using broker::Operation;

/// assay-broker as a child process; ends with this object.
class BrokerChild {
public:
  BrokerChild()
  {
    auto ends = socket_pair(SOCK_STREAM).value();
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1].get(), 3);
      ::execl(ASSAY_BROKER, ASSAY_BROKER, nullptr);
      ::_exit(127);
    }
    control_ = std::move(ends[0]);
  }

  BrokerChild(const BrokerChild&) = delete;
  BrokerChild& operator=(const BrokerChild&) = delete;

  ~BrokerChild() { finish(); }

  [[nodiscard]] int control() const { return control_.get(); }

  /// Closes the control socket and waits; the exit status, or -1 when a signal ended the broker.
  int finish()
  {
    control_.reset();
    int status = 0;
    if (pid_ > 0) {
      ::waitpid(pid_, &status, 0);
      pid_ = -1;
      last_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    return last_;
  }

private:
  Descriptor control_;
  pid_t pid_ = -1;
  int last_ = -1;
};

/// One connection of a candidate that says what it likes.
class RawConnection {
public:
  explicit RawConnection(int run_socket)
  {
    auto ends = socket_pair(SOCK_STREAM).value();
    const std::array<std::byte, 1> octet{std::byte{'c'}};
    const std::array<int, 1> theirs{ends[1].get()};
    if (!send_message(run_socket, octet, theirs)) {
      throw std::runtime_error("cannot send a connection");
    }
    socket_ = std::move(ends[0]);
  }

  void send(const std::string& octets) const
  {
    // A hung-up broker is what some tests expect; receive() tells.
    static_cast<void>(::send(socket_.get(), octets.data(), octets.size(), MSG_NOSIGNAL));
  }

  void send(Operation operation, List arguments) const
  {
    arguments.insert(arguments.begin(), wire::Value(static_cast<std::int64_t>(operation)));
    std::string frame;
    const std::size_t header = wire::open_frame(frame);
    wire::Writer(frame).value(std::move(arguments));
    wire::close_frame(frame, header);
    send(frame);
  }

  /// The next reply, or an empty list when the broker hung up.
  List receive()
  {
    for (;;) {
      if (const auto message = buffer_.take()) {
        const auto decoded = wire::decode(*message, {std::size_t{64} << 20U, 10'000'000, 16});
        return *std::get<wire::Value>(decoded).get<List>();
      }
      pollfd waiting{socket_.get(), POLLIN, 0};
      if (::poll(&waiting, 1, 20'000) <= 0) {
        throw std::runtime_error("no reply");
      }
      std::array<char, 65536> piece{};
      const ssize_t got = ::recv(socket_.get(), piece.data(), piece.size(), 0);
      if (got <= 0) {
        return {};
      }
      buffer_.append(std::string_view(piece.data(), static_cast<std::size_t>(got)));
    }
  }

  List ask(Operation operation, List arguments)
  {
    send(operation, std::move(arguments));
    return receive();
  }

  List open(const std::string& name, std::int64_t wait_ms = 100)
  {
    return ask(Operation::open, {name, 0, wait_ms});
  }

  List execute(const std::string& sql, List parameters = {})
  {
    return ask(Operation::execute, {sql, std::move(parameters), wire::Value(), 0, List{}});
  }

  void close() { socket_.reset(); }

private:
  Descriptor socket_;
  wire::FrameBuffer buffer_{std::size_t{64} << 20U};
};

/// A broker with a run begun.
struct BrokerRun {
  explicit BrokerRun(const broker::Limits& limits = {}) { begin(limits); }

  void begin(const broker::Limits& limits)
  {
    auto ends = socket_pair(SOCK_SEQPACKET).value();
    REQUIRE(client.begin_run(limits, {1, 2}, ends[1].get()));
    candidate = std::move(ends[0]);
  }

  BrokerChild child;
  broker::Client client{child.control()};
  Descriptor candidate;
};

inline std::int64_t status_of(const List& reply)
{
  return reply.empty() ? -1 : *reply.at(0).get<std::int64_t>();
}

} // namespace assay::test
