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

/// The first of a slot's two ids, as we see them.
std::optional<std::uint64_t> first_of(std::string_view own_map, int slot)
{
  const auto offset = 2 * static_cast<std::uint64_t>(slot);
  std::istringstream lines{std::string(own_map)};
  std::uint64_t inside = 0;
  std::uint64_t outside = 0;
  std::uint64_t count = 0;
  while (lines >> inside >> outside >> count) {
    if (inside == 0 && outside == 0 && count == k_all_ids) {
      return k_first_host_id + offset;
    }
    if (outside != 0 && count >= k_left_alone + offset + 2) {
      return inside + count - offset - 2;
    }
  }
  return std::nullopt;
}

} // namespace

std::optional<IdMap> choose_ids(std::string_view own_map, std::uint32_t euid, int slot)
{
  if (euid != 0) {
    return IdMap{fmt::format("0 {} 1\n", euid), 0, true};
  }
  const auto first = first_of(own_map, slot);
  return first ? std::optional(IdMap{fmt::format("0 {} 1\n1 {} 1\n", *first, *first + 1), 1, false})
               : std::nullopt;
}

std::optional<std::uint32_t> choose_id(std::string_view own_map, std::uint32_t euid, int slot)
{
  if (euid != 0) {
    return euid;
  }
  const auto first = first_of(own_map, slot);
  return first ? std::optional(static_cast<std::uint32_t>(*first + 1)) : std::nullopt;
}

} // namespace assay::cell
