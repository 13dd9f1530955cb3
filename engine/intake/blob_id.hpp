// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/object_id.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace assay::intake {

/// The name that git gives to a file's content, computed piece by piece: a plain folder then has
/// the same tree digest as a commit, and no large file is held in memory (libgit2 hashes only what
/// lies in one buffer). SHA-1 serves identity here, as it does in git, not protection against a
/// forger. Source: FIPS 180-4; the header is described in gitformat-pack(5) and "Git Internals, Git
/// Objects".
class BlobId {
public:
  /// Of content that will have `size_bytes`.
  explicit BlobId(std::uint64_t size_bytes);

  void update(std::string_view bytes);

  /// The object must not be used afterwards.
  ObjectId finish();

private:
  void block();

  std::array<std::uint32_t, 5> state_;
  std::array<unsigned char, 64> buffer_{};
  std::uint64_t length_ = 0;
  std::size_t used_ = 0;
};

} // namespace assay::intake
