// SPDX-License-Identifier: MIT
// Names and attributes.
#include "engine/base/text.hpp"
#include "engine/facts/walk.hpp"

#include <algorithm>

namespace assay::facts {

using syntax::Expr;
using syntax::ExprKind;

ValueRef Walk::name(const Expr& expression, Frame& frame)
{
  const std::string_view text = expression.text;
  if (const auto local = frame.locals.find(text); local != frame.locals.end()) {
    return local->second;
  }
  if (frame.closure != nullptr) {
    if (const auto outer = frame.closure->find(text); outer != frame.closure->end()) {
      return outer->second;
    }
  }
  if (frame.class_scope != nullptr) {
    for (const ClassAttribute& attribute : frame.class_scope->attributes) {
      if (attribute.name == text && attribute.value != nullptr
          && attribute.value->span.end <= expression.span.begin) {
        return program_.evaluate(*attribute.value, *frame.module, frame.class_scope);
      }
    }
    for (const FunctionInfo* method : frame.class_scope->methods) {
      if (method->syntax->name == text && method->statement->span.end <= expression.span.begin) {
        Value value;
        value.kind = ValueKind::function_ref;
        value.function = method;
        value.module = frame.module;
        return state_.store(std::move(value));
      }
    }
  }
  if (const ValueRef value = program_.lookup(*frame.module, text)) {
    return value;
  }
  if (is_builtin(text)) {
    return make(ValueKind::symbol, expression, frame, std::string(text));
  }
  observer_.on_undefined(expression, frame.flow);
  if (std::string meant = forgotten_import(text); !meant.empty()) {
    return make(ValueKind::symbol, expression, frame, std::move(meant));
  }
  return unknown(expression, frame, std::string(text));
}

ValueRef Walk::attribute(const Expr& expression, Frame& frame)
{
  if (expression.value == nullptr) {
    return unknown(expression, frame);
  }
  const bool awaited = frame.flow.awaited;
  frame.flow.awaited = false;
  const ValueRef base = evaluate(*expression.value, frame);
  frame.flow.awaited = awaited;
  return attribute_of(base, expression, frame);
}

ValueRef Walk::attribute_of(ValueRef base, const Expr& expression, Frame& frame)
{
  const Value& value = settled(*base);
  const std::string text(expression.text);
  switch (value.kind) {
  case ValueKind::symbol:
    return make(ValueKind::symbol, expression, frame, value.text + "." + text);
  case ValueKind::module_ref:
    if (const ValueRef found = program_.lookup(*value.module, text)) {
      return found;
    }
    if (const ModuleInfo* submodule = program_.module(value.module->name + "." + text)) {
      Value reference;
      reference.kind = ValueKind::module_ref;
      reference.module = submodule;
      return state_.store(std::move(reference));
    }
    return unknown(expression, frame, text);
  case ValueKind::class_ref:
    if (text == "__name__") {
      return make(
        ValueKind::string, expression, frame, std::string(value.class_info->syntax->name));
    }
    return class_attribute(*value.class_info, base, expression, frame);
  case ValueKind::parameter:
    if (value.class_info != nullptr) {
      return class_attribute(*value.class_info, base, expression, frame);
    }
    break;
  case ValueKind::call:
    if (const Value& callee = settled(*value.base); callee.kind == ValueKind::class_ref) {
      return class_attribute(*callee.class_info, base, expression, frame);
    }
    break;
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
  case ValueKind::function_ref:
  case ValueKind::attribute:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::element:
  case ValueKind::either:
  case ValueKind::comprehension:
    break;
  }
  Value result;
  result.kind = ValueKind::attribute;
  result.text = text;
  result.base = base;
  result.module = frame.module;
  result.origin = &expression;
  return state_.store(std::move(result));
}

namespace {

bool is_literal(const Value& value)
{
  switch (value.kind) {
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::class_ref:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
    return true;
  case ValueKind::none:
  case ValueKind::unknown:
  case ValueKind::format_string:
  case ValueKind::dict:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::function_ref:
  case ValueKind::call:
  case ValueKind::attribute:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::parameter:
  case ValueKind::element:
  case ValueKind::either:
  case ValueKind::comprehension:
    return false;
  }
  return false;
}

/// `is_draft: bool = False` of a SQLModel class is a column, not the constant False.
bool is_sqlmodel(Program& program, const ClassInfo& info)
{
  return std::ranges::any_of(program.library_bases(info), [](ValueRef base) {
    return dotted_name(*base).starts_with("sqlmodel.");
  });
}

bool is_property(const FunctionInfo& method)
{
  return std::ranges::any_of(method.syntax->decorators, [](const Expr* decorator) {
    return decorator->text == "property" || decorator->text == "cached_property";
  });
}

} // namespace

/// `User.email` stays an attribute of the class, a constant becomes its value, a method a bound
/// function.
ValueRef
Walk::class_attribute(const ClassInfo& info, ValueRef base, const Expr& expression, Frame& frame)
{
  const auto found = program_.attribute(info, expression.text);
  const bool on_instance = settled(*base).kind != ValueKind::class_ref;
  if (found && found->method != nullptr && !(is_property(*found->method) && !on_instance)) {
    Value value;
    value.kind = ValueKind::function_ref;
    value.function = found->method;
    value.base = base;
    value.module = frame.module;
    value.origin = &expression;
    if (is_property(*found->method)) {
      Value call;
      call.kind = ValueKind::call;
      call.base = state_.store(std::move(value));
      call.module = frame.module;
      call.origin = &expression;
      const ValueRef result = inlined(call, frame);
      return result != nullptr ? result : state_.store(std::move(call));
    }
    return state_.store(std::move(value));
  }
  const bool field = found && found->attribute != nullptr && found->attribute->annotation != nullptr
                     && is_sqlmodel(program_, info);
  if (found && found->attribute != nullptr && found->attribute->value != nullptr && !field) {
    const ValueRef value =
      program_.evaluate(*found->attribute->value, *found->owner->module, found->owner);
    if (is_literal(settled(*value))) {
      return value;
    }
  }
  for (const ClassInfo* owner : program_.ancestry(info)) {
    const auto nested =
      std::ranges::find_if(owner->module->classes, [&](const ClassInfo* candidate) {
        return candidate->outer == owner && candidate->syntax->name == expression.text;
      });
    if (nested != owner->module->classes.end()) {
      Value value;
      value.kind = ValueKind::class_ref;
      value.class_info = *nested;
      value.module = owner->module;
      return state_.store(std::move(value));
    }
  }
  Value result;
  result.kind = ValueKind::attribute;
  result.text = std::string(expression.text);
  result.base = base;
  result.module = frame.module;
  result.origin = &expression;
  return state_.store(std::move(result));
}

} // namespace assay::facts
