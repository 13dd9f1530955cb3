// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
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
  visit("readme", &T::readme);
  visit("integrity", &T::integrity);
  visit("signals", &T::signals);
}

} // namespace assay::codec
