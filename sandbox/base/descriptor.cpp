// SPDX-License-Identifier: MIT
#include "sandbox/base/descriptor.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace assay {

namespace {

constexpr std::size_t k_max_descriptors = 8;

} // namespace

void Descriptor::reset(int number)
{
  if (number_ >= 0) {
    ::close(number_);
  }
  number_ = number;
}

Expected<std::array<Descriptor, 2>> socket_pair(int type)
{
  std::array<int, 2> ends{-1, -1};
  if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return system_failure("socketpair");
  }
  return std::array<Descriptor, 2>{Descriptor(ends[0]), Descriptor(ends[1])};
}

Expected<std::array<Descriptor, 2>> make_pipe()
{
  std::array<int, 2> ends{-1, -1};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return system_failure("pipe");
  }
  return std::array<Descriptor, 2>{Descriptor(ends[0]), Descriptor(ends[1])};
}

Expected<void>
send_message(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors)
{
  if (descriptors.size() > k_max_descriptors) {
    return Failure{"sendmsg", 0, "too many descriptors"};
  }
  iovec part{const_cast<std::byte*>(bytes.data()), bytes.size()}; // NOLINT: sendmsg only reads
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * k_max_descriptors)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  if (!descriptors.empty()) {
    header.msg_control = control.data();
    header.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
    cmsghdr* const attached = CMSG_FIRSTHDR(&header);
    attached->cmsg_level = SOL_SOCKET;
    attached->cmsg_type = SCM_RIGHTS;
    attached->cmsg_len = CMSG_LEN(descriptors.size_bytes());
    std::memcpy(CMSG_DATA(attached), descriptors.data(), descriptors.size_bytes());
  }
  ssize_t sent = -1;
  do {
    sent = ::sendmsg(socket, &header, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  if (sent < 0) {
    return system_failure("sendmsg");
  }
  if (static_cast<std::size_t>(sent) != bytes.size()) {
    return Failure{"sendmsg", 0, "the message was cut"};
  }
  return {};
}

Expected<Message> receive_message(int socket, std::size_t limit, int timeout_ms)
{
  pollfd waiting{socket, POLLIN, 0};
  int ready = 0;
  do {
    ready = ::poll(&waiting, 1, timeout_ms);
  } while (ready < 0 && errno == EINTR);
  if (ready < 0) {
    return system_failure("poll");
  }
  if (ready == 0) {
    return Failure{"recvmsg", ETIMEDOUT, {}};
  }

  Message message;
  message.bytes.resize(limit);
  iovec part{message.bytes.data(), message.bytes.size()};
  alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(int) * k_max_descriptors)> control{};
  msghdr header{};
  header.msg_iov = &part;
  header.msg_iovlen = 1;
  header.msg_control = control.data();
  header.msg_controllen = control.size();
  ssize_t got = -1;
  do {
    got = ::recvmsg(socket, &header, MSG_CMSG_CLOEXEC);
  } while (got < 0 && errno == EINTR);
  if (got < 0 && errno != ECONNRESET) {
    return system_failure("recvmsg");
  }
  for (cmsghdr* item = CMSG_FIRSTHDR(&header); item != nullptr; item = CMSG_NXTHDR(&header, item)) {
    if (item->cmsg_level == SOL_SOCKET && item->cmsg_type == SCM_RIGHTS) {
      const std::size_t count = (item->cmsg_len - CMSG_LEN(0)) / sizeof(int);
      for (std::size_t i = 0; i < count; ++i) {
        int number = -1;
        std::memcpy(&number, CMSG_DATA(item) + i * sizeof(int), sizeof number);
        message.descriptors.emplace_back(number);
      }
    }
  }
  message.truncated = (header.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0;
  message.closed = got <= 0 && message.descriptors.empty();
  message.bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
  return message;
}

} // namespace assay
