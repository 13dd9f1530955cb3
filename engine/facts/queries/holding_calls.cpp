// SPDX-License-Identifier: MIT
// What calls hold: executions, methods of results, functions of Python.
#include "engine/base/text.hpp"
#include "engine/facts/queries/holding_shapes.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>

namespace assay::facts::queries {

namespace {

/// Methods of results that keep what is in them.
constexpr std::array<std::string_view, 14> k_keeping = {"all",
                                                        "unique",
                                                        "fetchall",
                                                        "yield_per",
                                                        "partitions",
                                                        "tuples",
                                                        "mappings",
                                                        "fetchmany",
                                                        "freeze",
                                                        "copy",
                                                        "to_list",
                                                        "columns",
                                                        "execution_options",
                                                        "iterator"};
constexpr std::array<std::string_view, 7> k_picking = {
  "one", "first", "one_or_none", "fetchone", "pop", "first_or_404", "one_or_404"};
constexpr std::array<std::string_view, 3> k_scalar = {"scalar", "scalar_one", "scalar_one_or_none"};
/// Functions of Python that give back the elements they were given.
constexpr std::array<std::string_view, 8> k_copying = {
  "list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "filter"};

} // namespace

Holding Reader::execution_holding(const Execution& execution)
{
  if (execution.draft == nullptr) {
    return {};
  }
  Holding row = with_shape(Shape::row);
  row.parts = execution.draft->yields;
  for (const Holding& part : row.parts) {
    row.names.emplace_back(part.names.empty() ? std::string(short_name(part.class_name))
                                              : part.names.front());
  }
  Holding first = row.parts.empty() ? Holding{} : row.parts.front();
  Holding result;
  switch (execution.yield) {
  case Yield::rows:
    result = many(row);
    break;
  case Yield::first_column:
  case Yield::page:
    result = many(first);
    break;
  case Yield::query_list:
    result = row.parts.size() == 1 ? many(first) : many(row);
    break;
  case Yield::query_single:
    result = row.parts.size() == 1 ? first : row;
    break;
  case Yield::entity:
    result = first;
    break;
  case Yield::scalar:
    result = first.shape == Shape::entity ? first : with_shape(Shape::scalar);
    break;
  }
  result.from = execution.from;
  for (Holding& part : result.parts) {
    part.from = execution.from;
  }
  return result;
}

Holding Reader::method_holding(const Value& call, std::string_view method, const Holding& receiver)
{
  const bool plural = receiver.shape == Shape::collection || receiver.shape == Shape::rows
                      || receiver.shape == Shape::records;
  if (receiver.shape == Shape::mapping) {
    const Holding part = receiver.parts.empty() ? Holding{} : receiver.parts.front();
    if (method == "items") {
      Holding row = with_shape(Shape::row);
      row.parts = {Holding{}, part};
      return many(row);
    }
    return method == "values" ? many(part) : method == "get" || method == "pop" ? part : Holding{};
  }
  if (!plural) {
    return {};
  }
  if (among(method, k_keeping)) {
    return receiver;
  }
  if (among(method, k_picking)) {
    return element_of(receiver, 0);
  }
  if (method == "scalars" || among(method, k_scalar)) {
    const ValueRef at = argument_or_keyword(call, 0, "index");
    const bool known = at != nullptr && settled(*at).kind == ValueKind::integer;
    const auto index = static_cast<std::size_t>(known ? std::max(0LL, settled(*at).number) : 0);
    const Holding column = receiver.shape == Shape::collection ? element_of(receiver, 0)
                           : index < receiver.parts.size()     ? receiver.parts[index]
                                                               : Holding{};
    const bool plain =
      column.shape == Shape::unknown && receiver.parts.empty() && method != "scalars";
    return plain ? with_shape(Shape::scalar) : method == "scalars" ? many(column) : column;
  }
  return {};
}

Holding Reader::holding_of_call(const Value& call)
{
  if (const auto sent = execution(call)) {
    return execution_holding(*sent);
  }
  const Value& callee = settled(*call.base);
  if (callee.kind == ValueKind::class_ref) {
    Holding made;
    if (schema_.mapped(callee.class_info->qualified) != nullptr) {
      made = entity(callee.class_info->qualified);
      made.fresh = true;
    }
    return made;
  }
  const ValueRef first = argument(call, 0);
  if (callee.kind == ValueKind::symbol && first != nullptr) {
    const std::string_view name = callee.text;
    if (name == "enumerate") {
      Holding row = with_shape(Shape::row);
      row.parts = {with_shape(Shape::scalar), element_of(holding(first), 0)};
      return many(row);
    }
    if (name == "zip") {
      Holding row = with_shape(Shape::row);
      for (const ValueRef item : call.items) {
        row.parts.push_back(element_of(holding(item), 0));
      }
      return many(row);
    }
    if (name == "next" || name == "min" || name == "max") {
      return element_of(holding(first), 0);
    }
    if (among(name, k_copying)) {
      return holding(name == "filter" && call.items.size() > 1 ? call.items[1] : first);
    }
    if (name == "len" || name == "str" || name == "int" || name == "sum" || name == "any"
        || name == "all") {
      return with_shape(Shape::scalar);
    }
    if (name == "dict" || name.ends_with("asdict")) {
      return with_shape(Shape::record);
    }
    if (name.ends_with("chain.from_iterable") || name.ends_with("itertools.chain")) {
      return holding(first);
    }
  }
  if (callee.kind == ValueKind::attribute) {
    if ((callee.text == "merge" || callee.text == "cast") && first != nullptr
        && holding(first).shape == Shape::entity) {
      return holding(first);
    }
    return method_holding(call, callee.text, holding(callee.base));
  }
  return {};
}

} // namespace assay::facts::queries
