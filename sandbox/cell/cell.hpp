// SPDX-License-Identifier: MIT
// A cell: namespaces, a read-only root from a runtime and a zygote in it, made once and used for
// one candidate after the other. Below level L2 it has neither namespaces nor root: the zygote is a
// process of the host, and so is the candidate.
#pragma once

#include "sandbox/base/descriptor.hpp"
#include "sandbox/cell/archive.hpp"
#include "sandbox/cell/cgroup.hpp"
#include "sandbox/cell/ending.hpp"
#include "sandbox/cell/level.hpp"
#include "sandbox/cell/work_folder.hpp"
#include "sandbox/cell/zygote_command.hpp"
#include "sandbox/wire/value.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::cell {

/// What cells on this host are made of.
struct CellPlan {
  std::filesystem::path runtime;           ///< root filesystem
  std::string python = "/usr/bin/python3"; ///< inside the runtime
  std::filesystem::path harness;           ///< folder with zygote.py and libabox.so
  std::vector<std::string> preload;        ///< modules imported once, before any candidate
  Level level = Level::complete;
  CgroupHost cgroups;
  int slot = 0;                         ///< distinct for cells that live at the same time
  std::optional<int> cpu;               ///< pinned to this processor
  std::chrono::seconds start_limit{30}; ///< for interpreter and preload
};

/// An answer to one step.
struct Reply {
  enum class Kind {
    value, ///< `value` is what the operation gave: claimed by the candidate's process
    error, ///< the operation raised: `value` is a dict {type, message, frames}
    ended, ///< the process is gone or was stopped; finish() says how
  };
  Kind kind = Kind::ended;
  wire::Value value;
  std::chrono::microseconds took{0};
};

class Cell;

/// Whether a candidate may connect to the socket at /pg, behind which PostgreSQL is.
enum class Sockets { no, yes };

/// A candidate in its box. Steps are answered one at a time; when it is destroyed the process is
/// killed and reaped.
class Candidate {
public:
  Candidate(const Candidate&) = delete;
  Candidate& operator=(const Candidate&) = delete;
  Candidate(Candidate&&) = delete;
  Candidate& operator=(Candidate&&) = delete;
  ~Candidate();

  /// Asks the harness for one operation and waits for its answer, at most Limits::step_seconds.
  /// `arguments` must encode to less than 4 MiB. After an answer of kind `ended` only finish()
  /// helps.
  Reply step(std::string_view operation, const wire::Value& arguments);

  /// Says goodbye, or kills what does not answer, and tells how it ended.
  Ending finish();

  /// What was printed so far, bounded, as written: for showing escaped, never for reading.
  [[nodiscard]] const std::string& output() const { return output_; }

  [[nodiscard]] const std::string& errors() const { return errors_; }

private:
  friend class Cell;
  Candidate(Cell& cell, Limits limits);
  void stop(EndingKind why);
  bool drain(Descriptor& pipe, std::string& kept);
  Reply read_reply(int step);
  bool fills_its_folder();
  Reply wait_for_reply(int step);

  Cell& cell_;
  Limits limits_;
  Descriptor pidfd_;
  Descriptor steps_;
  Descriptor out_;
  Descriptor err_;
  std::string output_;
  std::string errors_;
  std::size_t printed_ = 0;
  int step_ = 0;
  std::chrono::steady_clock::time_point measured_{};
  Observation seen_;
  std::optional<Ending> ending_;
};

class Cell {
public:
  /// Builds the cell and waits until its zygote is ready. The calling thread must outlive the cell:
  /// when it ends, the kernel ends the cell.
  static Expected<std::unique_ptr<Cell>> open(CellPlan plan);
  Cell(const Cell&) = delete;
  Cell& operator=(const Cell&) = delete;
  ~Cell();

  /// Starts a candidate. `broker`: its end of the database socket. One at a time. `Sockets::yes`
  /// needs listener().
  Expected<std::unique_ptr<Candidate>> start(const Archive& files,
                                             const Descriptor& broker,
                                             const Limits& limits,
                                             Sockets sockets = Sockets::no);

  /// The listening end of the socket at /pg; empty in a cell without namespaces.
  [[nodiscard]] const Descriptor& listener() const { return listener_; }

  /// Whether the zygote still serves; false after any oddity, then the cell is to be replaced.
  [[nodiscard]] bool usable() const { return usable_; }

  /// Boxes started so far.
  [[nodiscard]] int started() const { return started_; }

  /// "3.13.5", as the zygote says: of our own interpreter, before any candidate.
  [[nodiscard]] const std::string& python_version() const { return python_version_; }

  /// Host process numbers, for tests and doctor.
  [[nodiscard]] int pid() const { return pid_; }

private:
  friend class Candidate;
  explicit Cell(CellPlan plan);
  struct Ends; ///< descriptors that the zygote gets

  [[nodiscard]] bool is_plain() const { return plan_.level <= Level::filtered; }

  Expected<void> boot();
  Expected<void> clone_zygote(const Command& command, const Ends& ends);
  Expected<void> map_ids();
  Expected<void> await_zygote();
  Expected<void> hold(Candidate& candidate, const Limits& limits);
  [[nodiscard]] Failure failure_from_log(int error_number) const;
  void reap(Candidate& candidate);

  CellPlan plan_;
  std::uint32_t candidate_uid_ = 1;
  Descriptor pidfd_;
  Descriptor control_;
  Descriptor log_;
  Descriptor listener_;
  std::unique_ptr<Cgroup> cgroup_;
  std::unique_ptr<WorkFolder> work_; ///< of a cell without namespaces
  std::string python_version_;
  int pid_ = -1;
  int started_ = 0;
  bool usable_ = false;
};

} // namespace assay::cell
