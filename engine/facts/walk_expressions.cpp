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

/// What unpacking `whole` puts at `position`.
ValueRef Walk::part_of(ValueRef whole, std::size_t position, const Expr& at, const Frame& frame)
{
  Value part;
  part.kind = ValueKind::element;
  part.base = whole;
  part.number = static_cast<long long>(position) + 1;
  part.module = frame.module;
  part.origin = position < at.items.size() ? at.items[position] : &at;
  return state_.store(std::move(part));
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
    value.kind = expression.text == "None"                                 ? ValueKind::none
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
    const ValueRef value =
      expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
    frame.flow.awaited = outer;
    return value;
  }
  case ExprKind::yield_: {
    const ValueRef value =
      expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
    observer_.on_yield(value, frame.flow);
    frame.yielded.push_back(value);
    if (frame.flow.iterables.size() > frame.loops_on_entry) {
      frame.yielded_over = frame.flow.iterables.back();
    }
    return unknown(expression, frame);
  }
  case ExprKind::starred:
    if (expression.value != nullptr) {
      evaluate(*expression.value, frame);
    }
    return unknown(expression, frame, "*");
  case ExprKind::named: {
    const ValueRef value =
      expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
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

ValueRef Walk::subscript(const Expr& expression, Frame& frame)
{
  Value result;
  result.kind = ValueKind::subscript;
  result.module = frame.module;
  result.origin = &expression;
  result.base =
    expression.value != nullptr ? evaluate(*expression.value, frame) : unknown(expression, frame);
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
        if (base.keys[i] != nullptr && base.keys[i]->kind == ValueKind::string
            && base.keys[i]->text == index.text) {
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
    result.items.push_back(expression.value != nullptr ? evaluate(*expression.value, frame)
                                                       : unknown(expression, frame));
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
  const bool sequences =
    (left.kind == ValueKind::list || left.kind == ValueKind::tuple) && left.kind == right.kind;
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
    frame.locals[std::string(parameter.name)] =
      element != nullptr ? element : state_.store(std::move(value));
  }
  evaluate(*expression.value, frame);
  frame.locals = before;
}

} // namespace assay::facts
