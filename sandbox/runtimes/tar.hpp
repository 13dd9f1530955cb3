// SPDX-License-Identifier: MIT
// Reads tar streams: ustar, GNU long names and pax, as mmdebstrap and `docker export` write them.
#pragma once

#include "sandbox/base/expected.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>

namespace assay::runtimes {

enum class TarKind { file, directory, symbolic_link, hard_link, device };

struct TarEntry {
  TarKind kind = TarKind::file;
  std::string path;       ///< as written, at most 4096 bytes, without NUL
  std::string link;       ///< of links, likewise
  std::uint64_t size = 0; ///< of files, bytes
  std::uint32_t mode = 0; ///< permission bits
  std::int64_t modified = 0;
};

/// Fills the span as far as it can; 0 bytes: the end.
using ByteSource = std::function<Expected<std::size_t>(std::span<std::byte>)>;

class TarReader {
public:
  explicit TarReader(ByteSource source)
    : source_(std::move(source))
  {
  }

  /// The next entry, or nothing at the archive's end. What is left of the one before is skipped.
  /// Failures: cut archive, wrong checksum, unknown kind of entry, sizes and names over the limits.
  Expected<std::optional<TarEntry>> next();

  /// Bytes of the current file, in order; 0 at its end. Failures: cut archive.
  Expected<std::size_t> read(std::span<std::byte> into);

  /// Reads the stream to its end, so that its writer does not see a closed pipe.
  Expected<void> drain();

private:
  Expected<std::size_t> fill(std::span<std::byte> into);
  Expected<void> skip(std::uint64_t bytes);
  Expected<std::string> extension(std::uint64_t size);

  ByteSource source_;
  std::uint64_t left_ = 0;    ///< unread bytes of the current file
  std::uint64_t padding_ = 0; ///< bytes between it and the next header
  bool ended_ = false;
};

} // namespace assay::runtimes
