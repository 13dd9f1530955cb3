// SPDX-License-Identifier: MIT
// Statements that bind names, and the parameters of functions.
#include "engine/facts/walk.hpp"

#include <algorithm>

namespace assay::facts {

using syntax::Expr;
using syntax::ExprKind;
using syntax::Stmt;
using syntax::StmtKind;

void Walk::define(const Stmt& current, Frame& frame)
{
  if (current.kind == StmtKind::class_) {
    const auto found = state_.class_of.find(&current);
    if (found != state_.class_of.end()) {
      Value value;
      value.kind = ValueKind::class_ref;
      value.class_info = found->second;
      value.module = frame.module;
      frame.locals[std::string(current.class_def->name)] = state_.store(std::move(value));
    }
    return;
  }
  const auto found = state_.function_of.find(&current);
  if (found == state_.function_of.end()) {
    return;
  }
  Value value;
  value.kind = ValueKind::function_ref;
  value.function = found->second;
  value.module = frame.module;
  frame.locals[std::string(current.function->name)] = state_.store(std::move(value));
  if (frame.function != nullptr) {
    closures_[found->second] = frame.locals;
  }
}

void Walk::import(const Stmt& current, Frame& frame)
{
  if (frame.function == nullptr) {
    return; // module level: lookup knows
  }
  for (const syntax::ImportedName& imported : current.names) {
    if (imported.name == "*") {
      continue;
    }
    const bool plain = current.kind == StmtKind::import;
    const std::string_view first = imported.name.substr(0, imported.name.find('.'));
    const std::string_view local = !imported.alias.empty() ? imported.alias
                                   : plain                 ? first
                                                           : imported.name;
    const std::string module(plain ? (imported.alias.empty() ? first : imported.name)
                                   : current.text);
    ValueRef value = nullptr;
    const ModuleInfo* target = resolve_import(state_, *frame.module, module, current.level);
    if (plain) {
      if (target != nullptr) {
        Value reference;
        reference.kind = ValueKind::module_ref;
        reference.module = target;
        value = state_.store(std::move(reference));
      } else {
        value = state_.symbol(module);
      }
    } else {
      if (target != nullptr) {
        value = program_.lookup(*target, imported.name);
      }
      if (value == nullptr) {
        const std::string inner =
          module.empty() ? std::string(imported.name) : module + "." + std::string(imported.name);
        if (const ModuleInfo* submodule =
              resolve_import(state_, *frame.module, inner, current.level)) {
          Value reference;
          reference.kind = ValueKind::module_ref;
          reference.module = submodule;
          value = state_.store(std::move(reference));
        } else {
          value = target != nullptr
                    ? state_.unknown(std::string(imported.name))
                    : state_.symbol(absolute_name(*frame.module, inner, current.level));
        }
      }
    }
    frame.locals[std::string(local)] = value;
  }
}

void Walk::assign(const Expr& target, ValueRef value, Frame& frame)
{
  switch (target.kind) {
  case ExprKind::name:
    frame.locals[std::string(target.text)] = value;
    return;
  case ExprKind::tuple:
  case ExprKind::list: {
    const Value& whole = settled(*value);
    const bool pairwise = (whole.kind == ValueKind::tuple || whole.kind == ValueKind::list)
                          && whole.items.size() == target.items.size()
                          && known_items(whole) != nullptr;
    for (std::size_t i = 0; i < target.items.size(); ++i) {
      assign(*target.items[i], pairwise ? whole.items[i] : part_of(value, i, target, frame), frame);
    }
    return;
  }
  case ExprKind::starred:
    assign(*target.value, state_.unknown(), frame);
    return;
  case ExprKind::attribute:
  case ExprKind::subscript: {
    const ValueRef base = evaluate(*target.value, frame);
    Value place;
    place.kind = target.kind == ExprKind::attribute ? ValueKind::attribute : ValueKind::subscript;
    place.text = std::string(target.text);
    place.base = base;
    place.module = frame.module;
    place.origin = &target;
    for (const Expr* index : target.items) {
      if (index != nullptr) {
        place.items.push_back(evaluate(*index, frame));
      }
    }
    observer_.on_assign(*state_.store(std::move(place)), value, frame.flow);
    return;
  }
  case ExprKind::unknown:
  case ExprKind::call:
  case ExprKind::string:
  case ExprKind::format_string:
  case ExprKind::number:
  case ExprKind::constant:
  case ExprKind::set:
  case ExprKind::dict:
  case ExprKind::slice:
  case ExprKind::binary:
  case ExprKind::unary:
  case ExprKind::boolean:
  case ExprKind::compare:
  case ExprKind::conditional:
  case ExprKind::lambda:
  case ExprKind::comprehension:
  case ExprKind::await_:
  case ExprKind::yield_:
  case ExprKind::named:
    return;
  }
}

void Walk::augment(const Stmt& current, Frame& frame)
{
  if (current.targets.empty() || current.value == nullptr) {
    return;
  }
  const Expr& target = *current.targets.front();
  const ValueRef old = target.kind == ExprKind::name ? evaluate(target, frame) : state_.unknown();
  const ValueRef added = evaluate(*current.value, frame);
  const Value& left = settled(*old);
  const Value& right = settled(*added);
  Value result;
  result.module = frame.module;
  result.origin = current.value;
  const bool lists = (left.kind == ValueKind::list || left.kind == ValueKind::tuple)
                     && (right.kind == ValueKind::list || right.kind == ValueKind::tuple);
  if (lists) {
    result.kind = left.kind;
    result.items = left.items;
    result.items.insert(result.items.end(), right.items.begin(), right.items.end());
  } else {
    result.kind = ValueKind::operation;
    result.text = std::string(current.text.substr(0, current.text.size() - 1));
    result.items = {old, added};
  }
  assign(target, state_.store(std::move(result)), frame);
}

ValueRef
Walk::function_body(const FunctionInfo& function, const Locals& bindings, const FlowContext& flow)
{
  Frame frame;
  frame.module = function.module;
  frame.function = &function;
  frame.flow = flow;
  frame.flow.function = &function;
  frame.dead_on_entry = flow.after_exit;
  frame.loops_on_entry = flow.iterables.size();
  const auto closure = closures_.find(&function);
  frame.closure = closure == closures_.end() ? nullptr : &closure->second;
  for (const syntax::Parameter& parameter : function.syntax->parameters) {
    const auto bound = bindings.find(parameter.name);
    if (bound != bindings.end()) {
      frame.locals[std::string(parameter.name)] = bound->second;
      continue;
    }
    Value value;
    value.kind = ValueKind::parameter;
    value.text = std::string(parameter.name);
    value.module = function.module;
    value.function = &function;
    if (parameter.annotation != nullptr) {
      value.base = program_.annotation(*parameter.annotation, *function.module, function.owner);
    }
    const bool is_receiver = function.owner != nullptr
                             && &parameter == &function.syntax->parameters.front()
                             && (parameter.name == "self" || parameter.name == "cls");
    if (is_receiver) {
      value.class_info = function.owner;
    }
    frame.locals[std::string(parameter.name)] = state_.store(std::move(value));
  }
  active_.push_back(&function);
  block(function.syntax->body, frame);
  active_.pop_back();
  if (!frame.yielded.empty()) {
    Value list;
    list.kind = ValueKind::list;
    list.items = frame.yielded;
    if (frame.yielded_over != nullptr) {
      list.kind = ValueKind::comprehension;
      list.text = "list";
      list.base = frame.yielded_over;
      list.items = {frame.yielded.back()};
    }
    return state_.store(std::move(list));
  }
  if (frame.returned.empty()) {
    Value none;
    none.kind = ValueKind::none;
    return state_.store(std::move(none));
  }
  if (frame.returned.size() == 1) {
    return frame.returned.front();
  }
  Value either;
  either.kind = ValueKind::either;
  either.items = frame.returned;
  either.module = function.module;
  either.origin = frame.returned.back()->origin;
  return state_.store(std::move(either));
}

} // namespace assay::facts
