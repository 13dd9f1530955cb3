// SPDX-License-Identifier: MIT
// The process that owns a slot's databases.
#pragma once

#include "sandbox/base/descriptor.hpp"

#include <filesystem>
#include <optional>

namespace assay::cell {

/// Runs `assay-broker`; it ends with this object, and with us.
class BrokerProcess {
public:
  /// `program`: the binary. `cpu`: pinned to this processor, beside the candidates it serves.
  static Expected<BrokerProcess> start(const std::filesystem::path& program,
                                       std::optional<int> cpu);
  BrokerProcess(const BrokerProcess&) = delete;
  BrokerProcess& operator=(const BrokerProcess&) = delete;
  BrokerProcess(BrokerProcess&& other) noexcept;
  BrokerProcess& operator=(BrokerProcess&& other) noexcept;
  ~BrokerProcess();

  /// The engine's end of its control socket (a stream).
  [[nodiscard]] Descriptor& control() { return control_; }

  [[nodiscard]] int pid() const { return pid_; }

private:
  BrokerProcess() = default;

  Descriptor control_;
  int pid_ = -1;
};

} // namespace assay::cell
