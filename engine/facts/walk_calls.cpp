// SPDX-License-Identifier: MIT
// Calls: arguments, Python's own functions, methods of literals, and inlining of the candidate's
// helpers.
#include "engine/base/text.hpp"
#include "engine/facts/walk.hpp"

#include <algorithm>

namespace assay::facts {

using syntax::Expr;
using syntax::ExprKind;

void Walk::arguments(const Expr& expression, Value& call, Frame& frame)
{
  for (const Expr* item : expression.items) {
    if (item->kind == ExprKind::starred && item->value != nullptr) {
      const ValueRef spread = evaluate(*item->value, frame);
      if (const auto* items = known_items(settled(*spread))) {
        call.items.insert(call.items.end(), items->begin(), items->end());
      } else {
        call.items.push_back(unknown(*item, frame, "*"));
      }
      continue;
    }
    call.items.push_back(evaluate(*item, frame));
  }
  for (const syntax::Keyword& keyword : expression.keywords) {
    const ValueRef value = evaluate(*keyword.value, frame);
    if (!keyword.name.empty()) {
      call.keywords.emplace_back(std::string(keyword.name), value);
      continue;
    }
    const Value& spread = settled(*value);
    const bool known =
      spread.kind == ValueKind::dict && std::ranges::all_of(spread.keys, [](ValueRef key) {
        return key != nullptr && key->kind == ValueKind::string;
      });
    if (!known) {
      call.keywords.emplace_back(std::string(), value);
      continue;
    }
    for (std::size_t i = 0; i < spread.keys.size(); ++i) {
      call.keywords.emplace_back(spread.keys[i]->text, spread.items[i]);
    }
  }
}

ValueRef Walk::call(const Expr& expression, Frame& frame)
{
  if (expression.value == nullptr) {
    return unknown(expression, frame);
  }
  const bool awaited = frame.flow.awaited;
  frame.flow.awaited = false;
  Value call;
  call.kind = ValueKind::call;
  call.module = frame.module;
  call.origin = &expression;
  call.base = expression.value->kind == ExprKind::attribute ? attribute(*expression.value, frame)
                                                            : evaluate(*expression.value, frame);
  arguments(expression, call, frame);
  frame.flow.awaited = awaited;
  const ValueRef stored = state_.store(call);
  observer_.on_call(*stored, frame.flow);
  frame.flow.awaited = false;
  ValueRef result = method_of_literal(*stored, expression, frame);
  if (result == nullptr) {
    result = builtin_call(*stored, expression, frame);
  }
  if (result == nullptr) {
    result = inlined(*stored, frame);
  }
  for (const ValueRef item : stored->items) {
    if (item->kind == ValueKind::lambda && item->origin != nullptr
        && settled(*stored->base).kind != ValueKind::symbol) {
      lambda_body(*item->origin, nullptr, frame);
    }
  }
  frame.flow.awaited = awaited;
  return result != nullptr ? result : stored;
}

/// list(...), dict(...), str(...), enumerate, zip ... of known values; lambdas given to map, filter
/// and sorted.
ValueRef Walk::builtin_call(const Value& call, const Expr& expression, Frame& frame)
{
  const Value& callee = settled(*call.base);
  if (callee.kind != ValueKind::symbol) {
    return nullptr;
  }
  const std::string& name = callee.text;
  const ValueRef first = argument(call, 0);
  if ((name == "map" || name == "filter") && call.items.size() >= 2) {
    const Value& function = settled(*first);
    const ValueRef element = element_of(call.items[1], expression, frame);
    ++frame.flow.loop_depth;
    frame.flow.iterables.push_back(call.items[1]);
    if (function.kind == ValueKind::lambda && function.origin != nullptr) {
      lambda_body(*function.origin, element, frame);
    } else if (function.kind == ValueKind::function_ref) {
      Value each;
      each.kind = ValueKind::call;
      each.base = first;
      each.items = {element};
      each.module = frame.module;
      each.origin = &expression;
      const ValueRef stored = state_.store(std::move(each));
      observer_.on_call(*stored, frame.flow);
      inlined(*stored, frame);
    }
    frame.flow.iterables.pop_back();
    --frame.flow.loop_depth;
    return nullptr;
  }
  if (const ValueRef key = keyword(call, "key");
      key != nullptr && key->kind == ValueKind::lambda && first != nullptr) {
    lambda_body(*key->origin, element_of(first, expression, frame), frame);
    return nullptr;
  }
  const bool copies = name == "list" || name == "tuple" || name == "set" || name == "frozenset"
                      || name == "sorted" || name == "reversed";
  if (copies && first != nullptr) {
    if (const auto* items = known_items(settled(*first))) {
      Value copy;
      copy.kind = name == "tuple"         ? ValueKind::tuple
                  : name.ends_with("set") ? ValueKind::set
                                          : ValueKind::list;
      copy.items = *items;
      if (name == "reversed") {
        std::ranges::reverse(copy.items);
      }
      copy.module = frame.module;
      copy.origin = &expression;
      return state_.store(std::move(copy));
    }
    return nullptr;
  }
  if (name == "dict" && call.items.empty() && !has_unknown_arguments(call)) {
    Value made;
    made.kind = ValueKind::dict;
    made.module = frame.module;
    made.origin = &expression;
    for (const auto& [key, value] : call.keywords) {
      made.keys.push_back(make(ValueKind::string, expression, frame, key));
      made.items.push_back(value);
    }
    return state_.store(std::move(made));
  }
  if (name == "str" && first != nullptr && settled(*first).kind == ValueKind::string) {
    return first;
  }
  return nullptr;
}

namespace {

/// "Blog post".lower() and its like.
std::optional<std::string>
string_method(const Value& base, const std::string& method, const Value& call)
{
  if (method == "lower" || method == "casefold") {
    return to_lower(base.text);
  }
  if (method == "strip") {
    return std::string(trim(base.text));
  }
  if (method == "join" && call.items.size() == 1) {
    const auto* items = known_items(settled(*call.items.front()));
    if (items == nullptr) {
      return std::nullopt;
    }
    std::vector<std::string> parts;
    for (const ValueRef item : *items) {
      if (settled(*item).kind != ValueKind::string) {
        return std::nullopt;
      }
      parts.push_back(settled(*item).text);
    }
    return join(parts, base.text);
  }
  return std::nullopt;
}

} // namespace

/// Methods of known strings, lists and dicts; append and extend change the variable they are called
/// on.
ValueRef Walk::method_of_literal(const Value& call, const Expr& expression, Frame& frame)
{
  if (call.base->kind != ValueKind::attribute) {
    return nullptr;
  }
  const Value& base = settled(*call.base->base);
  const std::string& method = call.base->text;
  if (base.kind == ValueKind::string) {
    const auto made = string_method(base, method, call);
    return made ? make(ValueKind::string, expression, frame, *made) : nullptr;
  }
  if (base.kind == ValueKind::dict && call.items.empty()
      && (method == "items" || method == "values" || method == "keys")
      && known_items(base) != nullptr) {
    Value list;
    list.kind = ValueKind::list;
    list.module = frame.module;
    list.origin = &expression;
    for (std::size_t i = 0; i < base.keys.size(); ++i) {
      Value pair;
      pair.kind = ValueKind::tuple;
      pair.items = {base.keys[i], base.items[i]};
      list.items.push_back(method == "keys"     ? base.keys[i]
                           : method == "values" ? base.items[i]
                                                : state_.store(std::move(pair)));
    }
    return state_.store(std::move(list));
  }
  if (base.kind == ValueKind::list && call.items.size() == 1
      && (method == "append" || method == "extend")) {
    const Expr* receiver = expression.value->value;
    if (receiver != nullptr && receiver->kind == ExprKind::name
        && frame.locals.contains(receiver->text)) {
      Value grown = base;
      const auto* more = method == "extend" ? known_items(settled(*call.items.front())) : nullptr;
      if (method == "append" && frame.flow.iterables.empty()) {
        grown.items.push_back(call.items.front());
      } else if (more != nullptr && frame.flow.iterables.empty()) {
        grown.items.insert(grown.items.end(), more->begin(), more->end());
      } else {
        grown.kind = ValueKind::comprehension;
        grown.text = "list";
        grown.base =
          frame.flow.iterables.empty() ? call.items.front() : frame.flow.iterables.back();
        grown.items = {method == "append" ? call.items.front()
                                          : element_of(call.items.front(), expression, frame)};
      }
      frame.locals.find(receiver->text)->second = state_.store(std::move(grown));
    }
  }
  return nullptr;
}

/// What **kwargs holds: the keywords that no parameter takes.
ValueRef Walk::remaining_keywords(const FunctionInfo& function, const Value& call)
{
  Value rest;
  rest.kind = ValueKind::dict;
  rest.module = call.module;
  rest.origin = call.origin;
  for (const auto& [name, value] : call.keywords) {
    const bool taken =
      std::ranges::any_of(function.syntax->parameters, [&](const syntax::Parameter& parameter) {
        return parameter.name == name && parameter.kind != syntax::ParameterKind::var_keyword;
      });
    if (taken) {
      continue;
    }
    Value key;
    key.kind = ValueKind::string;
    key.text = name;
    rest.keys.push_back(name.empty() ? nullptr : state_.store(std::move(key)));
    rest.items.push_back(value);
  }
  return state_.store(std::move(rest));
}

Locals Walk::bound_parameters(const FunctionInfo& function, const Value& call, ValueRef self)
{
  Locals bindings;
  std::size_t next = 0;
  bool receiver = self != nullptr;
  for (const syntax::Parameter& parameter : function.syntax->parameters) {
    const std::string name(parameter.name);
    if (receiver && parameter.kind == syntax::ParameterKind::positional) {
      bindings[name] = self;
      receiver = false;
      continue;
    }
    if (parameter.kind == syntax::ParameterKind::var_positional) {
      Value rest;
      rest.kind = ValueKind::tuple;
      rest.items.assign(call.items.begin()
                          + static_cast<std::ptrdiff_t>(std::min(next, call.items.size())),
                        call.items.end());
      next = call.items.size();
      bindings[name] = state_.store(std::move(rest));
      continue;
    }
    if (parameter.kind == syntax::ParameterKind::var_keyword) {
      bindings[name] = remaining_keywords(function, call);
      continue;
    }
    if (const ValueRef given = keyword(call, name)) {
      bindings[name] = given;
    } else if (parameter.kind == syntax::ParameterKind::positional && next < call.items.size()) {
      bindings[name] = call.items[next++];
    } else if (parameter.fallback != nullptr && !has_unknown_arguments(call)) {
      bindings[name] = program_.evaluate(*parameter.fallback, *function.module);
    }
  }
  return bindings;
}

ValueRef Walk::inlined(const Value& call, Frame& frame)
{
  const Value& callee = settled(*call.base);
  if (callee.kind == ValueKind::lambda && callee.origin != nullptr
      && callee.origin->value != nullptr) {
    const Locals before = frame.locals;
    const ModuleInfo* const module = frame.module;
    if (callee.module != nullptr && callee.module != module) {
      frame.module = callee.module; // its names are those of the module that wrote it
      frame.locals.clear();
    }
    for (std::size_t i = 0; i < callee.origin->parameters.size() && i < call.items.size(); ++i) {
      frame.locals[std::string(callee.origin->parameters[i].name)] = call.items[i];
    }
    const ValueRef value = evaluate(*callee.origin->value, frame);
    frame.locals = before;
    frame.module = module;
    return value;
  }
  if (callee.kind != ValueKind::function_ref) {
    return nullptr;
  }
  const FunctionInfo& function = *callee.function;
  const bool recursive = std::ranges::find(active_, &function) != active_.end();
  if (recursive || frame.flow.inline_depth >= limits_.max_inline_depth
      || !observer_.may_inline(function)) {
    return nullptr;
  }
  const bool is_static =
    std::ranges::any_of(function.syntax->decorators,
                        [](const Expr* decorator) { return decorator->text == "staticmethod"; });
  ValueRef self = is_static ? nullptr : callee.base;
  const bool is_class_method =
    std::ranges::any_of(function.syntax->decorators,
                        [](const Expr* decorator) { return decorator->text == "classmethod"; });
  if (self != nullptr && settled(*self).kind == ValueKind::class_ref && !is_class_method) {
    self = nullptr; // Class.method(instance, ...)
  }
  FlowContext flow = frame.flow;
  ++flow.inline_depth;
  flow.awaited = false;
  const ValueRef value = function_body(function, bound_parameters(function, call, self), flow);
  const bool context_manager =
    std::ranges::any_of(function.syntax->decorators, [](const Expr* decorator) {
      return decorator->text == "contextmanager" || decorator->text == "asynccontextmanager";
    });
  if (context_manager && value->kind == ValueKind::list && !value->items.empty()) {
    return value->items.front();
  }
  return value->kind == ValueKind::none || value->kind == ValueKind::unknown ? nullptr : value;
}

} // namespace assay::facts
