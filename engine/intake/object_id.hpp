// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <compare>
#include <string>

namespace assay::intake {

/// The SHA-1 name of a git object.
struct ObjectId {
  std::array<unsigned char, 20> bytes{};

  auto operator<=>(const ObjectId&) const = default;

  /// 40 lower-case hexadecimal digits.
  [[nodiscard]] std::string hex() const;
};

} // namespace assay::intake
