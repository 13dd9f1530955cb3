// SPDX-License-Identifier: MIT
// Displays and comprehensions.
#include "engine/facts/walk.hpp"

namespace assay::facts {

using syntax::Expr;
using syntax::ExprKind;

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
  result.kind = expression.text == "dict"  ? ValueKind::dict
                : expression.text == "set" ? ValueKind::set
                                           : ValueKind::list;
  comprehension_clauses(expression, 0, frame, result);
  frame.locals = before;
  frame.flow = flow;
  return state_.store(std::move(result));
}

/// Clause by clause; a clause over something not known turns the result into a `comprehension`.
void Walk::comprehension_clauses(const Expr& expression,
                                 std::size_t clause,
                                 Frame& frame,
                                 Value& result)
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
  if (items != nullptr && !conditional
      && items->size() <= static_cast<std::size_t>(limits_.max_unrolled)) {
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

} // namespace assay::facts
