// SPDX-License-Identifier: MIT
// Facts about migrations: where they are, the revision graph, what each does, and the schema they
// leave.
#pragma once

#include "engine/model/migration_run_facts.hpp"
#include "engine/model/schema_facts.hpp"

#include <string>
#include <vector>

namespace assay {

enum class OperationKind {
  create_table,
  drop_table,
  rename_table,
  add_column,
  drop_column,
  alter_column,
  create_index,
  drop_index,
  create_unique,
  create_foreign_key,
  create_primary_key,
  create_check,
  drop_constraint,
  create_type,
  drop_type,
  execute_ddl,
  execute_dml,
  bulk_insert,
  create_all,
  drop_all,
  other,
};

struct Operation {
  OperationKind kind = OperationKind::other;
  std::string table;
  std::string name; ///< of the constraint, index, type; the new name of a renamed table
  std::vector<std::string> columns;
  std::vector<Column>
    column_defs; ///< of create_table, add_column, alter_column (the new state as far as given)
  Truth nullable = Truth::unknown; ///< alter_column
  bool server_default_given = false;
  bool batch = false; ///< inside op.batch_alter_table
  bool conditional = false;
  std::string sql;
  Location where;
  bool operator==(const Operation&) const = default;
};

/// Something in a revision that keeps it from running, as far as reading can tell.
struct RevisionProblem {
  std::string
    id; ///< "undefined_name", "raises", "missing_table", "create_order", "fk_type",
        ///< "outside_batch", "syntax", "duplicate_table", "drop_order", "unnamed_constraint"
  std::string detail;
  bool only_on_postgresql = false;
  bool only_on_sqlite = false;
  bool in_downgrade = false; ///< downgrade() meets it; the upgrade is not touched
  Location where;
  bool operator==(const RevisionProblem&) const = default;
};

struct Revision {
  std::string id;
  std::string path;
  std::vector<std::string> down_revisions;
  std::vector<std::string> branch_labels;
  std::vector<std::string> depends_on;
  std::string message;
  std::string create_date;
  std::vector<Operation> upgrade;
  std::vector<Operation> downgrade;
  Truth upgrade_complete = Truth::yes; ///< every statement of it was understood
  Truth downgrade_complete = Truth::yes;
  bool downgrade_raises = false; ///< raise NotImplementedError
  bool downgrade_empty = false;  ///< pass, docstring or missing
  std::vector<std::string> application_imports;
  std::vector<RevisionProblem> problems;
  Location where;
  bool operator==(const Revision&) const = default;
};

enum class MigrationKind { none, alembic, flask_migrate, lone_revision };

struct MigrationFacts {
  Basis basis = Basis::none;
  double confidence = 0;
  MigrationKind kind = MigrationKind::none;
  std::string directory;
  std::string config_path; ///< alembic.ini or pyproject.toml
  std::string env_path;
  Truth environment_loads = Truth::unknown;
  std::vector<std::string> environment_problems;
  Truth metadata_wired = Truth::unknown; ///< target_metadata is set
  std::vector<std::string> metadata_ids; ///< SchemaFacts metadata it names
  std::vector<std::string>
    wired_tables; ///< tables of the model modules that env.py reaches by imports
  Truth wired_complete = Truth::yes;
  Location wired_where;
  std::vector<Revision> revisions; ///< in application order where the graph allows it, then by path
  std::vector<std::string> heads;
  Truth graph_ok = Truth::unknown; ///< unique ids, every down_revision exists, no cycle
  std::vector<std::string> graph_problems;
  std::vector<Table> tables; ///< after upgrade to all heads
  Truth tables_complete = Truth::yes;
  std::vector<std::string> left_after_downgrade; ///< tables
  std::vector<std::string> types_left;           ///< PostgreSQL enum types left after downgrade
  Truth downgrade_complete = Truth::yes;
  std::vector<Evidence> secrets; ///< passwords in alembic.ini or env.py that are not local defaults
  std::vector<std::string> gaps;
  MigrationRun run; ///< what running them showed
  Location where;
  bool operator==(const MigrationFacts&) const = default;
};

} // namespace assay
