// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/migration_facts.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<Operation>, Visit&& visit)
{
  using T = Operation;
  visit("kind", &T::kind);
  visit("table", &T::table);
  visit("name", &T::name);
  visit("columns", &T::columns);
  visit("column_defs", &T::column_defs);
  visit("nullable", &T::nullable);
  visit("server_default_given", &T::server_default_given);
  visit("batch", &T::batch);
  visit("conditional", &T::conditional);
  visit("sql", &T::sql);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<RevisionProblem>, Visit&& visit)
{
  using T = RevisionProblem;
  visit("id", &T::id);
  visit("detail", &T::detail);
  visit("only_on_postgresql", &T::only_on_postgresql);
  visit("only_on_sqlite", &T::only_on_sqlite);
  visit("in_downgrade", &T::in_downgrade);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Revision>, Visit&& visit)
{
  using T = Revision;
  visit("id", &T::id);
  visit("path", &T::path);
  visit("down_revisions", &T::down_revisions);
  visit("branch_labels", &T::branch_labels);
  visit("depends_on", &T::depends_on);
  visit("message", &T::message);
  visit("create_date", &T::create_date);
  visit("upgrade", &T::upgrade);
  visit("downgrade", &T::downgrade);
  visit("upgrade_complete", &T::upgrade_complete);
  visit("downgrade_complete", &T::downgrade_complete);
  visit("downgrade_raises", &T::downgrade_raises);
  visit("downgrade_empty", &T::downgrade_empty);
  visit("application_imports", &T::application_imports);
  visit("problems", &T::problems);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<MigrationStep>, Visit&& visit)
{
  using T = MigrationStep;
  visit("name", &T::name);
  visit("ok", &T::ok);
  visit("error", &T::error);
  visit("revision", &T::revision);
  visit("declared", &T::declared);
  visit("from_models", &T::from_models);
  visit("changes", &T::changes);
  visit("tables", &T::tables);
}

template<class Visit>
void members(Of<MigrationRun>, Visit&& visit)
{
  using T = MigrationRun;
  visit("ran", &T::ran);
  visit("not_run", &T::not_run);
  visit("database", &T::database);
  visit("loads", &T::loads);
  visit("located", &T::located);
  visit("load_error", &T::load_error);
  visit("stage", &T::stage);
  visit("alone", &T::alone);
  visit("offline", &T::offline);
  visit("heads", &T::heads);
  visit("has_metadata", &T::has_metadata);
  visit("wired_tables", &T::wired_tables);
  visit("stand_ins", &T::stand_ins);
  visit("shims", &T::shims);
  visit("forgotten", &T::forgotten);
  visit("neutralised", &T::neutralised);
  visit("steps", &T::steps);
  visit("singly", &T::singly);
  visit("harms_rows", &T::harms_rows);
  visit("rows_kept", &T::rows_kept);
  visit("tables", &T::tables);
}

template<class Visit>
void members(Of<MigrationFacts>, Visit&& visit)
{
  using T = MigrationFacts;
  visit("basis", &T::basis);
  visit("confidence", &T::confidence);
  visit("kind", &T::kind);
  visit("directory", &T::directory);
  visit("config_path", &T::config_path);
  visit("env_path", &T::env_path);
  visit("environment_loads", &T::environment_loads);
  visit("environment_problems", &T::environment_problems);
  visit("metadata_wired", &T::metadata_wired);
  visit("metadata_ids", &T::metadata_ids);
  visit("wired_tables", &T::wired_tables);
  visit("wired_complete", &T::wired_complete);
  visit("wired_where", &T::wired_where);
  visit("revisions", &T::revisions);
  visit("heads", &T::heads);
  visit("graph_ok", &T::graph_ok);
  visit("graph_problems", &T::graph_problems);
  visit("tables", &T::tables);
  visit("tables_complete", &T::tables_complete);
  visit("left_after_downgrade", &T::left_after_downgrade);
  visit("types_left", &T::types_left);
  visit("downgrade_complete", &T::downgrade_complete);
  visit("secrets", &T::secrets);
  visit("gaps", &T::gaps);
  visit("run", &T::run);
  visit("where", &T::where);
}

} // namespace assay::codec
