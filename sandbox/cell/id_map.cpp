// SPDX-License-Identifier: MIT
#include "sandbox/cell/id_map.hpp"

#include <fmt/format.h>

#include <sstream>

namespace assay::cell {

namespace {

/// First id on the host itself.
constexpr std::uint64_t k_first_host_id = 0x7a000000;
constexpr std::uint64_t k_all_ids = 4'294'967'295;
/// Ids of a range that are left to whoever else uses it.
constexpr std::uint64_t k_left_alone = 1'000;

IdMap pair_at(std::uint64_t base)
{
  return {fmt::format("0 {} 1\n1 {} 1\n", base, base + 1), 1, false};
}

} // namespace

std::optional<IdMap> choose_ids(std::string_view own_map, std::uint32_t euid, int slot)
{
  if (euid != 0) {
    return IdMap{fmt::format("0 {} 1\n", euid), 0, true};
  }
  const auto offset = 2 * static_cast<std::uint64_t>(slot);
  std::istringstream lines{std::string(own_map)};
  std::uint64_t inside = 0;
  std::uint64_t outside = 0;
  std::uint64_t count = 0;
  while (lines >> inside >> outside >> count) {
    if (inside == 0 && outside == 0 && count == k_all_ids) {
      return pair_at(k_first_host_id + offset);
    }
    if (outside != 0 && count >= k_left_alone + offset + 2) {
      return pair_at(inside + count - offset - 2);
    }
  }
  return std::nullopt;
}

} // namespace assay::cell
