// SPDX-License-Identifier: MIT
#pragma once

#include "engine/intake/session.hpp"

#include <thread>

namespace assay::intake {

/// Ends a blocking system call of the thread that made it once the session is over.
///
/// libgit2 1.5 has no timeout: a host that accepts a connection and stays silent would hold a
/// grader for ever. A second thread sends SIGURG (ignored by default, so harmless elsewhere) until
/// the call returns EINTR, which libgit2 reports as a failure of the connection. The handler does
/// nothing and is installed once per process. libssh2 goes on after EINTR, so the socket that the
/// thread waits for is shut down as well; which one that is, only the kernel knows:
/// /proc/self/task/<tid>/syscall, see proc(5). A child process that can be killed is the stronger
/// remedy and needs the sandbox.
class Watchdog {
public:
  explicit Watchdog(const Session& session);

private:
  std::jthread thread_;
};

} // namespace assay::intake
