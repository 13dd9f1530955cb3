// SPDX-License-Identifier: MIT
// One link of a statement's chain: where(), join(), options(), order_by(), limit() ...
#include "engine/base/text.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

/// Links that change nothing a check looks at.
constexpr std::array<std::string_view, 30> k_neutral = {"execution_options",
                                                        "with_for_update",
                                                        "yield_per",
                                                        "prefix_with",
                                                        "suffix_with",
                                                        "correlate",
                                                        "correlate_except",
                                                        "populate_existing",
                                                        "autoflush",
                                                        "params",
                                                        "bindparams",
                                                        "subquery",
                                                        "alias",
                                                        "cte",
                                                        "scalar_subquery",
                                                        "as_scalar",
                                                        "label",
                                                        "exists",
                                                        "returning",
                                                        "values",
                                                        "reset_joinpoint",
                                                        "tuples",
                                                        "with_hint",
                                                        "with_statement_hint",
                                                        "set_label_style",
                                                        "with_labels",
                                                        "on_conflict_do_nothing",
                                                        "on_conflict_do_update",
                                                        "lateral",
                                                        "tablesample"};

constexpr std::array<std::string_view, 7> k_joins = {
  "join", "outerjoin", "join_from", "outerjoin_from", "left_join", "full_join", "isouter"};

bool is_true(ValueRef value)
{
  return value != nullptr && settled(*value).kind == ValueKind::boolean && settled(*value).truth;
}

bool clears(const Value& value)
{
  return value.kind == ValueKind::none || (value.kind == ValueKind::boolean && !value.truth);
}

} // namespace

void push_unique(std::vector<std::string>& list, const std::string& entry)
{
  if (!entry.empty() && std::ranges::find(list, entry) == list.end()) {
    list.push_back(entry);
  }
}

bool Reader::apply(const Value& call, std::string_view method, Draft& draft)
{
  if (method == "where" || method == "filter") {
    for (const ValueRef item : call.items) {
      criteria(item, draft);
    }
    if (has_unknown_arguments(call)) {
      draft.gaps.push_back("conditions of \"" + source_text(program_, call) + "\" are not known");
    }
    return true;
  }
  if (method == "filter_by") {
    filter_by(call, draft);
    return true;
  }
  if (method == "options") {
    for (const ValueRef item : call.items) {
      auto paths = load_paths(item, draft, draft.gaps);
      draft.statement.options.insert(draft.statement.options.end(), paths.begin(), paths.end());
    }
    return true;
  }
  if (among(method, k_joins)) {
    apply_join(call, method, draft);
    return true;
  }
  if (method == "order_by") {
    apply_order(call, draft);
    return true;
  }
  return apply_shape(call, method, draft) || among(method, k_neutral);
}

/// Links that change which rows and columns come back.
bool Reader::apply_shape(const Value& call, std::string_view method, Draft& draft)
{
  Statement& statement = draft.statement;
  if (method == "limit" || method == "fetch") {
    const bool none = !call.items.empty() && clears(settled(*call.items.front()));
    statement.limited = none ? Truth::no : Truth::yes;
    statement.limit = call.items.empty() ? Operand::unknown : operand(call.items.front());
    return true;
  }
  if (method == "offset") {
    statement.offset = true;
    return true;
  }
  if (method == "slice") {
    statement.limited = Truth::yes;
    statement.offset = true;
    statement.limit = call.items.size() < 2 ? Operand::unknown : operand(call.items[1]);
    return true;
  }
  if (method == "distinct") {
    statement.distinct = true;
    return true;
  }
  if (method == "group_by" || method == "having") {
    statement.grouped = true;
    return true;
  }
  if (method == "select_from") {
    for (const ValueRef item : call.items) {
      select_from(item, draft);
    }
    return true;
  }
  if (method == "add_columns" || method == "add_entity" || method == "column"
      || method == "add_column") {
    for (const ValueRef item : call.items) {
      select_item(item, draft);
    }
    return true;
  }
  if (method == "with_only_columns" || method == "with_entities") {
    const std::vector<std::string> from = draft.from;
    statement.roots.clear();
    statement.columns.clear();
    draft.yields.clear();
    select_columns(call, draft);
    for (const std::string& name : from) {
      push_unique(draft.from, name);
    }
    return true;
  }
  if (method == "columns") {
    return statement.style == StatementStyle::text;
  }
  if (method == "from_statement") {
    const auto inner = call.items.empty() ? nullptr : this->statement(call.items.front());
    if (inner) {
      statement.sql = inner->statement.sql;
      draft.gaps.insert(draft.gaps.end(), inner->gaps.begin(), inner->gaps.end());
    }
    return true;
  }
  if (method == "union" || method == "union_all" || method == "intersect" || method == "except_") {
    draft.gaps.emplace_back("the parts of a " + std::string(method) + "() are not told apart");
    return true;
  }
  if (method == "enable_eagerloads") {
    if (!call.items.empty() && clears(settled(*call.items.front()))) {
      statement.options.clear();
    }
    return true;
  }
  return false;
}

void Reader::select_from(ValueRef source, Draft& draft)
{
  const Value& value = settled(*resolve(source));
  if (const std::string owner = entity_of(source); !owner.empty()) {
    push_unique(draft.from, owner);
    draft.last_joined = owner;
    return;
  }
  if (value.kind != ValueKind::call) {
    draft.gaps.emplace_back("\"" + source_text(program_, value) + "\" in FROM is not understood");
    return;
  }
  const Value& callee = settled(*value.base);
  const std::string name = construct_name(callee);
  if ((name == "join" || name == "outerjoin") && value.items.size() >= 2) {
    select_from(value.items[0], draft);
    join_to(value.items[1], name == "outerjoin", draft);
    return;
  }
  if (callee.kind == ValueKind::attribute && (callee.text == "join" || callee.text == "outerjoin")
      && !value.items.empty()) {
    select_from(callee.base, draft);
    join_to(value.items[0], callee.text == "outerjoin", draft);
  }
}

void Reader::apply_join(const Value& call, std::string_view method, Draft& draft)
{
  const bool outer = method.starts_with("outer") || method == "left_join"
                     || is_true(keyword(call, "isouter")) || is_true(keyword(call, "full"));
  std::vector<ValueRef> targets = call.items;
  if (const ValueRef named = keyword(call, "target")) {
    targets.insert(targets.begin(), named);
  }
  if (method.ends_with("_from") && targets.size() >= 2) {
    select_from(targets.front(), draft);
    targets.erase(targets.begin());
  }
  if (targets.empty()) {
    return;
  }
  const std::string first_class = entity_of(targets.front());
  join_to(targets.front(), outer, draft);
  if (targets.size() < 2) {
    return;
  }
  const auto condition = loaded_attribute(targets[1], {});
  if (condition && !condition->target.empty()) {
    if (!first_class.empty() && !draft.statement.joins.empty()) {
      draft.statement.joins.back().through = condition->class_name + "." + condition->attribute;
      return;
    }
    for (std::size_t i = 1; i < targets.size(); ++i) { // 1.x: join(A.b, B.c)
      join_to(targets[i], outer, draft);
    }
  }
}

void Reader::join_to(ValueRef target, bool outer, Draft& draft)
{
  Join join;
  join.outer = outer;
  const std::string anchor = draft.statement.roots.empty()
                               ? (draft.from.empty() ? std::string() : draft.from.front())
                               : draft.statement.roots.front();
  const Value& value = settled(*resolve(target));
  if (const std::string owner = entity_of(target); !owner.empty()) {
    join.class_name = owner;
  } else if (const auto attribute = loaded_attribute(target, anchor);
             attribute && !attribute->target.empty()) {
    join.class_name = attribute->target;
    join.through = attribute->class_name + "." + attribute->attribute;
    push_unique(draft.from, attribute->class_name);
  } else if (value.kind == ValueKind::tuple && !value.items.empty()) {
    join_to(value.items.front(), outer, draft);
    return;
  } else {
    const bool derived = statement(target) != nullptr;
    if (!derived) {
      draft.gaps.push_back("the target of the join \"" + source_text(program_, value)
                           + "\" is not known");
    }
    return;
  }
  if (!anchor.empty()) {
    draft.links.emplace_back(anchor, join.class_name);
  }
  if (!draft.last_joined.empty() && draft.last_joined != anchor) {
    draft.links.emplace_back(draft.last_joined, join.class_name);
  }
  push_unique(draft.from, join.class_name);
  draft.last_joined = join.class_name;
  draft.statement.joins.push_back(std::move(join));
}

void Reader::apply_order(const Value& call, Draft& draft)
{
  for (const ValueRef item : call.items) {
    const Value& value = settled(*resolve(item));
    if (clears(value)) {
      draft.statement.order.clear();
      continue;
    }
    if (value.kind == ValueKind::list || value.kind == ValueKind::tuple) {
      Value inner = call;
      inner.items = value.items;
      apply_order(inner, draft);
      continue;
    }
    Ordering ordering;
    if (const auto column = column_name(item)) {
      const std::string owner = schema_.mapped(column->owner) != nullptr
                                  ? column->owner
                                  : schema_.class_of_table(column->owner);
      ordering.class_name = column->owner;
      ordering.attribute = column->attribute;
      ordering.unique = schema_.is_unique(owner.empty() ? column->owner : owner, column->attribute);
    } else {
      ordering.attribute = source_text(program_, value);
    }
    draft.statement.order.push_back(std::move(ordering));
  }
}

} // namespace assay::facts::queries
