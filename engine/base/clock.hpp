// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace assay {

using Instant = std::chrono::sys_seconds;

/// Where the time comes from; tests pass their own.
class Clock {
public:
  Clock() = default;
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() const = 0;
  /// For durations only.
  [[nodiscard]] virtual std::chrono::steady_clock::time_point ticks() const = 0;
};

class SystemClock final : public Clock {
public:
  [[nodiscard]] Instant now() const override;
  [[nodiscard]] std::chrono::steady_clock::time_point ticks() const override;
};

/// "2026-11-22T14:00:00Z"
std::string to_iso8601(Instant instant);

/// Accepts "2026-11-22", "2026-11-22T14:00[:00][Z|+02:00]" and "@1700000000"; without an offset UTC
/// is meant, a date alone means its last second. Errors: invalid_input.
Result<Instant> parse_instant(std::string_view text);

} // namespace assay
