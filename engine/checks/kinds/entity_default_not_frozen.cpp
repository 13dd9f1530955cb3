// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/examples.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/model/type_family.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::entity_default_not_frozen {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .fallback = "[]",
   .summary = "Where to look; empty: every mapped class."},
};

constexpr Level k_levels[] = {
  {"some_frozen", 0.5, "Some of several defaults of a kind are evaluated once."},
};

constexpr ExampleFile k_reference[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    created_at = Column(DateTime, default=datetime.utcnow)
)"}};

constexpr ExampleFile k_call[] = {{"models.py", R"(
from datetime import datetime
from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()

class Book(Base):
    __tablename__ = "books"
    id = Column(Integer, primary_key=True)
    created_at = Column(DateTime, default=datetime.utcnow())
)"}};

constexpr Example k_examples[] = {
  {"A reference to a function", k_reference, "{}", "pass"},
  {"A call, evaluated when the module is imported", k_call, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema};

std::vector<const Table*> tables_inspected(const Subject& subject, const Params& params)
{
  std::vector<const Table*> tables;
  for (const std::string& role : params.list("entities")) {
    const EntityView view = view_entity(subject, role);
    if (view.in_models()) {
      tables.insert(tables.end(), view.tables.begin(), view.tables.end());
    }
  }
  if (params.list("entities").empty()) {
    for (const Table& table : subject.facts.schema.tables) {
      tables.push_back(&table);
    }
  }
  return tables;
}

/// `default=[]`: every row shares one list.
bool is_mutable_literal(const Column& column)
{
  const std::string_view text = trim(column.default_text);
  return column.default_kind == DefaultKind::constant && !text.empty()
         && (text.front() == '[' || text.front() == '{');
}

bool is_frozen(const Column& column)
{
  return column.default_kind == DefaultKind::frozen || column.onupdate_kind == DefaultKind::frozen
         || is_mutable_literal(column);
}

bool computes(DefaultKind kind)
{
  return kind == DefaultKind::callable || kind == DefaultKind::sql || kind == DefaultKind::server;
}

bool is_computed(const Column& column)
{
  return computes(column.default_kind) || computes(column.onupdate_kind)
         || (computes(column.server_default_kind) && column.primary_key != Truth::yes);
}

bool is_unclear(const Column& column)
{
  return column.default_kind == DefaultKind::unknown
         || column.onupdate_kind == DefaultKind::unknown;
}

/// Times are compared with times, keys with keys: the "several" of which some are frozen.
bool same_sort(TypeFamily a, TypeFamily b)
{
  return a == b || (is_moment(a) && is_moment(b)) || (is_integer(a) && is_integer(b))
         || (is_text(a) && is_text(b));
}

struct Survey {
  std::vector<ColumnRef> frozen;
  std::vector<ColumnRef> computed;
  std::vector<ColumnRef> unclear;
  bool complete = true;
};

Survey survey(const std::vector<const Table*>& tables)
{
  Survey result;
  for (const Table* table : tables) {
    result.complete = result.complete && table->complete == Truth::yes;
    for (const Column& column : table->columns) {
      if (is_frozen(column)) {
        result.frozen.push_back({table, &column});
      } else if (is_unclear(column)) {
        result.unclear.push_back({table, &column});
      } else if (is_computed(column)) {
        result.computed.push_back({table, &column});
      }
    }
  }
  return result;
}

bool is_peer(const ColumnRef& column, const std::vector<ColumnRef>& frozen)
{
  return std::ranges::any_of(frozen, [&](const ColumnRef& other) {
    return same_sort(column.column->family, other.column->family);
  });
}

Finding with_frozen(const Subject& subject, const Survey& seen)
{
  const double confidence = subject.facts.schema.confidence;
  std::vector<Evidence> evidence;
  for (const ColumnRef& column : seen.frozen) {
    add_evidence(evidence, column.column->where, "evaluated once, at import");
  }
  const std::string reason = fmt::format(
    "The default of {} is evaluated once, when the module is imported, not for every row",
    label(seen.frozen.front()));
  const auto peer = [&](const ColumnRef& column) { return is_peer(column, seen.frozen); };
  if (std::ranges::any_of(seen.computed, peer)) {
    return at_level("some_frozen", confidence, reason, std::move(evidence));
  }
  if (std::ranges::any_of(seen.unclear, peer)) {
    return undetermined(reason + "; other defaults were not understood", 0.25, std::move(evidence));
  }
  return failed(confidence, reason, std::move(evidence));
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const std::vector<const Table*> tables = tables_inspected(subject, params);
  const bool any_class =
    std::ranges::any_of(tables, [](const Table* table) { return !table->classes.empty(); });
  if (!any_class) {
    return nothing_to_inspect(subject);
  }
  const Survey seen = survey(tables);
  if (!seen.frozen.empty()) {
    return with_frozen(subject, seen);
  }
  if (!seen.unclear.empty()) {
    std::vector<Evidence> evidence;
    add_evidence(evidence, seen.unclear.front().column->where, "default not understood");
    return undetermined("The default of " + label(seen.unclear.front()) + " was not understood",
                        1,
                        std::move(evidence));
  }
  if (!seen.complete || !absence_proves(subject)) {
    return undetermined(
      "No default is evaluated at import in what could be read, but not all of the "
      "models could be understood",
      1);
  }
  std::vector<Evidence> evidence;
  for (const ColumnRef& column : seen.computed) {
    add_evidence(evidence, column.column->where, "evaluated for every row");
  }
  return passed(subject.facts.schema.confidence,
                seen.computed.empty() ? "No column has a default that could be evaluated at import"
                                      : "Defaults are evaluated for every row",
                std::move(evidence));
}

} // namespace

extern constinit const Kind kind{
  .id = "entity.default_not_frozen",
  .since = "0.1",
  .summary = "No default is evaluated once, when the module is imported.",
  .why =
    "`default=datetime.utcnow()` gives every row the time at which the program started; a "
    "reference, a "
    "lambda, partial(), default_factory or a SQL expression does not. A list or dict as a default "
    "is shared by all rows. Defaults are compared within one sort of type: all of them frozen "
    "fails, some of them counts in part.",
  .blind_spots = "Helper functions that cannot be followed.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::entity_default_not_frozen
