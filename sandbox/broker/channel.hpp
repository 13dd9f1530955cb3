// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/wire/frame.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace assay::broker {

/// Whether descriptors that come with messages are kept or left to the kernel to drop.
enum class Descriptors { drop, keep };

/// Messages over a stream socket whose other end may be hostile: never blocks, never waits for the
/// reader.
class Channel {
public:
  Channel(Descriptor socket, std::size_t max_message_bytes, Descriptors descriptors);

  [[nodiscard]] int descriptor() const { return socket_.get(); }

  /// Reads what is there; false when the other side is gone or broke the
  /// framing.
  bool receive();

  /// The next whole message, copied.
  std::optional<std::string> take();

  /// Whether the other side announced a message above the limit.
  [[nodiscard]] bool overlong() const { return in_.overlong(); }

  /// Sends `octets`, whole frames; what does not fit now is kept and sent by flush().
  void send(std::string_view octets);

  /// Sends what send() had to keep; false when the other side is gone.
  bool flush();

  /// Whether replies wait for the other side to read.
  [[nodiscard]] bool stalled() const { return !kept_.empty(); }

  /// Descriptors received and not yet taken, oldest first.
  std::vector<Descriptor>& descriptors() { return descriptors_; }

private:
  ssize_t read_some(std::span<char> room);

  Descriptor socket_;
  Descriptors kind_;
  wire::FrameBuffer in_;
  std::string kept_;
  std::vector<Descriptor> descriptors_;
};

} // namespace assay::broker
