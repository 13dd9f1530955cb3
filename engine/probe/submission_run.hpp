// SPDX-License-Identifier: MIT
// One submission in a sandbox: what every phase of running it shares. A phase has boxes and
// databases of its own, so that none meets what another left.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/model/submission.hpp"
#include "engine/probe/import_plan.hpp"
#include "engine/probe/sandbox.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace assay::probe {

/// The database that the candidate's engines are led to, as the engine calls it.
inline const std::string k_main_database = "/assay/main";

/// How a box came to its end.
struct BoxEnd {
  bool ran = false;   ///< a box was there; what went wrong then is the candidate's or the host's
  bool whole = false; ///< the work was done and the process ended in order
  std::string fault;  ///< of ours or of the host: nothing is known about the submission
  cell::Ending ending;
};

class SubmissionRun {
public:
  /// `facts` is what reading found; the phases add what they see. All three outlive the run.
  /// `database` instead of the sandbox's choice.
  SubmissionRun(Sandbox& sandbox,
                const Snapshot& snapshot,
                Facts& facts,
                std::optional<DatabaseChoice> database = {});

  [[nodiscard]] Facts& facts() { return facts_; }

  [[nodiscard]] const Snapshot& snapshot() const { return snapshot_; }

  [[nodiscard]] const ExecutionRecord& record() const { return sandbox_.record(); }

  [[nodiscard]] const ImportPlan& plan() const { return plan_; }

  [[nodiscard]] const cell::Limits& limits() const { return limits_; }

  /// Whether the next box has PostgreSQL for its main database: the design is evidently for it, or
  /// it was asked for, and it could be started. The first call starts it.
  bool on_postgres();

  /// "sqlite" or "postgresql": what the main database of boxes is.
  [[nodiscard]] std::string database_kind() { return on_postgres() ? "postgresql" : "sqlite"; }

  /// The main database of the box, for the engine: inside of in_box()'s work.
  [[nodiscard]] RunDatabase& database() { return *database_; }

  /// Works in a fresh box with the submission in it and empty databases. `work` returns whether
  /// every step was answered. A fault of ours or of the host is tried once more; nothing throws.
  BoxEnd in_box(const std::function<bool(cell::Run&)>& work);

  /// Makes the process ready for the submission's modules; the first step of every box.
  /// `more`: further arguments of the harness's operation.
  bool prepare(cell::Run& run, const wire::Value::Dict& more = {});

  /// Imports every module that does not end the process; the second step, after the models are
  /// known. False if the process ended.
  bool import_again(cell::Run& run);

  /// For `create_all`: the database that the design is meant for.
  [[nodiscard]] wire::Value::Dict create_arguments() const;

  /// The same place with the text of its line, if it is a line of the submission's.
  [[nodiscard]] Location locate(Location where) const;

  /// Modules that took the process with them; they are imported no more.
  [[nodiscard]] std::set<std::string>& fatal() { return fatal_; }

  /// Notes how a box ended, as a flag where that is one; `where` is what was being run.
  void note_flag(const cell::Ending& ending, const Location& where);

private:
  Sandbox& sandbox_;
  const Snapshot& snapshot_;
  Facts& facts_;
  const ImportPlan plan_;
  const cell::Limits limits_;
  const DatabaseChoice choice_;
  std::optional<bool> on_postgres_;
  std::unique_ptr<RunDatabase> sqlite_;
  RunDatabase* database_ = nullptr;
  std::optional<Expected<cell::Archive>> archive_;
  std::set<std::string> fatal_;
  bool unasked_seen_ = false;
};

/// Whether the way it ended is the doing of the candidate's code.
bool is_candidates(cell::EndingKind kind);

/// Errors that a box causes whatever runs in it: no network, no such module, little memory.
bool is_of_box(const RunError& error);

} // namespace assay::probe
