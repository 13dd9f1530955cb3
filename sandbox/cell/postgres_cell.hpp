// SPDX-License-Identifier: MIT
// PostgreSQL in a cell of its own: namespaces, a read-only root from the runtime, its data in
// memory, seccomp, limits and a control group. Nothing outside can reach its socket but through the
// first process of the cell (sandbox/harness/postgres.py), which hands connections to the broker,
// and through the engine's own rights over the cell.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/cell/cell.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace assay::cell {

/// Bounds on the server, all of its processes together where there is a control group.
struct PostgresLimits {
  std::uint64_t memory_bytes = 512ULL << 20; ///< of the control group, its data included
  std::uint64_t address_space = 1ULL << 30;  ///< RLIMIT_AS of each process
  std::uint64_t file_bytes = 128ULL << 20;   ///< RLIMIT_FSIZE
  std::uint32_t data_megabytes = 256;        ///< the cluster, its log of changes included
  std::uint64_t tasks = 64;
  std::chrono::seconds start_limit{30};
};

struct PostgresPlan {
  CellPlan cell; ///< runtime, harness, level, control groups, slot and processor are used
  /// Where the archive of a fresh cluster is kept; made if it is missing and can be written. Empty:
  /// each cell makes its own cluster.
  std::filesystem::path cluster;
  PostgresLimits limits;
};

/// Whether the runtime has PostgreSQL's server.
bool has_postgres(const std::filesystem::path& runtime);

/// A running server; it ends with this object, and with us.
class PostgresCell {
public:
  /// Starts the server and waits until it takes connections. Failures: no namespaces here (below
  /// L2), no server in the runtime, or what the cell said.
  static Expected<std::unique_ptr<PostgresCell>> open(PostgresPlan plan);
  PostgresCell(const PostgresCell&) = delete;
  PostgresCell& operator=(const PostgresCell&) = delete;
  ~PostgresCell();

  /// What the broker asks for connections; see postgres.py.
  [[nodiscard]] const Descriptor& connections() const { return connections_; }

  /// The folder of the server's socket, as libpq takes it for a host. It leads through the cell's
  /// process and is there as long as that.
  [[nodiscard]] std::string socket_folder() const;

  /// Of the cell's first process, on the host.
  [[nodiscard]] int pid() const { return pid_; }

  /// Whether the server still runs.
  [[nodiscard]] bool serves() const;

private:
  explicit PostgresCell(PostgresPlan plan);
  struct Ends;
  Expected<void> boot();
  Expected<void> clone_server(const Ends& ends);
  Expected<void> await_server();
  void keep_cluster(const Descriptor& made) const;

  PostgresPlan plan_;
  Descriptor pidfd_;
  Descriptor control_;
  Descriptor log_;
  Descriptor connections_;
  std::unique_ptr<Cgroup> cgroup_;
  int pid_ = -1;
};

} // namespace assay::cell
