// SPDX-License-Identifier: MIT
// Expressions other than calls.
#include "engine/base/text.hpp"
#include "engine/facts/walk.hpp"

#include <algorithm>
#include <charconv>

namespace assay::facts {

using syntax::Expr;
using syntax::ExprKind;

ValueRef Walk::make(ValueKind kind, const Expr& at, const Frame& frame, std::string text)
{
  Value value;
  value.kind = kind;
  value.text = std::move(text);
  value.module = frame.module;
  value.origin = &at;
  return state_.store(std::move(value));
}

ValueRef Walk::unknown(const Expr& at, const Frame& frame, std::string text)
{
  return make(ValueKind::unknown, at, frame, std::move(text));
}

ValueRef Walk::element_of(ValueRef iterable, const Expr& at, const Frame& frame)
{
  const Value& whole = settled(*iterable);
  if (whole.kind == ValueKind::comprehension && whole.text != "dict") {
    return whole.items.front();
  }
  Value element;
  element.kind = ValueKind::element;
  element.base = iterable;
  element.module = frame.module;
  element.origin = &at;
  return state_.store(std::move(element));
}

ValueRef Walk::evaluate(const Expr& expression, Frame& frame)
{
  // 400: twice the parser's own nesting limit; inlined helpers nest on top of their callers.
  constexpr int k_max_depth = 400;
  if (!step() || depth_ > k_max_depth) {
    exhausted_ = true;
    return unknown(expression, frame);
  }
  ++depth_;
  const ValueRef value = dispatch(expression, frame);
  --depth_;
  return value;
}

ValueRef Walk::dispatch(const Expr& expression, Frame& frame)
{
  switch (expression.kind) {
  case ExprKind::name:
    return name(expression, frame);
  case ExprKind::attribute: {
    const ValueRef value = attribute(expression, frame);
    if (value->kind == ValueKind::attribute) {
      observer_.on_attribute(*value, frame.flow);
    }
    return value;
  }
  case ExprKind::call:
    return call(expression, frame);
  case ExprKind::string:
    return make(ValueKind::string, expression, frame, std::string(expression.text));
  case ExprKind::format_string:
    return format_string(expression, frame);
  case ExprKind::number: {
    Value value;
    value.module = frame.module;
    value.origin = &expression;
    value.text = std::string(expression.text);
    std::erase(value.text, '_');
    const char* end = value.text.data() + value.text.size();
    const auto [stop, code] = std::from_chars(value.text.data(), end, value.number);
    value.kind = code == std::errc{} && stop == end ? ValueKind::integer : ValueKind::real;
    return state_.store(std::move(value));
  }
  case ExprKind::constant: {
    Value value;
    value.module = frame.module;
    value.origin = &expression;
    value.truth = expression.text == "True";
    value.kind = expression.text == "None"                                  ? ValueKind::none
                 : expression.text == "True" || expression.text == "False" ? ValueKind::boolean
                                                                            : ValueKind::unknown;
    return state_.store(std::move(value));
  }
  case ExprKind::list:
    return collection(expression, ValueKind::list, frame);
  case ExprKind::tuple:
    return collection(expression, ValueKind::tuple, frame);
  case ExprKind::set:
    return collection(expression, ValueKind::set, frame);
  case ExprKind::dict:
    return dictionary(expression, frame);
  case ExprKind::subscript:
    return subscript(expression, frame);
  case ExprKind::binary:
  case ExprKind::unary:
  case ExprKind::boolean:
  case ExprKind::compare:
    return operation(expression, frame);
  case ExprKind::conditional:
    return conditional(expression, frame);
  case ExprKind::lambda:
    return lambda(expression, frame);
  case ExprKind::comprehension:
    return comprehension(expression, frame);
  case ExprKind::await_: {
    const bool outer = frame.flow.awaited;
    frame.flow.awaited = true;
    const ValueRef value = expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
    frame.flow.awaited = outer;
    return value;
  }
  case ExprKind::yield_: {
    const ValueRef value = expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
    observer_.on_yield(value, frame.flow);
    frame.yielded.push_back(value);
    return unknown(expression, frame);
  }
  case ExprKind::starred:
    if (expression.value != nullptr) {
      evaluate(*expression.value, frame);
    }
    return unknown(expression, frame, "*");
  case ExprKind::named: {
    const ValueRef value = expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
    if (!expression.items.empty()) {
      assign(*expression.items.front(), value, frame);
    }
    return value;
  }
  case ExprKind::slice:
  case ExprKind::unknown:
    return unknown(expression, frame);
  }
  return unknown(expression, frame);
}

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
          && attribute.value->span.begin < expression.span.begin) {
        return program_.evaluate(*attribute.value, *frame.module, frame.class_scope);
      }
    }
    for (const FunctionInfo* method : frame.class_scope->methods) {
      if (method->syntax->name == text) {
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
      return make(ValueKind::string, expression, frame, std::string(value.class_info->syntax->name));
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
    return true;
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
    return std::ranges::all_of(value.items, [](ValueRef item) { return is_literal(*item); });
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

bool is_property(const FunctionInfo& method)
{
  return std::ranges::any_of(method.syntax->decorators, [](const Expr* decorator) {
    return decorator->text == "property" || decorator->text == "cached_property";
  });
}

} // namespace

/// `User.email` stays an attribute of the class, a constant becomes its value, a method a bound function.
ValueRef Walk::class_attribute(const ClassInfo& info, ValueRef base, const Expr& expression, Frame& frame)
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
  if (found && found->attribute != nullptr && found->attribute->value != nullptr) {
    const ValueRef value = program_.evaluate(*found->attribute->value, *found->owner->module, found->owner);
    if (is_literal(settled(*value))) {
      return value;
    }
  }
  for (const ClassInfo* owner : program_.ancestry(info)) {
    const auto nested = std::ranges::find_if(owner->module->classes, [&](const ClassInfo* candidate) {
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

ValueRef Walk::subscript(const Expr& expression, Frame& frame)
{
  Value result;
  result.kind = ValueKind::subscript;
  result.module = frame.module;
  result.origin = &expression;
  result.base = expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
  for (const Expr* index : expression.items) {
    result.items.push_back(index != nullptr ? evaluate(*index, frame) : unknown(expression, frame));
  }
  const Value& base = settled(*result.base);
  if (result.items.size() == 1) {
    const Value& index = settled(*result.items.front());
    const bool sequence = base.kind == ValueKind::list || base.kind == ValueKind::tuple;
    if (sequence && index.kind == ValueKind::integer && known_items(base) != nullptr) {
      const auto size = static_cast<long long>(base.items.size());
      const long long at = index.number < 0 ? size + index.number : index.number;
      if (at >= 0 && at < size) {
        return base.items[static_cast<std::size_t>(at)];
      }
    }
    if (base.kind == ValueKind::dict && index.kind == ValueKind::string) {
      for (std::size_t i = 0; i < base.keys.size(); ++i) {
        if (base.keys[i] != nullptr && base.keys[i]->kind == ValueKind::string && base.keys[i]->text == index.text) {
          return base.items[i];
        }
      }
    }
  }
  return state_.store(std::move(result));
}

ValueRef Walk::operation(const Expr& expression, Frame& frame)
{
  Value result;
  result.kind = ValueKind::operation;
  result.text = std::string(expression.text);
  result.module = frame.module;
  result.origin = &expression;
  if (expression.kind == ExprKind::unary) {
    result.items.push_back(expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame));
    const Value& only = settled(*result.items.front());
    if (result.text == "-" && only.kind == ValueKind::integer) {
      Value negative = only;
      negative.number = -only.number;
      negative.text = "-" + only.text;
      return state_.store(std::move(negative));
    }
    return state_.store(std::move(result));
  }
  for (const Expr* item : expression.items) {
    result.items.push_back(item != nullptr ? evaluate(*item, frame) : unknown(expression, frame));
  }
  if (result.items.size() != 2 || expression.kind != ExprKind::binary) {
    return state_.store(std::move(result));
  }
  const Value& left = settled(*result.items[0]);
  const Value& right = settled(*result.items[1]);
  if (result.text == "+" && left.kind == ValueKind::string && right.kind == ValueKind::string) {
    return make(ValueKind::string, expression, frame, left.text + right.text);
  }
  const bool sequences = (left.kind == ValueKind::list || left.kind == ValueKind::tuple) && left.kind == right.kind;
  if (result.text == "+" && sequences) {
    Value joined = left;
    joined.items.insert(joined.items.end(), right.items.begin(), right.items.end());
    return state_.store(std::move(joined));
  }
  if (left.kind == ValueKind::integer && right.kind == ValueKind::integer
      && (result.text == "*" || result.text == "+" || result.text == "-")) {
    // Lengths and limits such as 16 * 1024; larger numbers mean nothing here and could overflow.
    constexpr long long k_largest = 1LL << 30;
    if (std::max({left.number, -left.number, right.number, -right.number}) < k_largest) {
      Value number = left;
      number.number = result.text == "*"   ? left.number * right.number
                      : result.text == "+" ? left.number + right.number
                                           : left.number - right.number;
      number.text = std::to_string(number.number);
      return state_.store(std::move(number));
    }
  }
  return state_.store(std::move(result));
}

ValueRef Walk::collection(const Expr& expression, ValueKind kind, Frame& frame)
{
  Value result;
  result.kind = kind;
  result.module = frame.module;
  result.origin = &expression;
  for (const Expr* item : expression.items) {
    if (item->kind == ExprKind::starred && item->value != nullptr) {
      const ValueRef spread = evaluate(*item->value, frame);
      if (const auto* items = known_items(settled(*spread))) {
        result.items.insert(result.items.end(), items->begin(), items->end());
        continue;
      }
      result.items.push_back(unknown(*item, frame, "*"));
      continue;
    }
    result.items.push_back(evaluate(*item, frame));
  }
  return state_.store(std::move(result));
}

ValueRef Walk::dictionary(const Expr& expression, Frame& frame)
{
  Value result;
  result.kind = ValueKind::dict;
  result.module = frame.module;
  result.origin = &expression;
  for (std::size_t i = 0; i < expression.items.size(); ++i) {
    const Expr* key = i < expression.keys.size() ? expression.keys[i] : nullptr;
    const ValueRef value = evaluate(*expression.items[i], frame);
    const Value& whole = settled(*value);
    if (key == nullptr && whole.kind == ValueKind::dict) {
      result.keys.insert(result.keys.end(), whole.keys.begin(), whole.keys.end());
      result.items.insert(result.items.end(), whole.items.begin(), whole.items.end());
      continue;
    }
    result.keys.push_back(key == nullptr ? nullptr : evaluate(*key, frame));
    result.items.push_back(value);
  }
  return state_.store(std::move(result));
}

ValueRef Walk::comprehension(const Expr& expression, Frame& frame)
{
  const Locals before = frame.locals;
  const FlowContext flow = frame.flow;
  frame.flow.awaited = false;
  Value result;
  result.module = frame.module;
  result.origin = &expression;
  result.text = std::string(expression.text);
  result.kind = expression.text == "dict" ? ValueKind::dict : expression.text == "set" ? ValueKind::set : ValueKind::list;
  comprehension_clauses(expression, 0, frame, result);
  frame.locals = before;
  frame.flow = flow;
  return state_.store(std::move(result));
}

/// Clause by clause; a clause over something not known turns the result into a `comprehension`.
void Walk::comprehension_clauses(const Expr& expression, std::size_t clause, Frame& frame, Value& result)
{
  if (clause == expression.clauses.size()) {
    std::vector<ValueRef> made;
    for (const Expr* item : expression.items) {
      made.push_back(evaluate(*item, frame));
    }
    if (result.kind == ValueKind::dict && made.size() == 2) {
      result.keys.push_back(made[0]);
      result.items.push_back(made[1]);
    } else if (result.kind == ValueKind::comprehension) {
      result.items = made;
    } else {
      result.items.insert(result.items.end(), made.begin(), made.end());
    }
    return;
  }
  const syntax::Clause& current = expression.clauses[clause];
  if (current.iterable == nullptr || current.target == nullptr) {
    return;
  }
  const ValueRef iterable = evaluate(*current.iterable, frame);
  const auto* items = known_items(settled(*iterable));
  const bool conditional = !current.conditions.empty();
  if (items != nullptr && !conditional && items->size() <= static_cast<std::size_t>(limits_.max_unrolled)) {
    const std::vector<ValueRef> copy = *items;
    for (const ValueRef item : copy) {
      assign(*current.target, item, frame);
      comprehension_clauses(expression, clause + 1, frame, result);
    }
    return;
  }
  if (result.kind != ValueKind::comprehension) {
    result.kind = ValueKind::comprehension;
    result.base = iterable;
    result.keys.clear();
    result.items = {unknown(expression, frame)};
  }
  ++frame.flow.loop_depth;
  frame.flow.iterables.push_back(iterable);
  assign(*current.target, element_of(iterable, *current.iterable, frame), frame);
  for (const Expr* condition : current.conditions) {
    evaluate(*condition, frame);
  }
  comprehension_clauses(expression, clause + 1, frame, result);
}

ValueRef Walk::format_string(const Expr& expression, Frame& frame)
{
  Value result;
  result.kind = ValueKind::format_string;
  result.text = std::string(expression.text);
  result.module = frame.module;
  result.origin = &expression;
  bool known = true;
  for (const Expr* item : expression.items) {
    result.items.push_back(evaluate(*item, frame));
    const ValueKind kind = settled(*result.items.back()).kind;
    known = known && (kind == ValueKind::string || kind == ValueKind::integer);
  }
  if (!known) {
    return state_.store(std::move(result));
  }
  std::string text;
  std::size_t at = 0;
  for (const ValueRef item : result.items) {
    const auto hole = expression.text.find("{}", at);
    if (hole == std::string_view::npos) {
      return state_.store(std::move(result));
    }
    text += std::string(expression.text.substr(at, hole - at)) + settled(*item).text;
    at = hole + 2;
  }
  text += std::string(expression.text.substr(at));
  return make(ValueKind::string, expression, frame, std::move(text));
}

ValueRef Walk::conditional(const Expr& expression, Frame& frame)
{
  if (expression.items.size() != 3) {
    return unknown(expression, frame);
  }
  evaluate(*expression.items[1], frame);
  const bool outer = frame.flow.conditional;
  frame.flow.conditional = true;
  const ValueRef otherwise = evaluate(*expression.items[2], frame);
  const ValueRef body = evaluate(*expression.items[0], frame);
  frame.flow.conditional = outer;
  Value either;
  either.kind = ValueKind::either;
  either.items = {otherwise, body};
  either.module = frame.module;
  either.origin = &expression;
  return state_.store(std::move(either));
}

ValueRef Walk::lambda(const Expr& expression, Frame& frame)
{
  return make(ValueKind::lambda, expression, frame);
}

void Walk::lambda_body(const Expr& expression, ValueRef element, Frame& frame)
{
  if (expression.value == nullptr) {
    return;
  }
  const Locals before = frame.locals;
  for (const syntax::Parameter& parameter : expression.parameters) {
    Value value;
    value.kind = ValueKind::parameter;
    value.text = std::string(parameter.name);
    value.module = frame.module;
    frame.locals[std::string(parameter.name)] = element != nullptr ? element : state_.store(std::move(value));
  }
  evaluate(*expression.value, frame);
  frame.locals = before;
}

} // namespace assay::facts
