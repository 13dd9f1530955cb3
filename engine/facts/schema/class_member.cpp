// SPDX-License-Identifier: MIT
#include "engine/facts/schema/class_member.hpp"

#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

/// `field(metadata={"sa": Column(...)})`. Source: SQLAlchemy "Mapping dataclasses using
/// Declarative-style fields".
ValueRef dataclass_field(Program& program, const Value& value)
{
  const Value& plain = settled(value);
  const ValueRef metadata =
    plain.kind == ValueKind::call && dotted_name(*plain.base) == "dataclasses.field"
      ? keyword(plain, "metadata")
      : nullptr;
  if (metadata == nullptr || settled(*metadata).kind != ValueKind::dict
      || settled(*metadata).items.size() != 1) {
    return &plain;
  }
  const Value& inner = settled(*settled(*metadata).items.front());
  return inner.kind == ValueKind::lambda && inner.origin->value != nullptr
           ? &settled(*program.evaluate(*inner.origin->value, *inner.module))
           : &inner;
}

} // namespace

Member read_member(Program& program, const ClassInfo& owner, const ClassAttribute& attribute)
{
  Member member;
  member.name = attribute.name;
  member.owner = &owner;
  member.where = program.locate(*owner.module, attribute.statement->span);
  if (attribute.annotation != nullptr) {
    member.hint = read_hint(*program.annotation(*attribute.annotation, *owner.module));
    if (member.hint.type != nullptr && member.hint.type->kind == ValueKind::unknown) {
      member.hint = read_hint(*program.annotation(*attribute.annotation, *owner.module, &owner));
    }
  }
  if (attribute.value != nullptr) {
    member.value =
      dataclass_field(program, *program.evaluate(*attribute.value, *owner.module, &owner));
  }
  return member;
}

Member read_member(Program& program,
                   const ClassInfo& owner,
                   const FunctionInfo& method,
                   const ClassInfo& mapped)
{
  Member member;
  member.name = std::string(method.syntax->name);
  member.owner = &owner;
  member.where = program.locate(*owner.module, method.syntax->name_span);
  member.value = method_value(program, method, mapped);
  if (method.syntax->returns != nullptr) {
    member.hint = read_hint(*program.annotation(*method.syntax->returns, *owner.module));
  }
  return member;
}

bool may_be_column(Program& program, const Value& call)
{
  const Value& callee = settled(*call.base);
  if (const Construct called = construct(program, callee)) {
    return called.by_name && called.name != "hybrid_property";
  }
  if (callee.kind == ValueKind::function_ref) {
    return true;
  }
  const std::string dotted = dotted_name(callee);
  constexpr std::array<std::string_view, 20> k_harmless = {
    "logging",     "property",  "classmethod", "staticmethod", "re",     "datetime",   "dict",
    "list",        "set",       "tuple",       "frozenset",    "str",    "int",        "pydantic",
    "dataclasses", "functools", "collections", "os",           "typing", "marshmallow"};
  const std::string_view top = std::string_view(dotted).substr(0, dotted.find('.'));
  return callee.kind == ValueKind::symbol && std::ranges::find(k_harmless, top) == k_harmless.end()
         && dotted.find("()") == std::string::npos;
}

} // namespace assay::facts
