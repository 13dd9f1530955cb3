// SPDX-License-Identifier: MIT
// Members of the facts about query code that was called.
#pragma once

#include "engine/codec/of.hpp"
#include "engine/model/query_run_facts.hpp"

namespace assay::codec {

template<class Visit>
void members(Of<LateLoad>, Visit&& visit)
{
  using T = LateLoad;
  visit("relation", &T::relation);
  visit("count", &T::count);
  visit("refresh", &T::refresh);
  visit("where", &T::where);
}

template<class Visit>
void members(Of<RepeatedStatement>, Visit&& visit)
{
  using T = RepeatedStatement;
  visit("sql", &T::sql);
  visit("count", &T::count);
}

template<class Visit>
void members(Of<RelationState>, Visit&& visit)
{
  using T = RelationState;
  visit("relation", &T::relation);
  visit("objects", &T::objects);
  visit("loaded", &T::loaded);
  visit("unreachable", &T::unreachable);
  visit("error", &T::error);
}

template<class Visit>
void members(Of<DriveRun>, Visit&& visit)
{
  using T = DriveRun;
  visit("roots", &T::roots);
  visit("leaves", &T::leaves);
  visit("in_call", &T::in_call);
  visit("in_walk", &T::in_walk);
  visit("in_claims", &T::in_claims);
  visit("rows", &T::rows);
  visit("roots_seen", &T::roots_seen);
  visit("roots_foreign", &T::roots_foreign);
  visit("roots_repeated", &T::roots_repeated);
  visit("bare_seen", &T::bare_seen);
  visit("leaves_seen", &T::leaves_seen);
  visit("leaves_attached", &T::leaves_attached);
  visit("leaves_foreign", &T::leaves_foreign);
  visit("roots_whole", &T::roots_whole);
  visit("roots_cut", &T::roots_cut);
  visit("loads", &T::loads);
  visit("repeated", &T::repeated);
  visit("relations", &T::relations);
}

template<class Visit>
void members(Of<TableScan>, Visit&& visit)
{
  using T = TableScan;
  visit("table", &T::table);
  visit("column", &T::column);
}

template<class Visit>
void members(Of<SentSelects>, Visit&& visit)
{
  using T = SentSelects;
  visit("ordered", &T::ordered);
  visit("paged", &T::paged);
  visit("unique_order", &T::unique_order);
  visit("multiplies", &T::multiplies);
}

template<class Visit>
void members(Of<DrivenCallable>, Visit&& visit)
{
  using T = DrivenCallable;
  visit("ref", &T::ref);
  visit("root", &T::root);
  visit("by", &T::by);
  visit("outcome", &T::outcome);
  visit("detail", &T::detail);
  visit("error", &T::error);
  visit("bound", &T::bound);
  visit("asked", &T::asked);
  visit("printed", &T::printed);
  visit("runs", &T::runs);
  visit("stale", &T::stale);
  visit("without_sql", &T::without_sql);
  visit("warnings", &T::warnings);
  visit("scans", &T::scans);
  visit("selects", &T::selects);
}

template<class Visit>
void members(Of<QueryRunFacts>, Visit&& visit)
{
  using T = QueryRunFacts;
  visit("ran", &T::ran);
  visit("not_run", &T::not_run);
  visit("seeded", &T::seeded);
  visit("callables", &T::callables);
}

} // namespace assay::codec
