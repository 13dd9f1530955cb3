// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/gate.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/socket.h>

namespace assay::broker::postgres {

namespace {

constexpr std::size_t k_read = std::size_t{64} << 10U;
/// Kept for a side that does not read before the other one waits.
constexpr std::size_t k_most_waiting = std::size_t{1} << 20U;

enum class Got { octets, nothing, end };

Got read_some(const Descriptor& socket, std::string& into)
{
  into.resize(k_read);
  const ssize_t got = ::recv(socket.get(), into.data(), into.size(), MSG_DONTWAIT);
  into.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  if (got > 0) {
    return Got::octets;
  }
  return got < 0 && (errno == EAGAIN || errno == EINTR) ? Got::nothing : Got::end;
}

/// Writes what can be written now; false when the other side is gone.
bool write_some(const Descriptor& socket, std::string& from)
{
  while (!from.empty()) {
    const ssize_t sent =
      ::send(socket.get(), from.data(), from.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) {
      return errno == EAGAIN || errno == EINTR;
    }
    from.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

} // namespace

Gate::Gate(StatementLog& log,
           const Limits& limits,
           GateCounts counts,
           Descriptor listener,
           Descriptor server)
  : log_(log),
    limits_(limits),
    counts_(counts),
    listener_(std::move(listener)),
    source_(std::move(server))
{
  ::fcntl(listener_.get(), F_SETFL, O_NONBLOCK);
  // Those who connected during an earlier run and were not served any more.
  while (Descriptor(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC))) {
  }
}

Gate::~Gate()
{
  for (Link& link : links_) {
    end(link);
  }
}

/// One message to the first process of the server's cell: `what` and a number.
void Gate::request(char what, std::uint32_t number) const
{
  std::array<char, 1 + sizeof number> message{what};
  std::memcpy(message.data() + 1, &number, sizeof number);
  static_cast<void>(
    ::send(source_.get(), message.data(), message.size(), MSG_DONTWAIT | MSG_NOSIGNAL));
}

void Gate::collect(std::vector<pollfd>& waiting) const
{
  waiting.push_back({listener_.get(), POLLIN, 0});
  waiting.push_back({source_.get(), POLLIN, 0});
  for (const Link& link : links_) {
    // Each side is read while the other takes what it gets.
    auto& talk = const_cast<Conversation&>(link.talk); // NOLINT: looks at sizes only
    const auto events = [&](bool reads, const std::string& writes) {
      return static_cast<short>((reads ? POLLIN : 0) | (writes.empty() ? 0 : POLLOUT));
    };
    const bool open = !link.finished;
    waiting.push_back({link.client.get(),
                       events(open && talk.to_server().size() < k_most_waiting, talk.to_client()),
                       0});
    waiting.push_back({link.server ? link.server.get() : -1,
                       events(open && talk.to_client().size() < k_most_waiting, talk.to_server()),
                       0});
  }
}

void Gate::serve(std::span<const pollfd> happened)
{
  std::size_t at = 2;
  for (Link& link : links_) {
    if (at + 1 < happened.size()) {
      serve(link, happened[at].revents, happened[at + 1].revents);
    }
    at += 2;
  }
  stop_overlong();
  if (happened.size() > 1 && happened[1].revents != 0) {
    take_server();
  }
  if (!happened.empty() && happened[0].revents != 0) {
    accept_client();
  }
  std::erase_if(links_, [](const Link& link) { return !link.client; });
}

void Gate::accept_client()
{
  Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!client) {
    return;
  }
  if (std::ssize(links_) >= limits_.max_connections) {
    ++*counts_.refused;
    return;
  }
  // A number that an answer to somebody else's request does not have by chance.
  std::uint32_t number = 0;
  if (::getrandom(&number, sizeof number, 0) != static_cast<ssize_t>(sizeof number)) {
    return;
  }
  links_.emplace_back(log_, limits_, ++*counts_.connections, number);
  links_.back().client = std::move(client);
}

/// One answer of the server's cell: a number and, unless it could not, a connection.
void Gate::take_server()
{
  auto message = receive_message(source_.get(), 64, 0);
  std::uint32_t number = 0;
  if (!message || message->closed || message->bytes.size() != sizeof number) {
    if (message && message->closed) {
      for (Link& link : links_) {
        end(link);
      }
      source_.reset();
    }
    return;
  }
  std::memcpy(&number, message->bytes.data(), sizeof number);
  const auto link = std::ranges::find(links_, number, &Link::number);
  if (link == links_.end() || !link->asked || link->server) {
    return;
  }
  if (message->descriptors.size() != 1) {
    link->talk.to_client() += fatal_error("53300", "the server takes no more connections");
    link->finished = true;
  } else {
    link->server = std::move(message->descriptors.front());
  }
  go_on(*link);
}

void Gate::serve(Link& link, short client_events, short server_events)
{
  constexpr short k_readable = POLLIN | POLLHUP | POLLERR;
  std::string octets;
  if (!link.finished && (client_events & k_readable) != 0) {
    switch (read_some(link.client, octets)) {
    case Got::octets:
      link.talk.from_client(octets);
      break;
    case Got::end:
      end(link);
      return;
    case Got::nothing:
      break;
    }
  }
  if (!link.finished && link.server && (server_events & k_readable) != 0) {
    switch (read_some(link.server, octets)) {
    case Got::octets:
      link.talk.from_server(octets);
      break;
    case Got::end:
      link.server.reset();
      link.finished = true;
      break;
    case Got::nothing:
      break;
    }
  }
  if ((client_events | server_events) != 0) {
    go_on(link);
  }
}

/// What follows from where the conversation is, and what there is to write.
void Gate::go_on(Link& link)
{
  switch (link.talk.phase()) {
  case Conversation::Phase::greeting:
    break;
  case Conversation::Phase::cancelled: {
    const auto other = std::ranges::find_if(
      links_, [&](const Link& each) { return each.talk.backend() == link.talk.cancels(); });
    if (other != links_.end() && !link.asked) {
      std::string packet;
      append_int32(packet, 80877102);
      append_int32(packet, link.talk.cancels().process);
      append_int32(packet, link.talk.cancels().secret);
      append_message(link.talk.to_server(), '\0', packet);
    } else if (!link.asked) {
      link.finished = true;
    }
    [[fallthrough]];
  }
  case Conversation::Phase::ready:
    if (!link.asked && !link.finished) {
      link.asked = true;
      request('C', link.number);
    }
    break;
  case Conversation::Phase::over:
    link.finished = true;
    break;
  }
  if (link.server && !write_some(link.server, link.talk.to_server())) {
    link.server.reset();
    link.finished = true;
  }
  const bool heard = write_some(link.client, link.talk.to_client());
  const bool cancelled = link.talk.phase() == Conversation::Phase::cancelled && link.server
                         && link.talk.to_server().empty();
  if (!heard || cancelled || (link.finished && link.talk.to_client().empty())) {
    end(link);
  }
}

/// Closes both sides. What the server still works on would not notice for a while.
void Gate::end(Link& link)
{
  if (!link.client) {
    return;
  }
  if (link.talk.broken()) {
    ++*counts_.broken;
  }
  if (link.server && link.talk.backend() && link.talk.running_since()) {
    request('T', static_cast<std::uint32_t>(link.talk.backend()->process));
  }
  link.server.reset();
  link.client.reset();
}

void Gate::stop_overlong()
{
  const auto now = Conversation::Clock::now();
  for (Link& link : links_) {
    const auto since = link.talk.running_since();
    if (link.client && since && !link.finished && now - *since >= limits_.statement_time) {
      link.talk.exceed(Exceeded::time);
    }
    if (link.client && link.talk.exceeded() != Exceeded::nothing && !link.finished) {
      go_on(link);
    }
  }
}

int Gate::until_deadline() const
{
  const auto now = Conversation::Clock::now();
  int soonest = -1;
  for (const Link& link : links_) {
    const auto since = link.talk.running_since();
    if (!since || link.finished) {
      continue;
    }
    const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(*since + limits_.statement_time - now);
    const int wait = static_cast<int>(std::max<std::int64_t>(left.count() + 1, 0));
    soonest = soonest < 0 ? wait : std::min(soonest, wait);
  }
  return soonest;
}

} // namespace assay::broker::postgres
