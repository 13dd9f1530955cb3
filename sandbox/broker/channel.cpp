// SPDX-License-Identifier: MIT
#include "sandbox/broker/channel.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <sys/socket.h>

namespace assay::broker {

namespace {

constexpr std::size_t k_read_bytes = 65536;
constexpr std::size_t k_max_descriptors = 4;

/// Large and used by one receive at a time; SQLite callbacks may nest receives, but never inside
/// one.
std::array<char, k_read_bytes>& read_buffer()
{
  static std::array<char, k_read_bytes> buffer;
  return buffer;
}

void collect(msghdr& header, std::vector<Descriptor>& out)
{
  for (cmsghdr* part = CMSG_FIRSTHDR(&header); part != nullptr; part = CMSG_NXTHDR(&header, part)) {
    if (part->cmsg_level != SOL_SOCKET || part->cmsg_type != SCM_RIGHTS) {
      continue;
    }
    const std::size_t count = (part->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t index = 0; index < count; ++index) {
      int number = -1;
      std::memcpy(&number, CMSG_DATA(part) + index * sizeof number, sizeof number);
      Descriptor received(number);
      if (out.size() < k_max_descriptors) {
        out.push_back(std::move(received));
      }
    }
  }
}

} // namespace

Channel::Channel(Descriptor socket, std::size_t max_message_bytes, Descriptors descriptors)
  : socket_(std::move(socket)),
    kind_(descriptors),
    in_(max_message_bytes)
{
}

ssize_t Channel::read_some(std::span<char> room)
{
  if (kind_ == Descriptors::drop) {
    return ::recv(socket_.get(), room.data(), room.size(), MSG_DONTWAIT);
  }
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * k_max_descriptors)> control{};
  iovec part{room.data(), room.size()};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  const ssize_t got = ::recvmsg(socket_.get(), &header, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  if (got >= 0 && header.msg_controllen > 0) {
    collect(header, descriptors_);
  }
  return got;
}

bool Channel::receive()
{
  auto& buffer = read_buffer();
  const ssize_t got = read_some(buffer);
  if (got < 0) {
    return errno == EAGAIN || errno == EINTR;
  }
  in_.append(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
  return got > 0;
}

std::optional<std::string> Channel::take()
{
  if (const auto message = in_.take()) {
    return std::string(*message);
  }
  return std::nullopt;
}

void Channel::send(std::string_view octets)
{
  if (kept_.empty()) {
    const ssize_t sent =
      ::send(socket_.get(), octets.data(), octets.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    octets.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
  }
  kept_.append(octets);
}

bool Channel::flush()
{
  const ssize_t sent =
    ::send(socket_.get(), kept_.data(), kept_.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
  if (sent < 0) {
    return errno == EAGAIN || errno == EINTR;
  }
  kept_.erase(0, static_cast<std::size_t>(sent));
  return true;
}

} // namespace assay::broker
