// SPDX-License-Identifier: MIT
// Tar archives for tests, hostile ones among them.
#pragma once

#include "sandbox/runtimes/tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace assay::test {

struct TarWriter {
  std::string bytes;

  /// `type` is the letter of ustar. `claimed`: the size in the header, if it lies.
  TarWriter& add(char type,
                 const std::string& path,
                 const std::string& content = {},
                 const std::string& link = {},
                 unsigned mode = 0644,
                 std::size_t claimed = std::string::npos)
  {
    std::string header(512, '\0');
    const auto put = [&](std::size_t at, const std::string& text) {
      std::copy(text.begin(), text.end(), header.begin() + static_cast<std::ptrdiff_t>(at));
    };
    put(0, path.substr(0, 100));
    put(100, fmt::format("{:07o}", mode));
    put(124, fmt::format("{:011o}", claimed == std::string::npos ? content.size() : claimed));
    put(136, fmt::format("{:011o}", 1'700'000'000));
    header[156] = type;
    put(157, link.substr(0, 100));
    put(257,
        std::string("ustar\0"
                    "00",
                    8));
    put(148, "        ");
    unsigned sum = 0;
    for (const char part : header) {
      sum += static_cast<unsigned char>(part);
    }
    put(148, fmt::format("{:06o}", sum));
    header[154] = '\0';
    bytes += header + content + std::string((512 - content.size() % 512) % 512, '\0');
    return *this;
  }

  TarWriter& file(const std::string& path, const std::string& content = "x", unsigned mode = 0644)
  {
    return add('0', path, content, {}, mode);
  }

  /// One pax record for the next entry.
  TarWriter& pax(const std::string& key, const std::string& value)
  {
    std::size_t length = key.size() + value.size() + 3;
    while (fmt::format("{}", length).size() + key.size() + value.size() + 3 != length) {
      length = fmt::format("{}", length).size() + key.size() + value.size() + 3;
    }
    return add('x', "pax", fmt::format("{} {}={}\n", length, key, value));
  }

  [[nodiscard]] std::string finished() const { return bytes + std::string(1024, '\0'); }
};

/// A source that gives at most `step` bytes a time.
inline runtimes::ByteSource source_of(const std::string& bytes, std::size_t step = 700)
{
  return [&bytes, step, at = std::size_t{0}](std::span<std::byte> into) mutable {
    const std::size_t count = std::min({into.size(), step, bytes.size() - at});
    std::memcpy(into.data(), bytes.data() + at, count);
    at += count;
    return Expected<std::size_t>(count);
  };
}

} // namespace assay::test
