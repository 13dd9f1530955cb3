// SPDX-License-Identifier: MIT
// One call of a callable: bound, made, its result walked, the statements of each phase counted.
#pragma once

#include "engine/model/query_run_facts.hpp"
#include "engine/probe/databases/run_database.hpp"
#include "engine/probe/query_plan.hpp"
#include "engine/probe/query_result.hpp"
#include "sandbox/cell/slot.hpp"

#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace assay::probe {

/// What the calls of one box stand on.
struct Ground {
  SchemaFacts schema;
  Seeds seeds;
  std::optional<SeedIndex> index;
  wire::Value::List described;
  RunDatabase* database = nullptr;
  DatabaseImage image;      ///< of the database with its rows
  wire::Value::Dict create; ///< arguments of the harness's create_all
  std::int64_t logged = 0;
};

/// Makes the database what it was before a call, with the tables that the call dropped or changed.
void put_back(cell::Run& run, Ground& ground);

/// Which relationships are read of what came back, by class.
struct Follow {
  wire::Value entry; ///< only of objects that no relationship led to: whoever wrote a leaf is also
                     ///< an object that could be asked for
  wire::Value paths;
  wire::Value claims; ///< `paths` and what the query promises; None if it promises nothing more
};

/// One collection for each hop of `shape`, and the claims of `task` besides.
Follow follow_of(const SchemaFacts& schema,
                 const Resolution& roles,
                 const SeedShape& shape,
                 const QueryTask& task);

struct Attempt {
  DriveRun run;
  bool ok = false;
  bool fault = false;    ///< raised in the submission's own code
  bool boundary = false; ///< the arguments did not fit
  RunError error;
  std::vector<std::string> warnings;
  std::vector<std::string> selects; ///< the texts that it sent, each once; long ones left out
  std::optional<wire::Value> node;
  bool printed = false;
  bool wrote = false;
  bool changed_schema = false;
};

/// False if the process ended. Takes back what the call wrote.
bool call_once(cell::Run& run,
               Ground& ground,
               const SeedShape& shape,
               const Follow& follow,
               const Binding& binding,
               Attempt& attempt);

/// PostgreSQL refuses a value of another type than the column's, where SQLite finds nothing: the
/// value was ours.
bool is_of_argument(const RunError& error);

/// Errors that the candidate's code answers for when its arguments are of the right kind. Others
/// (not found, not allowed, no such function in this database) may be owed to us.
bool is_fault_of_code(const RunError& error);

/// What the answer about callables says of class hierarchies.
SeedHints hints_in(const wire::Value& answer);

/// The texts of `step` that only read and are whole.
void add_selects(Attempt& attempt, const StepStatements& step);

/// What of the statements of these steps was sent more than once.
void add_repeated(DriveRun& run,
                  std::map<int, StepStatements>& steps,
                  std::initializer_list<int> which);

/// The late loads that the process tells of in an answer.
void add_loads(DriveRun& run, const wire::Value& answer);

/// Leaves what reached the database until now to nobody.
void forget_log(cell::Run& run, Ground& ground);

} // namespace assay::probe
