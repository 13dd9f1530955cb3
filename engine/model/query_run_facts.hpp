// SPDX-License-Identifier: MIT
// What happened when the submission's query code was called on rows that the engine had made.
#pragma once

#include "engine/model/execution_facts.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay {

enum class DriveOutcome {
  not_run,    ///< nothing was tried
  ran,        ///< it came to its end at every size
  raised,     ///< the candidate's own error, with arguments of the right kind
  unbindable, ///< no arguments could be found for it, or it would not take them
  unsuitable, ///< something outside the submission is missing, or it was stopped
};

/// Loads of one relation while its objects were used, as the process told it.
struct LateLoad {
  std::string relation; ///< "app.models.Post.comments"; with `refresh` only the class
  int count = 0;        ///< objects for which it was loaded
  bool refresh = false; ///< the object itself was read again (expired by a commit)
  Location where;       ///< the line of the submission that touched it; nowhere if none did
  bool operator==(const LateLoad&) const = default;
};

/// A statement that reached the database more than once in one run.
struct RepeatedStatement {
  std::string sql; ///< bounded
  int count = 0;
  bool operator==(const RepeatedStatement&) const = default;
};

/// One relation of the objects that came back, when they were first looked at.
struct RelationState {
  std::string relation;
  int objects = 0;
  int loaded = 0;      ///< of these, with the relation in memory already
  int unreachable = 0; ///< of these, reading it raised an error (detached, no greenlet, raiseload)
  std::string error;   ///< its type
  bool operator==(const RelationState&) const = default;
};

/// One call at one size. Statements leave out transactions and pragmas.
struct DriveRun {
  int roots = 0;  ///< of the object asked for, with leaves; one more has none
  int leaves = 0; ///< of each of these roots
  int in_call = 0;
  int in_walk = 0;   ///< while what the rubric asks for was read
  int in_claims = 0; ///< while what the query promises beyond that was read
  int rows = 0;      ///< that the database returned, in all phases
  int roots_seen = 0;
  int roots_foreign = 0;  ///< of the decoy
  int roots_repeated = 0; ///< objects that came back more than once in one list
  int bare_seen = 0;      ///< of the one root without leaves
  int leaves_seen = 0;
  int leaves_attached = 0; ///< of these, below or beside their own root
  int leaves_foreign = 0;  ///< below a root that is not theirs
  int roots_whole = 0;     ///< roots of the object asked for with all of their leaves
  int roots_cut = 0;       ///< with some of their leaves, but not all
  std::vector<LateLoad> loads;
  std::vector<RepeatedStatement> repeated; ///< the most frequent first, at most 5
  std::vector<RelationState> relations;
  bool operator==(const DriveRun&) const = default;
};

/// A foreign-key lookup that the database answered by reading the whole table.
struct TableScan {
  std::string table;
  std::string column;
  bool operator==(const TableScan&) const = default;
};

/// What its SELECTs say of themselves; unknown where they have another form than the usual one.
struct SentSelects {
  Truth ordered = Truth::unknown;      ///< the one that reads the roots
  Truth paged = Truth::unknown;        ///< it has a LIMIT
  Truth unique_order = Truth::unknown; ///< the last term of its order is the key of the roots
  Truth multiplies = Truth::unknown;   ///< it joins more than one collection of the roots
  bool operator==(const SentSelects&) const = default;
};

struct DrivenCallable {
  std::string ref;
  std::string root; ///< role whose rows it is to return
  std::string by;   ///< role of the object they belong to
  DriveOutcome outcome = DriveOutcome::not_run;
  std::string detail; ///< one sentence: why it could not be driven
  RunError error;
  std::vector<std::string> bound; ///< "session: Session", "user_id: key of user"
  bool asked = false;             ///< an argument said whose roots are wanted
  bool printed = false;           ///< judged by what it printed
  std::vector<DriveRun> runs;     ///< by size; the last may be the large one
  Truth stale =
    Truth::unknown;         ///< what was written after the first answer is missing in the second
  bool without_sql = false; ///< right answers although no statement reached the database
  std::vector<std::string> warnings;
  std::vector<TableScan> scans;
  SentSelects selects;
  bool operator==(const DrivenCallable&) const = default;
};

struct QueryRunFacts {
  bool ran = false;
  std::string not_run;                       ///< why nothing was driven, one sentence
  std::map<std::string, std::string> seeded; ///< role -> table that had rows
  std::vector<DrivenCallable> callables;     ///< in the order tried
  bool operator==(const QueryRunFacts&) const = default;
};

} // namespace assay
