// SPDX-License-Identifier: MIT
#include "sandbox/wire/frame.hpp"

#include <cstdint>
#include <cstring>

namespace assay::wire {

std::size_t open_frame(std::string& out)
{
  const std::size_t header = out.size();
  out.append(k_frame_header, '\0');
  return header;
}

void close_frame(std::string& out, std::size_t header)
{
  const auto size = static_cast<std::uint32_t>(out.size() - header - k_frame_header);
  std::memcpy(out.data() + header, &size, sizeof size);
}

std::optional<std::string_view> FrameBuffer::take()
{
  if (start_ == octets_.size()) {
    octets_.clear();
    start_ = 0;
  }
  if (overlong_ || pending() < k_frame_header) {
    return std::nullopt;
  }
  std::uint32_t size = 0;
  std::memcpy(&size, octets_.data() + start_, sizeof size);
  if (size > max_message_bytes_) {
    overlong_ = true;
    return std::nullopt;
  }
  if (pending() - k_frame_header < size) {
    if (start_ > 0) {
      octets_.erase(0, start_);
      start_ = 0;
    }
    return std::nullopt;
  }
  const std::string_view message(octets_.data() + start_ + k_frame_header, size);
  start_ += k_frame_header + size;
  return message;
}

} // namespace assay::wire
