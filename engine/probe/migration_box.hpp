// SPDX-License-Identifier: MIT
// One box with the candidate's migrations open in it: what is asked of the harness, and what its
// answers say.
#pragma once

#include "engine/model/facts.hpp"
#include "engine/probe/submission_run.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::probe {

/// How the environment is opened; tried in order until one does.
struct Opening {
  std::string folder;                    ///< working directory
  std::optional<std::string> location{}; ///< script folder, where the configuration leads nowhere
  bool lone = false;                     ///< the revisions without env.py
};

/// One move of the database.
struct Move {
  std::string name;      ///< of the step in the facts
  std::string direction; ///< "up", "down", "stamp"; "undo" takes back `target` alone
  std::string target;    ///< "heads", "base", or a revision
  std::string import{};  ///< a library to give the revisions that forgot to import it
  /// The revision that the database is at; matters only where env.py never asks it.
  std::string from{};
};

class MigrationBox {
public:
  /// `seen` gets what is observed; it outlives the box, as do the others.
  MigrationBox(SubmissionRun& submission, cell::Run& run, MigrationRun& seen);

  /// Makes the process ready and loads configuration, revisions and env.py. False if the process
  /// ended or nothing could be asked of it.
  bool open(const Opening& opening);

  /// Appends a step to `seen`, with the tables there are afterwards; one that the process did not
  /// live to answer has neither outcome nor error. False if the process ended.
  bool move(const Move& move);

  /// Fills the database with what the models create; false if that cannot be.
  bool create_models();

  /// Counts into every step what it changed.
  void count_changes();

  /// Whether an UPDATE of the candidate's was run since the step numbered `first`.
  bool updated_rows(std::size_t first);

  bool clear();

  [[nodiscard]] std::vector<Table> tables();

  /// More than one where env.py migrates several.
  [[nodiscard]] std::size_t databases();

  [[nodiscard]] RunDatabase& database() { return submission_.database(); }

  [[nodiscard]] cell::Run& run() { return run_; }

  [[nodiscard]] MigrationRun& seen() { return seen_; }

  /// Identifiers of the revisions, as they apply.
  [[nodiscard]] const std::vector<std::string>& order() const { return order_; }

  /// A library that the last move would have needed.
  [[nodiscard]] const std::string& forgotten() const { return forgotten_; }

  /// The process ended, maybe in the midst of a move.
  [[nodiscard]] bool ended() const { return ended_; }

  /// No longer counts what the steps from `first` on changed: they are taken out of `seen`.
  void forget(std::size_t first);

private:
  void read_opening(const wire::Value& value);
  void read_move(const cell::Reply& reply, MigrationStep& step);

  SubmissionRun& submission_;
  cell::Run& run_;
  MigrationRun& seen_;
  const Dialect dialect_;
  const bool has_schemas_;             ///< SQLite keeps their tables side by side
  std::map<int, std::size_t> changes_; ///< the migration step of each step of the run
  std::vector<std::string> order_;
  std::string forgotten_;
  bool ended_ = false;
};

} // namespace assay::probe
