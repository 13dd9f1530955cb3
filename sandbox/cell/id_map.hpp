// SPDX-License-Identifier: MIT
// Which users of this host stand behind the users of a cell.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace assay::cell {

struct IdMap {
  std::string text;            ///< for /proc/<pid>/uid_map and gid_map
  std::uint32_t candidate = 1; ///< the candidate's number inside the cell
  bool deny_setgroups = false; ///< needed where only the own group may be mapped
};

/// Two ids of their own for each slot where we may map such: far from real users on the host
/// itself, at the end of our range inside another user namespace (rootless containers). An ordinary
/// user maps only itself. Nothing if only the host's root could stand behind the candidate.
/// `own_map`: content of /proc/self/uid_map; `euid`: our user.
std::optional<IdMap> choose_ids(std::string_view own_map, std::uint32_t euid, int slot);

/// The candidate's user where there is no user namespace: one of its own if we are root, else ours.
std::optional<std::uint32_t> choose_id(std::string_view own_map, std::uint32_t euid, int slot);

} // namespace assay::cell
