// SPDX-License-Identifier: MIT
#include "engine/facts/value.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/program.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

ValueRef keyword(const Value& call, std::string_view name)
{
  const auto found =
    std::ranges::find_if(call.keywords, [name](const auto& entry) { return entry.first == name; });
  return found == call.keywords.end() ? nullptr : found->second;
}

ValueRef argument(const Value& call, std::size_t index)
{
  return index < call.items.size() ? call.items[index] : nullptr;
}

ValueRef argument_or_keyword(const Value& call, std::size_t index, std::string_view name)
{
  const ValueRef positional = argument(call, index);
  return positional != nullptr ? positional : keyword(call, name);
}

bool has_unknown_arguments(const Value& call)
{
  const auto spread = [](ValueRef item) {
    return item->kind == ValueKind::unknown && item->text == "*";
  };
  return std::ranges::any_of(call.items, spread)
         || std::ranges::any_of(call.keywords,
                                [](const auto& entry) { return entry.first.empty(); });
}

std::string dotted_name(const Value& value)
{
  switch (value.kind) {
  case ValueKind::symbol:
    return value.text;
  case ValueKind::class_ref:
    return value.class_info->qualified;
  case ValueKind::function_ref:
    return value.function->qualified;
  case ValueKind::module_ref:
    return value.module->name;
  case ValueKind::attribute: {
    const std::string base = dotted_name(*value.base);
    return base.empty() ? std::string() : base + "." + value.text;
  }
  case ValueKind::call: {
    const std::string base = dotted_name(*value.base);
    return base.empty() ? std::string() : base + "()";
  }
  case ValueKind::either:
    return dotted_name(settled(value));
  case ValueKind::unknown:
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::parameter:
  case ValueKind::element:
  case ValueKind::comprehension:
    return {};
  }
  return {};
}

namespace {

/// Prefixes behind which SQLAlchemy's names are found, longest first. What follows the prefix is
/// the name.
constexpr std::array<std::string_view, 24> k_prefixes = {
  "sqlalchemy.ext.declarative.api.",
  "sqlalchemy.ext.declarative.",
  "sqlalchemy.ext.associationproxy.",
  "sqlalchemy.ext.automap.",
  "sqlalchemy.ext.hybrid.",
  "sqlalchemy.ext.mutable.",
  "sqlalchemy.ext.asyncio.",
  "sqlalchemy.orm.decl_api.",
  "sqlalchemy.orm.session.",
  "sqlalchemy.orm.query.",
  "sqlalchemy.orm.mapper.",
  "sqlalchemy.orm.relationships.",
  "sqlalchemy.orm.",
  "sqlalchemy.sql.expression.",
  "sqlalchemy.sql.schema.",
  "sqlalchemy.sql.sqltypes.",
  "sqlalchemy.sql.functions.",
  "sqlalchemy.sql.",
  "sqlalchemy.schema.",
  "sqlalchemy.types.",
  "sqlalchemy.engine.",
  "sqlalchemy.dialects.",
  "flask_sqlalchemy.SQLAlchemy().",
  "flask_sqlalchemy.",
};

std::string short_name(std::string_view dotted)
{
  for (const std::string_view prefix : k_prefixes) {
    if (dotted.starts_with(prefix)) {
      return std::string(dotted.substr(prefix.size()));
    }
  }
  constexpr std::array<std::string_view, 4> k_last = {
    "sqlmodel.sql.sqltypes.", "sqlmodel.sql.expression.", "sqlmodel.", "sqlalchemy."};
  for (const std::string_view prefix : k_last) {
    if (dotted.starts_with(prefix)) {
      return std::string(dotted.substr(prefix.size()));
    }
  }
  return {};
}

} // namespace

std::string sqlalchemy_name(const Value& value)
{
  return short_name(dotted_name(value));
}

std::string sqlalchemy_call(const Value& value)
{
  const Value& call = settled(value);
  return call.kind == ValueKind::call ? sqlalchemy_name(*call.base) : std::string();
}

const Value& settled(const Value& value)
{
  const Value* current = &value;
  while (current->kind == ValueKind::either && !current->items.empty()) {
    current = current->items.back();
  }
  return *current;
}

} // namespace assay::facts
