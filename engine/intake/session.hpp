// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/result.hpp"
#include "engine/intake/intake.hpp"

#include <chrono>
#include <string_view>

namespace assay::intake {

/// One call of obtain(): its options, its deadline and what it tells the caller meanwhile. Lives on
/// the thread that made it.
class Session {
public:
  explicit Session(const IntakeOptions& options);

  [[nodiscard]] const IntakeOptions& options() const { return options_; }

  [[nodiscard]] const IntakeLimits& limits() const { return options_.limits; }

  [[nodiscard]] bool cancelled() const;
  [[nodiscard]] bool expired() const;

  /// Errors: unavailable (interrupted), limit_exceeded (max_wall); `doing` names what was going on.
  [[nodiscard]] Result<void> check(std::string_view doing) const;

  /// Passes `progress` on, at most ten times a second within one stage.
  void report(const IntakeProgress& progress);

private:
  const IntakeOptions& options_;
  std::chrono::steady_clock::time_point deadline_;
  std::chrono::steady_clock::time_point reported_at_;
  IntakeStage reported_stage_ = IntakeStage::waiting;
  bool reported_ = false;
};

} // namespace assay::intake
