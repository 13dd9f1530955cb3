// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/codec/query_run_members.hpp"
#include "engine/model/facts.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<SourceFile>, Visit&& visit)
{
  using T = SourceFile;
  visit("path", &T::path);
  visit("role", &T::role);
  visit("module", &T::module);
  visit("lines", &T::lines);
  visit("encoding", &T::encoding);
  visit("parsed", &T::parsed);
  visit("syntax_errors", &T::syntax_errors);
}

template<class Visit>
void members(Of<EnvironmentFacts>, Visit&& visit)
{
  using T = EnvironmentFacts;
  visit("dialect", &T::dialect);
  visit("dialect_evidence", &T::dialect_evidence);
  visit("sqlalchemy_pin", &T::sqlalchemy_pin);
  visit("sqlalchemy_major", &T::sqlalchemy_major);
  visit("frameworks", &T::frameworks);
  visit("requirements", &T::requirements);
  visit("foreign_modules", &T::foreign_modules);
  visit("uses_async", &T::uses_async);
  visit("uses_sqlalchemy", &T::uses_sqlalchemy);
  visit("other_technology", &T::other_technology);
}

template<class Visit>
void members(Of<IntegrityFlag>, Visit&& visit)
{
  using T = IntegrityFlag;
  visit("flag", &T::flag);
  visit("where", &T::where);
  visit("detail", &T::detail);
}

template<class Visit>
void members(Of<Signal>, Visit&& visit)
{
  using T = Signal;
  visit("id", &T::id);
  visit("present", &T::present);
  visit("evidence", &T::evidence);
}

template<class Visit>
void members(Of<ReadmeStatement>, Visit&& visit)
{
  using T = ReadmeStatement;
  visit("topic", &T::topic);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<StyleFacts>, Visit&& visit)
{
  using T = StyleFacts;
  visit("query_functions", &T::query_functions);
  visit("typed_query_functions", &T::typed_query_functions);
  visit("documented_query_functions", &T::documented_query_functions);
  visit("uses_legacy_query", &T::uses_legacy_query);
  visit("uses_select", &T::uses_select);
}

template<class Visit>
void members(Of<RunError>, Visit&& visit)
{
  using T = RunError;
  visit("type", &T::type);
  visit("message", &T::message);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<ModuleImport>, Visit&& visit)
{
  using T = ModuleImport;
  visit("path", &T::path);
  visit("name", &T::name);
  visit("outcome", &T::outcome);
  visit("error", &T::error);
  visit("stand_ins", &T::stand_ins);
  visit("warnings", &T::warnings);
}

template<class Visit>
void members(Of<ImportStatement>, Visit&& visit)
{
  using T = ImportStatement;
  visit("module", &T::module);
  visit("kind", &T::kind);
  visit("sql", &T::sql);
}

template<class Visit>
void members(Of<RegistryRun>, Visit&& visit)
{
  using T = RegistryRun;
  visit("name", &T::name);
  visit("metadata", &T::metadata);
  visit("configures", &T::configures);
  visit("error", &T::error);
  visit("broken", &T::broken);
  visit("classes", &T::classes);
  visit("warnings", &T::warnings);
}

template<class Visit>
void members(Of<SchemaRun>, Visit&& visit)
{
  using T = SchemaRun;
  visit("metadata", &T::metadata);
  visit("created", &T::created);
  visit("error", &T::error);
  visit("tables", &T::tables);
  visit("tables_created", &T::tables_created);
  visit("shims", &T::shims);
  visit("reflected", &T::reflected);
}

template<class Visit>
void members(Of<Trial>, Visit&& visit)
{
  using T = Trial;
  visit("what", &T::what);
  visit("table", &T::table);
  visit("columns", &T::columns);
  visit("by", &T::by);
  visit("child", &T::child);
  visit("outcome", &T::outcome);
  visit("detail", &T::detail);
}

template<class Visit>
void members(Of<ExecutionFacts>, Visit&& visit)
{
  using T = ExecutionFacts;
  visit("ran", &T::ran);
  visit("other_version", &T::other_version);
  visit("database", &T::database);
  visit("database_note", &T::database_note);
  visit("not_run", &T::not_run);
  visit("stopped", &T::stopped);
  visit("modules", &T::modules);
  visit("import_statements", &T::import_statements);
  visit("registries", &T::registries);
  visit("schemas", &T::schemas);
  visit("trials", &T::trials);
}

template<class Visit>
void members(Of<Facts>, Visit&& visit)
{
  using T = Facts;
  visit("version", &T::version);
  visit("files", &T::files);
  visit("environment", &T::environment);
  visit("schema", &T::schema);
  visit("raw_sql_schema", &T::raw_sql_schema);
  visit("queries", &T::queries);
  visit("migration", &T::migration);
  visit("style", &T::style);
  visit("execution", &T::execution);
  visit("query_runs", &T::query_runs);
  visit("readme", &T::readme);
  visit("integrity", &T::integrity);
  visit("signals", &T::signals);
}

} // namespace assay::codec
