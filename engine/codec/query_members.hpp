// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/query_facts.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<Filter>, Visit&& visit)
{
  using T = Filter;
  visit("class_name", &T::class_name);
  visit("attribute", &T::attribute);
  visit("operand", &T::operand);
  visit("text", &T::text);
  visit("joined", &T::joined);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<LoadStep>, Visit&& visit)
{
  using T = LoadStep;
  visit("strategy", &T::strategy);
  visit("class_name", &T::class_name);
  visit("attribute", &T::attribute);
}

template<class Visit>
void members(Of<LoadPath>, Visit&& visit)
{
  using T = LoadPath;
  visit("steps", &T::steps);
  visit("live", &T::live);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<Join>, Visit&& visit)
{
  using T = Join;
  visit("class_name", &T::class_name);
  visit("through", &T::through);
  visit("outer", &T::outer);
}

template<class Visit>
void members(Of<Ordering>, Visit&& visit)
{
  using T = Ordering;
  visit("class_name", &T::class_name);
  visit("attribute", &T::attribute);
  visit("unique", &T::unique);
}

template<class Visit>
void members(Of<Statement>, Visit&& visit)
{
  using T = Statement;
  visit("style", &T::style);
  visit("roots", &T::roots);
  visit("columns", &T::columns);
  visit("unjoined", &T::unjoined);
  visit("joins", &T::joins);
  visit("filters", &T::filters);
  visit("options", &T::options);
  visit("order", &T::order);
  visit("limited", &T::limited);
  visit("limit", &T::limit);
  visit("offset", &T::offset);
  visit("distinct", &T::distinct);
  visit("grouped", &T::grouped);
  visit("unique_called", &T::unique_called);
  visit("executed", &T::executed);
  visit("loop_depth", &T::loop_depth);
  visit("conditional", &T::conditional);
  visit("execute_method", &T::execute_method);
  visit("sql", &T::sql);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<RelationAccess>, Visit&& visit)
{
  using T = RelationAccess;
  visit("class_name", &T::class_name);
  visit("attribute", &T::attribute);
  visit("loop_depth", &T::loop_depth);
  visit("via", &T::via);
  visit("statement", &T::statement);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<SqlBuild>, Visit&& visit)
{
  using T = SqlBuild;
  visit("how", &T::how);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<CallableParameter>, Visit&& visit)
{
  using T = CallableParameter;
  visit("name", &T::name);
  visit("annotation", &T::annotation);
  visit("has_default", &T::has_default);
  visit("default_text", &T::default_text);
}

template<class Visit>
void members(Of<Callable>, Visit&& visit)
{
  using T = Callable;
  visit("ref", &T::ref);
  visit("name", &T::name);
  visit("owner", &T::owner);
  visit("kind", &T::kind);
  visit("is_async", &T::is_async);
  visit("parameters", &T::parameters);
  visit("return_annotation", &T::return_annotation);
  visit("docstring", &T::docstring);
  visit("comments", &T::comments);
  visit("live", &T::live);
  visit("dead_reason", &T::dead_reason);
  visit("bad_example", &T::bad_example);
  visit("bad_example_reason", &T::bad_example_reason);
  visit("readme_mention", &T::readme_mention);
  visit("statements", &T::statements);
  visit("accesses", &T::accesses);
  visit("calls", &T::calls);
  visit("built_sql", &T::built_sql);
  visit("session", &T::session);
  visit("writes", &T::writes);
  visit("commits_while_reading", &T::commits_while_reading);
  visit("missing_await", &T::missing_await);
  visit("returns_statement", &T::returns_statement);
  visit("returns", &T::returns);
  visit("returns_class", &T::returns_class);
  visit("returns_class", &T::returns_class);
  visit("counts_only", &T::counts_only);
  visit("always_raises", &T::always_raises);
  visit("consumer", &T::consumer);
  visit("complete", &T::complete);
  visit("gaps", &T::gaps);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<QueryFacts>, Visit&& visit)
{
  using T = QueryFacts;
  visit("basis", &T::basis);
  visit("confidence", &T::confidence);
  visit("callables", &T::callables);
  visit("hidden", &T::hidden);
  visit("readme_queries", &T::readme_queries);
  visit("complete", &T::complete);
  visit("gaps", &T::gaps);
}

} // namespace assay::codec
