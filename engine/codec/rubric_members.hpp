// SPDX-License-Identifier: MIT
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/rubric.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<SourcePosition>, Visit&& visit)
{
  using T = SourcePosition;
  visit("line", &T::line);
  visit("column", &T::column);
}

template<class Visit>
void members(Of<ParamValue>, Visit&& visit)
{
  using T = ParamValue;
  visit("kind", &T::kind);
  visit("text", &T::text);
  visit("items", &T::items);
  visit("fields", &T::fields);
  visit("position", &T::position);
  visit("key_position", &T::key_position);
}

template<class Visit>
void members(Of<ColumnRole>, Visit&& visit)
{
  using T = ColumnRole;
  visit("id", &T::id);
  visit("names", &T::names);
  visit("families", &T::families);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<EntitySpec>, Visit&& visit)
{
  using T = EntitySpec;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("names", &T::names);
  visit("hints", &T::hints);
  visit("unlike", &T::unlike);
  visit("columns", &T::columns);
  visit("required", &T::required);
  visit("many_columns", &T::many_columns);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<RelationSpec>, Visit&& visit)
{
  using T = RelationSpec;
  visit("id", &T::id);
  visit("from", &T::from);
  visit("to", &T::to);
  visit("cardinality", &T::cardinality);
  visit("optional", &T::optional);
  visit("names", &T::names);
  visit("payload", &T::payload);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<QuerySpec>, Visit&& visit)
{
  using T = QuerySpec;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("root", &T::root);
  visit("by", &T::by);
  visit("paths", &T::paths);
  visit("intent", &T::intent);
  visit("eager", &T::eager);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<CategorySpec>, Visit&& visit)
{
  using T = CategorySpec;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("weight", &T::weight);
  visit("static_cap", &T::static_cap);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<CheckSpec>, Visit&& visit)
{
  using T = CheckSpec;
  visit("id", &T::id);
  visit("kind", &T::kind);
  visit("category", &T::category);
  visit("title", &T::title);
  visit("points", &T::points);
  visit("static_cap", &T::static_cap);
  visit("partial", &T::partial);
  visit("messages", &T::messages);
  visit("advice", &T::advice);
  visit("topics", &T::topics);
  visit("by_reading", &T::by_reading);
  visit("params", &T::params);
  visit("hidden", &T::hidden);
  visit("position", &T::position);
  visit("positions", &T::positions);
}

template<class Visit>
void members(Of<BandSpec>, Visit&& visit)
{
  using T = BandSpec;
  visit("id", &T::id);
  visit("at_least", &T::at_least);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<GateCondition>, Visit&& visit)
{
  using T = GateCondition;
  visit("check", &T::check);
  visit("at_most", &T::at_most);
  visit("flag", &T::flag);
}

template<class Visit>
void members(Of<GateSpec>, Visit&& visit)
{
  using T = GateSpec;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("when", &T::when);
  visit("cap", &T::cap);
  visit("needs_person", &T::needs_person);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<TopicSpec>, Visit&& visit)
{
  using T = TopicSpec;
  visit("id", &T::id);
  visit("title", &T::title);
  visit("question", &T::question);
  visit("position", &T::position);
}

template<class Visit>
void members(Of<Rubric>, Visit&& visit)
{
  using T = Rubric;
  visit("id", &T::id);
  visit("version", &T::version);
  visit("title", &T::title);
  visit("digest", &T::digest);
  visit("path", &T::path);
  visit("entities", &T::entities);
  visit("relations", &T::relations);
  visit("queries", &T::queries);
  visit("categories", &T::categories);
  visit("checks", &T::checks);
  visit("bands", &T::bands);
  visit("gates", &T::gates);
  visit("topics", &T::topics);
  visit("flag_weights", &T::flag_weights);
}

} // namespace assay::codec
