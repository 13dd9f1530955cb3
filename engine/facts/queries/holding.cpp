// SPDX-License-Identifier: MIT
// What objects a value holds: an entity, a collection of entities, rows.
#include "engine/base/text.hpp"
#include "engine/facts/queries/holding_shapes.hpp"
#include "engine/facts/queries/reader.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts::queries {

namespace {

constexpr int k_max_depth = 120;

constexpr std::array<std::string_view, 22> k_collections = {"list",
                                                            "List",
                                                            "Sequence",
                                                            "Iterable",
                                                            "Iterator",
                                                            "set",
                                                            "Set",
                                                            "tuple",
                                                            "Tuple",
                                                            "Collection",
                                                            "Generator",
                                                            "AsyncIterator",
                                                            "AsyncGenerator",
                                                            "AsyncIterable",
                                                            "ScalarResult",
                                                            "Page",
                                                            "Result",
                                                            "FrozenSet",
                                                            "frozenset",
                                                            "deque",
                                                            "AppenderQuery",
                                                            "InstrumentedList"};

} // namespace

Holding Reader::holding(ValueRef value)
{
  if (const auto known = holdings_.find(value); known != holdings_.end()) {
    return known->second;
  }
  if (depth_ > k_max_depth) {
    return {};
  }
  holdings_[value] = Holding{};
  ++depth_;
  Holding held = compute_holding(value);
  --depth_;
  holdings_[value] = held;
  return held;
}

Holding Reader::compute_holding(ValueRef ref)
{
  const Value& value = *ref;
  switch (value.kind) {
  case ValueKind::none:
    return with_shape(Shape::nothing);
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
    return with_shape(Shape::scalar);
  case ValueKind::list:
  case ValueKind::set: {
    for (const ValueRef item : value.items) {
      if (Holding held = many(holding(item)); tells(held)) {
        return held;
      }
    }
    return {};
  }
  case ValueKind::tuple: {
    Holding row = with_shape(Shape::row);
    for (const ValueRef item : value.items) {
      row.parts.push_back(holding(item));
    }
    return row;
  }
  case ValueKind::dict:
    return with_shape(Shape::record);
  case ValueKind::comprehension: {
    if (value.text == "dict") {
      Holding mapping = with_shape(value.items.size() > 1 ? Shape::mapping : Shape::record);
      if (value.items.size() > 1) {
        mapping.parts.push_back(holding(value.items[1]));
      }
      return mapping;
    }
    return value.items.empty() ? Holding{} : many(holding(value.items.front()));
  }
  case ValueKind::either: {
    for (auto item = value.items.rbegin(); item != value.items.rend(); ++item) {
      if (Holding held = holding(*item); tells(held)) {
        return held;
      }
    }
    return {};
  }
  case ValueKind::operation: {
    if (value.text == "or" || value.text == "and" || value.text == "+" || value.text == "|") {
      for (const ValueRef item : value.items) {
        if (Holding held = holding(item); tells(held) && held.shape != Shape::scalar) {
          return held;
        }
      }
    }
    return with_shape(Shape::scalar);
  }
  case ValueKind::element: {
    if (const auto sent = iteration(value.base)) {
      return element_of(execution_holding(*sent), value.number);
    }
    Holding whole = holding(value.base);
    return element_of(whole, value.number);
  }
  case ValueKind::parameter:
    return holding_of_parameter(value);
  case ValueKind::subscript:
    return holding_of_subscript(value);
  case ValueKind::attribute: {
    const ValueRef resolved = resolve(ref);
    return resolved != ref ? holding(resolved) : holding_of_attribute(value);
  }
  case ValueKind::call: {
    Holding held = holding_of_call(value);
    if (tells(held)) {
      return held;
    }
    const ValueRef resolved = resolve(ref);
    return resolved != ref ? holding(resolved) : held;
  }
  case ValueKind::unknown:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::lambda:
    return {};
  }
  return {};
}

Holding Reader::element_of(const Holding& whole, long long position)
{
  Holding one = whole;
  switch (whole.shape) {
  case Shape::collection:
    one.shape = Shape::entity;
    return one;
  case Shape::records:
    return with_shape(Shape::record);
  case Shape::rows:
    if (whole.parts.size() == 1 && position == 0 && whole.names.empty()) {
      return whole.parts.front();
    }
    one.shape = Shape::row;
    return one;
  case Shape::row: {
    // Position 0 means that the place in the row is not known.
    const auto at = static_cast<std::size_t>(position);
    if (position > 0 && at <= whole.parts.size()) {
      return whole.parts[at - 1];
    }
    return whole.parts.size() == 1 ? whole.parts.front() : Holding{};
  }
  case Shape::unknown:
  case Shape::nothing:
  case Shape::scalar:
  case Shape::entity:
  case Shape::mapping:
  case Shape::record:
    return {};
  }
  return {};
}

Holding Reader::holding_of_annotation(ValueRef annotation)
{
  if (annotation == nullptr) {
    return {};
  }
  const Value& value = settled(*annotation);
  if (value.kind == ValueKind::class_ref) {
    return schema_.mapped(value.class_info->qualified) != nullptr
             ? entity(value.class_info->qualified)
             : Holding{};
  }
  if (value.kind == ValueKind::operation && value.text == "|") {
    for (const ValueRef item : value.items) {
      if (Holding held = holding_of_annotation(item); tells(held)) {
        return held;
      }
    }
    return {};
  }
  if (value.kind != ValueKind::subscript || value.items.empty()) {
    const std::string name = dotted_name(value);
    const bool plain =
      name == "int" || name == "str" || name == "float" || name == "bool" || name == "uuid.UUID";
    return plain ? with_shape(Shape::scalar) : Holding{};
  }
  const std::string base = dotted_name(settled(*value.base));
  if (among(short_name(base), k_collections)) {
    return many(holding_of_annotation(value.items.front()));
  }
  const bool wraps = base.ends_with("Annotated") || base.ends_with("Optional")
                     || base.ends_with("Union") || base.ends_with("Awaitable");
  return wraps ? holding_of_annotation(value.items.front()) : Holding{};
}

Holding Reader::holding_of_parameter(const Value& parameter)
{
  if (parameter.class_info != nullptr) {
    const bool instance =
      parameter.text != "cls" && schema_.mapped(parameter.class_info->qualified) != nullptr;
    Holding held = instance ? entity(parameter.class_info->qualified) : Holding{};
    held.given = true;
    return held;
  }
  Holding held = holding_of_annotation(parameter.base);
  if (!tells(held) && parameter.base == nullptr) {
    const std::string one = to_lower(parameter.text);
    for (const auto& [qualified, info] : class_infos_) {
      if (schema_.mapped(qualified) == nullptr) {
        continue;
      }
      std::string words;
      for (const std::string& word : identifier_words(info->syntax->name)) {
        words += words.empty() ? word : "_" + word;
      }
      const std::string plain = to_lower(info->syntax->name);
      if (one == words || one == plain) {
        held = entity(qualified);
      } else if (singular(one) == words || singular(one) == plain) {
        held = many(entity(qualified));
      }
    }
  }
  held.given = true;
  return held;
}

Holding Reader::holding_of_subscript(const Value& subscript)
{
  const Holding whole = holding(subscript.base);
  const Value* index = subscript.items.empty() ? nullptr : &settled(*subscript.items.front());
  if (whole.shape == Shape::mapping) {
    return whole.parts.empty() ? Holding{} : whole.parts.front();
  }
  if (index == nullptr) {
    return {};
  }
  if (whole.shape == Shape::row && index->kind == ValueKind::integer) {
    return element_of(whole, index->number + 1);
  }
  if (whole.shape == Shape::row && index->kind == ValueKind::string) {
    for (std::size_t i = 0; i < whole.names.size() && i < whole.parts.size(); ++i) {
      if (whole.names[i] == index->text) {
        return whole.parts[i];
      }
    }
    return {};
  }
  const bool slice = index->origin != nullptr && index->origin->kind == syntax::ExprKind::slice;
  if (whole.shape == Shape::collection || whole.shape == Shape::rows
      || whole.shape == Shape::records) {
    return slice ? whole : element_of(whole, 0);
  }
  if (const auto sent = iteration(subscript.base)) {
    const Holding held = execution_holding(*sent);
    return slice ? held : element_of(held, 0);
  }
  return {};
}

std::optional<Reader::RelationRead> Reader::relation_read(const Value& attribute)
{
  if (attribute.kind != ValueKind::attribute) {
    return std::nullopt;
  }
  const Value& base = settled(*attribute.base);
  switch (base.kind) {
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::string:
  case ValueKind::none:
    return std::nullopt;
  case ValueKind::unknown:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::call:
  case ValueKind::attribute:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::parameter:
  case ValueKind::element:
  case ValueKind::either:
  case ValueKind::comprehension:
    break;
  }
  RelationRead read;
  read.owner = holding(attribute.base);
  if (read.owner.shape == Shape::entity) {
    read.relation = schema_.relationship(read.owner.class_name, attribute.text);
    return read.relation == nullptr ? std::nullopt : std::optional(read);
  }
  const bool plausible = read.owner.shape == Shape::unknown
                         && (base.kind == ValueKind::element || base.kind == ValueKind::parameter
                             || base.kind == ValueKind::unknown || base.kind == ValueKind::attribute
                             || base.kind == ValueKind::subscript || base.kind == ValueKind::call);
  const bool own_instance = base.kind == ValueKind::parameter && base.class_info != nullptr;
  if (!plausible || own_instance || !entity_of(attribute.base).empty()) {
    return std::nullopt;
  }
  const auto candidates = schema_.relationships_named(attribute.text);
  if (candidates.size() != 1) {
    return std::nullopt;
  }
  read.relation = candidates.front();
  read.guessed = true;
  return read;
}

Holding Reader::holding_of_attribute(const Value& attribute)
{
  if (const auto read = relation_read(attribute)) {
    Holding held = read->relation->target.empty() ? Holding{} : entity(read->relation->target);
    held.from = read->owner.from;
    held.fresh = read->owner.fresh;
    held.given = read->owner.given;
    if (held.from.execution == nullptr && is_to_many(*read->relation)) {
      held.from = {attribute.origin, attribute.origin};
    }
    return is_to_many(*read->relation) ? many(std::move(held)) : held;
  }
  const Holding owner = holding(attribute.base);
  if (attribute.text == "awaitable_attrs" || attribute.text == "_mapping") {
    return owner;
  }
  if (owner.shape == Shape::entity) {
    if (const FunctionInfo* method = method_of(attribute.base, attribute.text)) {
      const ValueRef value = run(*method, {{"self", attribute.base}});
      return value == nullptr ? Holding{} : holding(value);
    }
    return schema_.column(owner.class_name, attribute.text) != nullptr ? with_shape(Shape::scalar)
                                                                       : Holding{};
  }
  if (owner.shape == Shape::row) {
    for (std::size_t i = 0; i < owner.names.size() && i < owner.parts.size(); ++i) {
      if (owner.names[i] == attribute.text) {
        return owner.parts[i];
      }
    }
    return {};
  }
  const bool page = owner.shape == Shape::collection || owner.shape == Shape::rows;
  return page && attribute.text == "items" ? owner : Holding{};
}

} // namespace assay::facts::queries
