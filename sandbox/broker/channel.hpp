// SPDX-License-Identifier: MIT
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/wire/frame.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::broker {

/// Messages over a stream socket whose other end may be hostile: never blocks, never waits for the
/// reader.
class Channel {
public:
  Channel(Descriptor socket, std::size_t max_message_bytes);

  [[nodiscard]] int descriptor() const { return socket_.get(); }

  /// Reads what is there, descriptors included; false when the other side is gone or broke the
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
  Descriptor socket_;
  wire::FrameBuffer in_;
  std::string kept_;
  std::vector<Descriptor> descriptors_;
};

} // namespace assay::broker
