// SPDX-License-Identifier: MIT
// File descriptors that close themselves, and sockets that carry them.
#pragma once

#include "sandbox/base/expected.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace assay {

/// Owns one file descriptor.
class Descriptor {
public:
  Descriptor() = default;

  explicit Descriptor(int number)
    : number_(number)
  {
  }

  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  Descriptor(Descriptor&& other) noexcept
    : number_(std::exchange(other.number_, -1))
  {
  }

  Descriptor& operator=(Descriptor&& other) noexcept
  {
    if (this != &other) {
      reset(std::exchange(other.number_, -1));
    }
    return *this;
  }

  ~Descriptor() { reset(); }

  [[nodiscard]] int get() const { return number_; }

  explicit operator bool() const { return number_ >= 0; }

  [[nodiscard]] int release() { return std::exchange(number_, -1); }

  void reset(int number = -1);

private:
  int number_ = -1;
};

/// Both ends of a connected AF_UNIX pair, close-on-exec. `type`: SOCK_STREAM, SOCK_SEQPACKET.
Expected<std::array<Descriptor, 2>> socket_pair(int type);

/// A pipe, close-on-exec: read end, write end.
Expected<std::array<Descriptor, 2>> make_pipe();

/// A message with up to 8 descriptors attached (SCM_RIGHTS). Whole or not at all.
Expected<void>
send_message(int socket, std::span<const std::byte> bytes, std::span<const int> descriptors);

/// One message as received: `bytes` shortened to what came, descriptors close-on-exec.
struct Message {
  std::vector<std::byte> bytes;
  std::vector<Descriptor> descriptors;
  bool closed = false;    ///< the other side is gone; `bytes` is empty
  bool truncated = false; ///< more than `limit` bytes, or more descriptors than allowed
};

/// Receives one message of at most `limit` bytes; waits at most `timeout_ms` (-1: for ever). Timing
/// out is a Failure with ETIMEDOUT.
Expected<Message> receive_message(int socket, std::size_t limit, int timeout_ms);

} // namespace assay
