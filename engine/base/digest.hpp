// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay {

/// Incremental SHA-256. Source: FIPS 180-4.
class Sha256 {
public:
  Sha256();
  void update(std::string_view bytes);

  /// 64 lower-case hexadecimal digits. The object must not be used afterwards.
  std::string hex();

private:
  void block(const unsigned char* bytes);

  std::array<std::uint32_t, 8> state_{};
  std::array<unsigned char, 64> buffer_{};
  std::uint64_t length_ = 0;
  std::size_t used_ = 0;
};

/// "sha256:" and the digest of `bytes`.
std::string sha256(std::string_view bytes);

} // namespace assay
