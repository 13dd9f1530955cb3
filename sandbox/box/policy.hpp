// SPDX-License-Identifier: MIT
// Which system calls a confined process may use, compiled to a seccomp filter.
#pragma once

#include "sandbox/base/expected.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace assay::box {

/// Whom a filter is for.
enum class Role {
  candidate,              ///< a stranger's Python: threads, no processes, no sockets but pairs
  candidate_among_others, ///< the same where other processes can be seen: no signals
  candidate_with_socket,  ///< the same with AF_UNIX sockets, for PostgreSQL
  database_server,        ///< PostgreSQL in a cell of its own: processes and AF_UNIX sockets
  broker,                 ///< serves databases from memory: no files, no processes; it accepts,
                          ///< but makes no socket
};

/// `struct sock_filter[]` for seccomp(2), built once and used for every box of the role. Whatever
/// is not named is refused with EPERM; calls that only an attack makes kill the process (SIGSYS).
Expected<std::vector<std::byte>> compile_filter(Role role);

} // namespace assay::box
