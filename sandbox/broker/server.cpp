// SPDX-License-Identifier: MIT
#include "sandbox/broker/server.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

#include <poll.h>
#include <sys/socket.h>

namespace assay::broker {

namespace {

constexpr int k_most_at_once = 64;
constexpr int k_deepest = 12; ///< waits inside waits; each holds some 10 KiB of stack
constexpr std::size_t k_engine_message_bytes = std::size_t{256} << 20U;

bool is_stream_socket(int descriptor)
{
  int domain = 0;
  int type = 0;
  socklen_t size = sizeof domain;
  if (::getsockopt(descriptor, SOL_SOCKET, SO_DOMAIN, &domain, &size) != 0) {
    return false;
  }
  size = sizeof type;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0 && domain == AF_UNIX
         && type == SOCK_STREAM;
}

} // namespace

Server::Server(Descriptor control)
  : files_(static_cast<std::size_t>(Limits{}.max_database_bytes)),
    engine_(std::move(control), k_engine_message_bytes, Descriptors::keep),
    control_(*this, files_, run_)
{
}

Server::~Server() = default;

void Server::serve()
{
  while (turn(std::chrono::milliseconds(-1), true)) {
    sweep();
  }
}

sqlite3* Server::database_of(std::int64_t number)
{
  for (const auto& session : run_->sessions) {
    if (session->number() == number && !session->dead()) {
      return session->database();
    }
  }
  return nullptr;
}

bool Server::serve_others(std::chrono::milliseconds longest)
{
  if (!run_ || depth_ >= k_deepest) {
    return false;
  }
  ++depth_;
  const bool alive = turn(longest, false);
  --depth_;
  return alive;
}

/// Waits for anything to do and does it; false when the engine is gone.
bool Server::turn(std::chrono::milliseconds longest, bool with_engine)
{
  std::vector<pollfd> waiting;
  waiting.push_back({with_engine ? engine_.descriptor() : -1,
                     static_cast<short>(engine_.stalled() ? POLLOUT : POLLIN),
                     0});
  waiting.push_back({run_ && run_->candidate ? run_->candidate.get() : -1, POLLIN, 0});
  std::vector<Session*> sessions;
  if (run_) {
    for (const auto& session : run_->sessions) {
      const int descriptor = session->dead() ? -1 : session->channel().descriptor();
      waiting.push_back(
        {descriptor, static_cast<short>(session->channel().stalled() ? POLLOUT : POLLIN), 0});
      sessions.push_back(session.get());
    }
  }
  const std::size_t own = waiting.size();
  int patience = static_cast<int>(longest.count());
  if (run_ && run_->gate) {
    run_->gate->collect(waiting);
    const int deadline = run_->gate->until_deadline();
    patience = deadline < 0 || (patience >= 0 && patience < deadline) ? patience : deadline;
  }
  const int happened = ::poll(waiting.data(), waiting.size(), patience);
  if (happened < 0) {
    return true;
  }
  if (run_ && run_->gate) {
    run_->gate->serve(std::span<const pollfd>(waiting).subspan(own));
  }
  if (happened == 0) {
    return true;
  }
  for (const bool gone :
       {true, false}) { // who closed has let go of his locks before others ask for them
    for (std::size_t index = 0; index < sessions.size(); ++index) {
      const short events = waiting[index + 2].revents;
      if (events != 0 && ((events & POLLHUP) != 0) == gone) {
        serve_session(*sessions[index], events);
      }
    }
  }
  if (waiting[1].revents != 0) {
    accept_connections();
  }
  if (waiting[0].revents == 0) {
    return true;
  }
  if (engine_.stalled()) {
    return engine_.flush();
  }
  if (!engine_.receive()) {
    return false;
  }
  sweep();
  while (const auto message = engine_.take()) {
    engine_.send(control_.handle(*message, engine_.descriptors()));
  }
  return true;
}

void Server::serve_session(Session& session, short events)
{
  if ((events & POLLOUT) != 0 && session.channel().stalled() && !session.channel().flush()) {
    session.kill();
  }
  bool open = (events & (POLLIN | POLLHUP | POLLERR)) == 0 || session.channel().receive();
  session.handle_messages();
  while (open && (events & POLLHUP) != 0 && !session.dead()) {
    open = session.channel().receive();
    session.handle_messages();
  }
  if (!open) {
    session.kill();
  }
  if (session.dead() && !session.busy()) {
    session.release();
  }
}

/// Takes what the candidate sent over the run's socket: one octet and one socket a message.
void Server::accept_connections()
{
  std::array<std::byte, 8> octets{};
  iovec part{octets.data(), octets.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(4 * sizeof(int))> control{};
  for (int taken = 0; taken < k_most_at_once; ++taken) {
    msghdr header{};
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();
    const ssize_t got = ::recvmsg(run_->candidate.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
    if (got < 0) {
      return;
    }
    std::vector<Descriptor> received;
    for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr;
         item = CMSG_NXTHDR(&header, item)) {
      if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_RIGHTS) {
        std::array<int, 4> numbers{-1, -1, -1, -1};
        const std::size_t bytes = item->cmsg_len - CMSG_LEN(0);
        const auto* const data = CMSG_DATA(item);
        std::copy_n(data, bytes, reinterpret_cast<unsigned char*>(numbers.data())); // NOLINT
        for (std::size_t index = 0; index < bytes / sizeof(int); ++index) {
          received.emplace_back(numbers.at(index));
        }
      }
    }
    if (received.size() == 1) {
      add_session(std::move(received.front()));
    } else if (got > 0) {
      ++run_->refused;
    }
    if (got == 0 && received.empty()) {
      run_->candidate.reset();
      return;
    }
  }
}

void Server::add_session(Descriptor socket)
{
  const auto most = static_cast<std::size_t>(run_->limits.max_connections);
  const auto alive = static_cast<std::size_t>(
    std::ranges::count_if(run_->sessions, [](const auto& session) { return !session->dead(); }));
  // The dead stay in the list while requests are nested.
  if (alive >= most || run_->sessions.size() >= 4 * most || !is_stream_socket(socket.get())) {
    ++run_->refused;
    return;
  }
  run_->sessions.push_back(
    std::make_unique<Session>(*this, ++run_->connections, std::move(socket)));
}

/// Takes the dead away, unless a request of theirs is on the stack.
void Server::sweep()
{
  if (!run_) {
    return;
  }
  std::erase_if(run_->sessions, [this](const auto& session) {
    const bool gone = session->dead() && !session->busy();
    run_->broken += gone && session->broken() ? 1 : 0;
    return gone;
  });
}

} // namespace assay::broker
