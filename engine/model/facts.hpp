// SPDX-License-Identifier: MIT
// Everything that is known about a submission, independent of any rubric: the ledger that
// re-grading reads.
#pragma once

#include "engine/model/execution_facts.hpp"
#include "engine/model/migration_facts.hpp"
#include "engine/model/query_facts.hpp"
#include "engine/model/query_run_facts.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <vector>

namespace assay {

enum class FileRole {
  graded,
  test,
  migration,
  vendored,
  documentation,
  template_,
  configuration,
  other
};

struct SourceFile {
  std::string path;
  FileRole role = FileRole::other;
  std::string module; ///< dotted name under which the candidate's own imports reach it
  int lines = 0;
  std::string encoding; ///< "utf-8", "latin-1", "utf-16", "binary"
  bool parsed = false;
  std::vector<Evidence> syntax_errors;
  bool operator==(const SourceFile&) const = default;
};

enum class Dialect { unknown, sqlite, postgresql, mysql, other };

struct EnvironmentFacts {
  Dialect dialect = Dialect::unknown; ///< the candidate's evident database
  std::vector<Evidence> dialect_evidence;
  std::string sqlalchemy_pin;               ///< as written: ">=1.4.40,<2.1"
  int sqlalchemy_major = 0;                 ///< 14, 20, 21; 0 if neither pins nor idioms tell
  std::vector<std::string> frameworks;      ///< "flask", "fastapi", "sqlmodel", "flask-sqlalchemy",
                                            ///< "flask-migrate", "django", "peewee"
  std::vector<std::string> requirements;    ///< normalised distribution names
  std::vector<std::string> foreign_modules; ///< third-party modules imported
  bool uses_async = false;
  bool uses_sqlalchemy = false;
  std::string other_technology; ///< "django", "peewee", "tortoise", "pony", "raw-sql", "none";
                                ///< empty with SQLAlchemy
  bool operator==(const EnvironmentFacts&) const = default;
};

struct IntegrityFlag {
  std::string flag; ///< report-contract: shadowed_library, instructions_to_grader ...
  Location where;
  std::string detail;
  bool operator==(const IntegrityFlag&) const = default;
};

struct Signal {
  std::string id; ///< async, pooling, tests, core_sql, typing, docs, indexes, transactions
  bool present = false;
  std::vector<Evidence> evidence;
  bool operator==(const Signal&) const = default;
};

struct ReadmeStatement {
  std::string topic; ///< "soft_delete", "guest_comments", "set_null", "restrict"
  Location where;
  bool operator==(const ReadmeStatement&) const = default;
};

/// Code quality read off the files that hold models and queries.
struct StyleFacts {
  int query_functions = 0;
  int typed_query_functions = 0;
  int documented_query_functions = 0; ///< docstring or comment
  bool uses_legacy_query = false;
  bool uses_select = false;
  bool operator==(const StyleFacts&) const = default;
};

struct Facts {
  int version = 3;               ///< of this shape; stored facts of another version are read again
  std::vector<SourceFile> files; ///< sorted by path; Python and templates
  EnvironmentFacts environment;
  SchemaFacts schema;         ///< what models say, merged: observed wins over reading
  SchemaFacts raw_sql_schema; ///< CREATE TABLE statements outside migrations (other technology)
  QueryFacts queries;
  MigrationFacts migration;
  StyleFacts style;
  ExecutionFacts execution;
  QueryRunFacts query_runs;
  std::vector<ReadmeStatement> readme;
  std::vector<IntegrityFlag> integrity;
  std::vector<Signal> signals;
  bool operator==(const Facts&) const = default;
};

/// The part of Facts a check needs; probes run only what some check of the rubric asks for.
enum class FactFamily { files, environment, schema, queries, migration, style, execution };

} // namespace assay
