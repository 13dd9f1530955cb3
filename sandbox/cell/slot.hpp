// SPDX-License-Identifier: MIT
// One place where submissions run: a cell and the broker beside it, replaced when anything about
// them is odd.
#pragma once

#include "sandbox/broker/client.hpp"
#include "sandbox/cell/broker_process.hpp"
#include "sandbox/cell/cell.hpp"
#include "sandbox/cell/postgres_cell.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace assay::cell {

struct SlotPlan {
  CellPlan cell;
  std::filesystem::path broker; ///< the assay-broker program
  /// Where the archive of PostgreSQL's fresh cluster is kept; see PostgresPlan.
  std::filesystem::path cluster;
};

class Slot;

/// One box with its databases, from start to end.
class Run {
public:
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;
  ~Run();

  /// One operation of the harness; statements that arrive meanwhile belong to step number().
  Reply step(std::string_view operation, const wire::Value& arguments);

  /// Of the last step, 1 or more; 0 before the first.
  [[nodiscard]] int number() const { return number_; }

  /// Every statement of the candidate's so far. `unrecorded`: beyond the log's limits.
  struct Log {
    std::vector<broker::LoggedStatement> statements;
    std::int64_t unrecorded = 0;
  };

  Expected<Log> log();

  /// The candidate's databases, for the engine: between steps.
  [[nodiscard]] broker::Client& databases() { return client_; }

  /// Ends the process and tells how it went.
  Ending finish();

  [[nodiscard]] const std::string& output() const { return candidate_->output(); }

  [[nodiscard]] const std::string& errors() const { return candidate_->errors(); }

private:
  friend class Slot;
  Run(std::unique_ptr<Candidate> candidate, broker::Client& client, bool& broker_serves);

  std::unique_ptr<Candidate> candidate_;
  broker::Client& client_;
  bool& broker_serves_; ///< the slot's: false has it replaced
  int number_ = 0;
};

class Slot {
public:
  /// Which databases a run has: SQLite's always, PostgreSQL's where it is asked for.
  using WithPostgres = Sockets;

  /// Opens cell and broker, so that the first run finds them warm. `cell`: one made from the same
  /// plan, if there is one already.
  static Expected<std::unique_ptr<Slot>> open(SlotPlan plan, std::unique_ptr<Cell> cell = nullptr);

  /// A fresh box with the submission in it and empty databases; one at a time. Cell or broker are
  /// replaced first if need be. A Failure is never the candidate's. `WithPostgres::yes` needs
  /// postgres(); what is in its database is not touched here.
  Expected<std::unique_ptr<Run>>
  start(const Archive& files, const Limits& limits, WithPostgres with_postgres = WithPostgres::no);

  /// The slot's server, started when it is first asked for and when the last one ended.
  Expected<PostgresCell*> postgres();

  /// Has the next one start anew.
  void drop_postgres() { postgres_.reset(); }

  [[nodiscard]] Level level() const { return plan_.cell.level; }

  [[nodiscard]] const std::string& python_version() const { return cell_->python_version(); }

private:
  explicit Slot(SlotPlan plan);
  Expected<void> renew();

  SlotPlan plan_;
  std::unique_ptr<Cell> cell_;
  std::unique_ptr<BrokerProcess> broker_;
  std::unique_ptr<broker::Client> client_;
  std::unique_ptr<PostgresCell> postgres_;
  bool broker_serves_ = false;
};

} // namespace assay::cell
