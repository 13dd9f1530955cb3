// SPDX-License-Identifier: MIT
// What running the submission showed. Everything here was either seen from outside the candidate's
// process or says that it is a claim of that process.
#pragma once

#include "engine/model/location.hpp"
#include "engine/model/schema_facts.hpp"
#include "engine/model/truth.hpp"

#include <string>
#include <vector>

namespace assay {

/// An exception of the candidate's code, as its process told it.
struct RunError {
  std::string type;    ///< "sqlalchemy.exc.InvalidRequestError"; empty: there was none
  std::string message; ///< one line, bounded
  Location where;      ///< innermost frame in the submission; nowhere if there is none
  bool operator==(const RunError&) const = default;
};

enum class ImportOutcome {
  not_tried,
  imported,
  stubbed, ///< imported with stand-ins for modules or settings that this runtime does not have
  failed,  ///< the candidate's own error
  missing, ///< could not be judged: something outside the submission is missing
};

struct ModuleImport {
  std::string path;
  std::string name; ///< dotted, as the candidate's own imports have it
  ImportOutcome outcome = ImportOutcome::not_tried;
  RunError error;
  std::vector<std::string> stand_ins; ///< modules and settings made up for it
  std::vector<std::string> warnings;
  bool operator==(const ModuleImport&) const = default;
};

/// A statement that reached the database while a module was imported: seen by the broker.
struct ImportStatement {
  std::string module;
  std::string kind; ///< the broker's word: "ddl", "insert", "update", "delete", "select", ...
  std::string sql;  ///< bounded
  bool operator==(const ImportStatement&) const = default;
};

struct RegistryRun {
  std::string name;
  std::string metadata; ///< id of its MetaData, as in the schema facts
  Truth configures = Truth::unknown;
  RunError error;
  std::vector<std::string> broken; ///< "Post.author": relationships that keep it from configuring
  int classes = 0;
  std::vector<std::string> warnings;
  bool operator==(const RegistryRun&) const = default;
};

/// create_all of one MetaData on the broker's database.
struct SchemaRun {
  std::string metadata;
  Truth created = Truth::unknown;
  RunError error;
  int tables = 0;                 ///< of the MetaData
  int tables_created = 0;         ///< found in the database afterwards, by the engine
  std::vector<std::string> shims; ///< what SQLite was helped with
  std::vector<Table> reflected;   ///< the tables found, as the engine reads them
  bool operator==(const SchemaRun&) const = default;
};

/// Something that was done to rows of the engine's own, to see whether the database and the mappers
/// hold what they promise.
struct Trial {
  std::string what;  ///< "missing", "dangling", "duplicate", "create", "delete", "append"
  std::string table; ///< whose row was changed or deleted
  std::vector<std::string> columns; ///< emptied, led astray, made equal; of a delete: the child's
  std::string by;                   ///< "sql" or "orm"
  std::string child; ///< of a delete: whose rows belonged to the row; of an append: the added row's
  /// "refused", "accepted"; of a create "filled"; of a delete what became of the children:
  /// "refused", "removed", "released" (they point nowhere), "kept"; of an append: "shown" or
  /// "hidden" by columns[1]
  std::string outcome;
  std::string detail; ///< of the refusal, bounded
  bool operator==(const Trial&) const = default;
};

struct ExecutionFacts {
  bool ran = false;
  /// It ran with another SQLAlchemy than it asks for: what failed may be owed to that.
  bool other_version = false;
  std::string not_run;       ///< why nothing was executed, one sentence; empty if `ran`
  std::string database;      ///< that it ran on: "sqlite", "postgresql"; empty if nothing ran
  std::string database_note; ///< why it is not the one that the design is for; empty if it is
  std::string stopped; ///< how the process ended if not by itself and in order: "stopped: used more
                       ///< than 20 s of CPU time"; empty otherwise
  std::vector<ModuleImport> modules; ///< in the order tried
  std::vector<ImportStatement> import_statements;
  std::vector<RegistryRun> registries;
  std::vector<SchemaRun> schemas;
  std::vector<Trial> trials;
  bool operator==(const ExecutionFacts&) const = default;
};

} // namespace assay
