// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>

namespace assay {

/// Points in exact hundredths.
struct Points {
  std::int64_t hundredths = 0;

  auto operator<=>(const Points&) const = default;

  Points& operator+=(Points other)
  {
    hundredths += other.hundredths;
    return *this;
  }

  friend Points operator+(Points a, Points b) { return {a.hundredths + b.hundredths}; }

  friend Points operator-(Points a, Points b) { return {a.hundredths - b.hundredths}; }

  /// `share` (0..1) of these points, rounded half up.
  [[nodiscard]] Points share(double share) const
  {
    return {static_cast<std::int64_t>(static_cast<double>(hundredths) * share + 0.5)};
  }

  [[nodiscard]] double value() const { return static_cast<double>(hundredths) / 100.0; }
};

} // namespace assay
