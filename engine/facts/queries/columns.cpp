// SPDX-License-Identifier: MIT
// What a statement selects: entities, single columns, aggregates.
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

/// Wrappers around a column that leave it the same column.
constexpr std::array<std::string_view, 16> k_column_functions = {"col",
                                                                 "cast",
                                                                 "type_coerce",
                                                                 "distinct",
                                                                 "desc",
                                                                 "asc",
                                                                 "nullslast",
                                                                 "nullsfirst",
                                                                 "nulls_last",
                                                                 "nulls_first",
                                                                 "collate",
                                                                 "lower",
                                                                 "upper",
                                                                 "coalesce",
                                                                 "trim",
                                                                 "load_only"};
constexpr std::array<std::string_view, 12> k_column_methods = {"desc",
                                                               "asc",
                                                               "label",
                                                               "nullslast",
                                                               "nullsfirst",
                                                               "nulls_last",
                                                               "nulls_first",
                                                               "collate",
                                                               "distinct",
                                                               "op",
                                                               "cast",
                                                               "self_group"};

/// Functions that put the values of many rows into one: the rows are part of the result.
bool gathers_rows(std::string_view function)
{
  return function.ends_with("_agg") || function.ends_with("group_array")
         || function.ends_with("group_object") || function == "group_concat"
         || function == "json_arrayagg" || function == "json_objectagg";
}

} // namespace

/// The first column that a json_agg(...) or the like in `ref` gathers, however deep it stands.
std::optional<Reader::ColumnName> Reader::gathered_column(ValueRef ref, bool gathering, int depth)
{
  constexpr int k_deepest = 32;
  const Value& value = settled(*resolve(ref));
  if (depth > k_deepest) {
    return std::nullopt;
  }
  if (gathering) {
    if (auto column = column_name(ref)) {
      return column;
    }
  }
  if (value.kind == ValueKind::attribute) {
    return gathered_column(value.base, gathering, depth + 1);
  }
  if (value.kind != ValueKind::call) {
    return std::nullopt;
  }
  const std::string dotted = dotted_name(settled(*value.base));
  const bool here = gathering || gathers_rows(short_name(dotted));
  for (const ValueRef item : value.items) {
    if (auto column = gathered_column(item, here, depth + 1)) {
      return column;
    }
  }
  return settled(*value.base).kind == ValueKind::attribute
           ? gathered_column(value.base, gathering, depth + 1)
           : std::nullopt;
}

std::optional<Reader::ColumnName> Reader::column_name(ValueRef ref)
{
  const Value& value = settled(*resolve(ref));
  if (value.kind == ValueKind::attribute) {
    const Value& base = settled(*value.base);
    if (base.kind == ValueKind::attribute && (base.text == "c" || base.text == "columns")) {
      const std::string table = entity_of(base.base);
      return table.empty() ? std::nullopt : std::optional(ColumnName{table, value.text});
    }
    const std::string owner = entity_of(value.base);
    return owner.empty() || value.text == "query" || value.text == "c"
             ? std::nullopt
             : std::optional(ColumnName{owner, value.text});
  }
  if (value.kind == ValueKind::subscript && value.items.size() == 1) {
    const Value& base = settled(*value.base);
    const Value& key = settled(*value.items.front());
    if (base.kind == ValueKind::attribute && base.text == "c" && key.kind == ValueKind::string) {
      const std::string table = entity_of(base.base);
      return table.empty() ? std::nullopt : std::optional(ColumnName{table, key.text});
    }
    return std::nullopt;
  }
  if (value.kind != ValueKind::call) {
    return std::nullopt;
  }
  const Value& callee = settled(*value.base);
  if (callee.kind == ValueKind::attribute) {
    const bool keeps = std::ranges::find(k_column_methods, callee.text) != k_column_methods.end();
    if (keeps) {
      return column_name(callee.base);
    }
  }
  const std::string dotted = dotted_name(callee);
  const std::string_view function = short_name(dotted);
  const bool wraps = std::ranges::find(k_column_functions, function) != k_column_functions.end();
  return wraps && !value.items.empty() ? column_name(value.items.front()) : std::nullopt;
}

void Reader::select_columns(const Value& call, Draft& draft)
{
  for (const ValueRef item : call.items) {
    const Value& value = settled(*resolve(item));
    if (value.kind == ValueKind::list || value.kind == ValueKind::tuple) {
      for (const ValueRef inner : value.items) {
        select_item(inner, draft);
      }
      break; // select([columns], condition, [from]): select_arguments()
    } else {
      select_item(item, draft);
    }
  }
  const auto& columns = draft.statement.columns;
  const bool counts = draft.statement.roots.empty() && !columns.empty()
                      && std::ranges::all_of(
                        columns, [](const std::string& column) { return column.ends_with(")"); });
  if (counts) {
    draft.statement.style = StatementStyle::aggregate;
  }
  if (!draft.from.empty()) {
    draft.last_joined = draft.from.front();
  }
}

/// What SQLAlchemy 1.x takes as arguments of select() and later versions as links of a chain.
void Reader::select_arguments(const Value& call, Draft& draft)
{
  struct Argument {
    std::size_t position;
    std::string_view name;
    std::string_view method;
  };

  constexpr std::size_t by_name = 16;
  constexpr std::array<Argument, 8> arguments = {{{1, "whereclause", "where"},
                                                  {2, "from_obj", "select_from"},
                                                  {by_name, "distinct", "distinct"},
                                                  {by_name, "group_by", "group_by"},
                                                  {by_name, "having", "having"},
                                                  {by_name, "order_by", "order_by"},
                                                  {by_name, "limit", "limit"},
                                                  {by_name, "offset", "offset"}}};
  const bool listed =
    !call.items.empty() && settled(*resolve(call.items.front())).kind == ValueKind::list;
  for (const auto& [position, name, method] : arguments) {
    const ValueRef given = listed ? argument_or_keyword(call, position, name) : keyword(call, name);
    if (given == nullptr) {
      continue;
    }
    const Value& value = settled(*resolve(given));
    if (value.kind == ValueKind::none || (value.kind == ValueKind::boolean && !value.truth)) {
      continue;
    }
    Value link = call;
    link.keywords.clear();
    link.items = value.kind == ValueKind::list ? value.items : std::vector<ValueRef>{given};
    apply(link, method, draft);
  }
}

void Reader::select_item(ValueRef item, Draft& draft)
{
  if (const std::string owner = entity_of(item); !owner.empty()) {
    Holding one;
    const bool mapped = schema_.mapped(owner) != nullptr;
    const bool as_table = settled(*resolve(item)).kind == ValueKind::attribute || !mapped;
    one.shape = as_table ? Shape::row : Shape::entity;
    one.class_name = owner;
    draft.statement.roots.push_back(owner);
    if (as_table && draft.statement.style == StatementStyle::select) {
      draft.statement.style = StatementStyle::core;
    }
    draft.yields.push_back(std::move(one));
    push_unique(draft.from, owner);
    draft.last_joined = owner;
    return;
  }
  Holding scalar;
  scalar.shape = Shape::scalar;
  if (const auto column = column_name(item)) {
    draft.statement.columns.push_back(column->owner + "." + column->attribute);
    scalar.names.push_back(column->attribute);
    draft.yields.push_back(std::move(scalar));
    push_unique(draft.from, column->owner);
    return;
  }
  const Value& value = settled(*resolve(item));
  if (value.kind == ValueKind::call) {
    const Value& callee = settled(*value.base);
    const std::string dotted = dotted_name(callee);
    if (callee.text != "label") {
      if (const auto gathered = gathered_column(item, false, 0)) {
        draft.statement.columns.push_back(gathered->owner + "." + gathered->attribute);
      }
    }
    if (callee.kind == ValueKind::attribute
        && (callee.text == "label" || callee.text == "filter" || callee.text == "over")) {
      select_item(callee.base, draft);
      const ValueRef name = argument(value, 0);
      if (callee.text == "label" && name != nullptr && !draft.yields.empty()) {
        draft.yields.back().names = {settled(*name).text};
      }
      return;
    }
    if (dotted.find("func.") != std::string::npos) {
      const auto inner = value.items.empty() ? std::nullopt : column_name(value.items.front());
      const std::string owner =
        value.items.empty() ? std::string() : entity_of(value.items.front());
      const std::string about = inner ? inner->owner + "." + inner->attribute : owner;
      draft.statement.columns.push_back(std::string(short_name(dotted)) + "(" + about + ")");
      if (inner || !owner.empty()) {
        push_unique(draft.from, inner ? inner->owner : owner);
      }
      draft.yields.push_back(std::move(scalar));
      return;
    }
  }
  draft.yields.push_back(std::move(scalar));
  const bool open =
    value.kind == ValueKind::parameter || value.kind == ValueKind::unknown
    || (value.kind == ValueKind::attribute && value.text != "c" && column_name(item) == std::nullopt
        && instance_class(value.base) != nullptr);
  if (open) {
    draft.open_root = true;
    draft.yields.back() = Holding{};
    draft.gaps.push_back("what \"" + source_text(program_, value) + "\" selects from is not known");
  }
}

} // namespace assay::facts::queries
