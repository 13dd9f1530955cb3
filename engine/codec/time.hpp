// SPDX-License-Identifier: MIT
#pragma once

#include "engine/base/clock.hpp"

#include <algorithm>
#include <string>

namespace assay::codec {

/// ISO 8601 as stored and reported. Commits can claim any second of 64 bits; years outside 0000 to
/// 9999, which the form does not have, are written as the nearest that it has.
inline std::string time_text(Instant instant)
{
  constexpr Instant first{std::chrono::seconds{-62'167'219'200}};
  constexpr Instant last{std::chrono::seconds{253'402'300'799}};
  return to_iso8601(std::clamp(instant, first, last));
}

} // namespace assay::codec
