// SPDX-License-Identifier: MIT
#include "sandbox/cell/broker_process.hpp"

#include "sandbox/cell/process.hpp"

#include <spawn.h>

#include <array>

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>

namespace assay::cell {

BrokerProcess::BrokerProcess(BrokerProcess&& other) noexcept
  : control_(std::move(other.control_)),
    pid_(std::exchange(other.pid_, -1))
{
}

BrokerProcess& BrokerProcess::operator=(BrokerProcess&& other) noexcept
{
  std::swap(control_, other.control_);
  std::swap(pid_, other.pid_);
  return *this;
}

BrokerProcess::~BrokerProcess()
{
  control_.reset();
  if (pid_ > 0) {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
}

Expected<BrokerProcess> BrokerProcess::start(const std::filesystem::path& program,
                                             std::optional<int> cpu)
{
  auto ends = socket_pair(SOCK_STREAM);
  if (!ends) {
    return ends.failure();
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDWR, 0);
  ::posix_spawn_file_actions_adddup2(&actions, 0, 1);
  ::posix_spawn_file_actions_adddup2(&actions, (*ends)[1].get(), 3);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 4);
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  // Ctrl-C is for the engine; it ends the broker itself.
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  const std::array<const char*, 2> arguments{program.c_str(), nullptr};
  const std::array<const char*, 2> environment{"TZ=UTC", nullptr};
  BrokerProcess broker;
  const int refused = ::posix_spawn(&broker.pid_,
                                    program.c_str(),
                                    &actions,
                                    &attributes,
                                    const_cast<char* const*>(arguments.data()),    // NOLINT
                                    const_cast<char* const*>(environment.data())); // NOLINT
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) {
    broker.pid_ = -1;
    return Failure{"start " + program.string(), refused, {}};
  }
  pin(broker.pid_, cpu);
  broker.control_ = std::move((*ends)[0]);
  return broker;
}

} // namespace assay::cell
