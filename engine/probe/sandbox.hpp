// SPDX-License-Identifier: MIT
// A place where submissions run, as far as this host and its installation allow one.
#pragma once

#include "engine/base/result.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/run_record.hpp"
#include "engine/probe/databases/run_database.hpp"
#include "sandbox/cell/host.hpp"
#include "sandbox/cell/slot.hpp"
#include "sandbox/runtimes/runtimes.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace assay::probe {

/// The parts that belong to an installed assay, or to its build tree.
struct Installation {
  std::filesystem::path harness; ///< folder with zygote.py and libabox.so
  std::filesystem::path broker;  ///< assay-broker
  runtimes::Places runtimes;
};

/// Looks beside the executable: $ASSAY_HARNESS or ../share/assay/harness or harness in a build
/// tree; $ASSAY_BROKER or ../libexec/assay/assay-broker or sandbox/broker in a build tree. Errors:
/// not_found, naming what is missing.
Result<Installation> find_installation(const std::filesystem::path& executable_folder);

/// Whether code runs where nothing holds it. Only ever said by the person who runs assay.
enum class Trust { no, yes };

/// Which database designs run on: the one that each is evidently for, or one for all.
enum class DatabaseChoice { evident, sqlite, postgresql };

struct SandboxOptions {
  std::string runtime = "sqlalchemy-2.0";
  int slot = 0;
  std::optional<int> cpu;
  Trust trust = Trust::no;
  DatabaseChoice database = DatabaseChoice::evident;
};

class Sandbox {
public:
  /// Opens a cell of the runtime at the highest isolation level that passes its self-test; at L0
  /// only if the code is trusted. Errors: not_found (the runtime: what to run to get it),
  /// unavailable (this host holds no code: why).
  static Result<std::unique_ptr<Sandbox>> open(const Installation& installation,
                                               const SandboxOptions& options);

  /// Another one like it that has never run anything.
  [[nodiscard]] Result<std::unique_ptr<Sandbox>> fresh() const;

  [[nodiscard]] cell::Slot& slot() { return *slot_; }

  [[nodiscard]] DatabaseChoice database_choice() const { return choice_; }

  /// The slot's PostgreSQL, emptied; started when it is first asked for, and again when it ended or
  /// cannot be emptied. Errors: unavailable (this host or this runtime has none: why).
  Result<RunDatabase*> postgres();

  /// Runtime, versions and isolation level, for the record; `database` is left to the run.
  [[nodiscard]] const ExecutionRecord& record() const { return record_; }

private:
  Sandbox() = default;

  runtimes::Runtime runtime_;
  cell::SlotPlan plan_;
  std::unique_ptr<cell::Slot> slot_;
  ExecutionRecord record_;
  DatabaseChoice choice_ = DatabaseChoice::evident;
  int server_ = -1; ///< that postgres_ is connected to
  std::unique_ptr<RunDatabase> postgres_;
};

/// Opens sandboxes when they are first needed and keeps them.
class Sandboxes {
public:
  /// `runtime`: the only one to use; empty: the one that fits each submission.
  Sandboxes(Installation installation, std::string runtime, SandboxOptions options = {});

  /// The sandbox for a submission: SQLAlchemy 1.4 if it asks for that and the runtime is installed,
  /// else 2.0. Errors as of Sandbox::open(); they are remembered too.
  Result<Sandbox*> fit(const EnvironmentFacts& environment);

private:
  Result<Sandbox*> open(const std::string& runtime);

  Installation installation_;
  std::string runtime_;
  SandboxOptions options_;
  std::map<std::string, Result<std::unique_ptr<Sandbox>>> opened_;
};

/// What a cell of `runtime` is made of on this host.
cell::CellPlan plan_cell(const Installation& installation, const runtimes::Runtime& runtime);

} // namespace assay::probe
