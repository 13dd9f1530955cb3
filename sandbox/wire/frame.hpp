// SPDX-License-Identifier: MIT
// Messages on a byte stream: each is its length, 4 octets, least first, then that many octets.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assay::wire {

constexpr std::size_t k_frame_header = 4;

/// Makes room for the header of a frame at the end of `out`; returns where close_frame() finds it.
std::size_t open_frame(std::string& out);

/// Fills in the header: everything appended since open_frame() is the message (below 4 GiB).
void close_frame(std::string& out, std::size_t header);

/// Cuts received octets into messages. Refuses messages above a limit before they are stored.
class FrameBuffer {
public:
  explicit FrameBuffer(std::size_t max_message_bytes)
    : max_message_bytes_(max_message_bytes)
  {
  }

  void append(std::string_view octets) { octets_.append(octets); }

  /// The next whole message; it stays valid until the next append() or take().
  std::optional<std::string_view> take();

  /// Whether the other side announced a message above the limit; nothing after that is read.
  [[nodiscard]] bool overlong() const { return overlong_; }

  /// Octets received and not yet taken.
  [[nodiscard]] std::size_t pending() const { return octets_.size() - start_; }

private:
  std::string octets_;
  std::size_t start_ = 0;
  std::size_t max_message_bytes_;
  bool overlong_ = false;
};

} // namespace assay::wire
