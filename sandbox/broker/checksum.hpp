// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace assay::broker {

using Key = std::array<std::uint64_t, 2>;

/// SipHash-2-4 of `octets` under `key`: who does not know the key cannot aim at a collision.
/// Source: Aumasson, Bernstein, "SipHash: a fast short-input PRF" (2012).
std::uint64_t siphash(const Key& key, std::string_view octets);

/// A digest of rows in any order: the sums of two keyed hashes of each row.
class RowDigest {
public:
  explicit RowDigest(const Key& key)
    : key_(key)
  {
  }

  void add(std::string_view row);

  [[nodiscard]] std::int64_t rows() const { return rows_; }

  /// 16 octets.
  [[nodiscard]] std::string octets() const;

private:
  Key key_;
  std::array<std::uint64_t, 2> sums_{};
  std::int64_t rows_ = 0;
};

} // namespace assay::broker
