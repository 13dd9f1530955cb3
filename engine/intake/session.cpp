// SPDX-License-Identifier: MIT
#include "engine/intake/session.hpp"

#include <fmt/format.h>

namespace assay::intake {

Session::Session(const IntakeOptions& options)
  : options_(options),
    deadline_(std::chrono::steady_clock::now() + options.limits.max_wall)
{
}

bool Session::cancelled() const
{
  return options_.cancelled != nullptr && options_.cancelled->load(std::memory_order_relaxed);
}

bool Session::expired() const
{
  return std::chrono::steady_clock::now() >= deadline_;
}

Result<void> Session::check(std::string_view doing) const
{
  if (cancelled()) {
    return Error{ErrorCode::unavailable, fmt::format("interrupted while {}", doing)};
  }
  if (expired()) {
    const auto seconds = std::chrono::duration<double>(limits().max_wall).count();
    return Error{ErrorCode::limit_exceeded,
                 fmt::format("{} took longer than {:g} s (limit on wall time)", doing, seconds)};
  }
  return {};
}

void Session::report(const IntakeProgress& progress)
{
  if (!options_.progress) {
    return;
  }
  const auto now = std::chrono::steady_clock::now();
  if (reported_ && progress.stage == reported_stage_
      && now - reported_at_ < std::chrono::milliseconds{100}) {
    return;
  }
  reported_ = true;
  reported_at_ = now;
  reported_stage_ = progress.stage;
  options_.progress(progress);
}

} // namespace assay::intake
