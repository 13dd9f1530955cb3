// SPDX-License-Identifier: MIT
// Statements.
#include "engine/facts/walk.hpp"

#include <algorithm>

namespace assay::facts {

using syntax::Block;
using syntax::Expr;
using syntax::ExprKind;
using syntax::Stmt;
using syntax::StmtKind;

Decision decide(const Expr& test)
{
  if (test.kind == ExprKind::constant && (test.text == "False" || test.text == "None")) {
    return Decision::never;
  }
  if (test.kind == ExprKind::constant && test.text == "True") {
    return Decision::always;
  }
  if (test.kind == ExprKind::number) {
    return test.text == "0" ? Decision::never : Decision::always;
  }
  if ((test.kind == ExprKind::name || test.kind == ExprKind::attribute) && test.text == "TYPE_CHECKING") {
    return Decision::never;
  }
  if (test.kind == ExprKind::compare && test.text == "==" && test.items.size() == 2) {
    const auto is_name = [](const Expr& side) { return side.kind == ExprKind::name && side.text == "__name__"; };
    const auto is_main = [](const Expr& side) { return side.kind == ExprKind::string && side.text == "__main__"; };
    if ((is_name(*test.items[0]) && is_main(*test.items[1])) || (is_main(*test.items[0]) && is_name(*test.items[1]))) {
      return Decision::main_guard;
    }
  }
  return Decision::open;
}

const std::vector<ValueRef>* known_items(const Value& value)
{
  switch (value.kind) {
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
    return std::ranges::any_of(value.items,
                               [](ValueRef item) { return item->kind == ValueKind::unknown && item->text == "*"; })
             ? nullptr
             : &value.items;
  case ValueKind::dict:
    return std::ranges::any_of(value.keys, [](ValueRef key) { return key == nullptr; }) ? nullptr : &value.keys;
  case ValueKind::unknown:
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::symbol:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
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
    return nullptr;
  }
  return nullptr;
}

bool Walk::step()
{
  if (steps_ >= limits_.max_steps) {
    exhausted_ = true;
    return false;
  }
  ++steps_;
  return true;
}

Ending Walk::block(const Block& statements, Frame& frame)
{
  Ending ending = Ending::falls_through;
  for (const Stmt* current : statements) {
    if (ending != Ending::falls_through) {
      frame.flow.after_exit = true;   // dead code is walked, and observed as such
    }
    const Ending next = statement(*current, frame);
    ending = ending == Ending::falls_through ? next : ending;
  }
  return ending;
}

Ending Walk::statement(const Stmt& current, Frame& frame)
{
  if (!step()) {
    return Ending::falls_through;
  }
  switch (current.kind) {
  case StmtKind::expression:
    if (current.value != nullptr && current.value->kind != ExprKind::string) {
      evaluate(*current.value, frame);
      observer_.on_statement(current, frame.flow);
    }
    return Ending::falls_through;
  case StmtKind::assign:
  case StmtKind::annotated:
    if (current.value != nullptr) {
      const ValueRef value = evaluate(*current.value, frame);
      for (const Expr* target : current.targets) {
        assign(*target, value, frame);
      }
    }
    return Ending::falls_through;
  case StmtKind::augmented:
    augment(current, frame);
    return Ending::falls_through;
  case StmtKind::return_:
    finish_return(current, frame);
    return Ending::leaves_function;
  case StmtKind::raise: {
    const ValueRef value = current.value != nullptr ? evaluate(*current.value, frame) : state_.unknown();
    observer_.on_raise(value, frame.flow);
    return Ending::leaves_function;
  }
  case StmtKind::if_:
    return branch(current, frame);
  case StmtKind::for_:
  case StmtKind::while_:
    return loop(current, frame);
  case StmtKind::with:
    return with(current, frame);
  case StmtKind::try_:
    return attempt(current, frame);
  case StmtKind::function:
  case StmtKind::class_:
    define(current, frame);
    return Ending::falls_through;
  case StmtKind::import:
  case StmtKind::import_from:
    import(current, frame);
    return Ending::falls_through;
  case StmtKind::match: {
    if (current.value != nullptr) {
      evaluate(*current.value, frame);
    }
    std::vector<const Block*> cases;
    for (const syntax::Handler& handler : current.handlers) {
      cases.push_back(&handler.body);
    }
    const Block nothing;
    cases.push_back(&nothing);
    return alternatives(cases, frame);
  }
  case StmtKind::delete_:
    for (const Expr* target : current.targets) {
      evaluate(*target, frame);
    }
    return Ending::falls_through;
  case StmtKind::assert_:
    if (current.value != nullptr) {
      evaluate(*current.value, frame);
    }
    return Ending::falls_through;
  case StmtKind::jump:
    return Ending::leaves_loop;
  case StmtKind::error:
  case StmtKind::pass:
  case StmtKind::global:
  case StmtKind::type_alias:
    return Ending::falls_through;
  }
  return Ending::falls_through;
}

void Walk::finish_return(const Stmt& current, Frame& frame)
{
  Value none;
  none.kind = ValueKind::none;
  const ValueRef value = current.value != nullptr ? evaluate(*current.value, frame) : state_.store(std::move(none));
  observer_.on_return(value, frame.flow);
  if (!frame.flow.after_exit) {
    frame.returned.push_back(value);
  }
}

Ending Walk::alternatives(const std::vector<const Block*>& blocks, Frame& frame)
{
  const Locals before = frame.locals;
  const FlowContext flow = frame.flow;
  std::vector<Locals> results;
  Ending ending = Ending::leaves_function;
  for (const Block* current : blocks) {
    frame.locals = before;
    frame.flow = flow;
    frame.flow.conditional = true;
    const Ending end = block(*current, frame);
    if (end == Ending::falls_through) {
      results.push_back(frame.locals);
    }
    ending = std::min(ending, end);
  }
  frame.flow = flow;
  frame.locals = before;
  if (!results.empty()) {
    Locals joined = results.front();
    for (std::size_t i = 1; i < results.size(); ++i) {
      join(frame, before, joined, results[i]);
      joined = frame.locals;
    }
    frame.locals = std::move(joined);
  }
  return ending;
}

void Walk::join(Frame& frame, const Locals& before, const Locals& a, const Locals& b)
{
  Locals joined = a;
  for (const auto& [name, value] : b) {
    const auto other = joined.find(name);
    if (other == joined.end()) {
      joined[name] = value;
    } else if (other->second != value) {
      const auto original = before.find(name);
      const bool b_unchanged = original != before.end() && original->second == value;
      Value either;
      either.kind = ValueKind::either;
      either.items = b_unchanged ? std::vector<ValueRef>{value, other->second}
                                 : std::vector<ValueRef>{other->second, value};
      either.module = frame.module;
      either.origin = either.items.back()->origin;
      other->second = state_.store(std::move(either));
    }
  }
  frame.locals = std::move(joined);
}

Ending Walk::branch(const Stmt& current, Frame& frame)
{
  const Decision decision = current.value == nullptr ? Decision::open : decide(*current.value);
  if (current.value != nullptr && decision == Decision::open) {
    evaluate(*current.value, frame);
  }
  switch (decision) {
  case Decision::open:
    return alternatives({&current.body, &current.orelse}, frame);
  case Decision::always:
    return block(current.body, frame);
  case Decision::never: {
    const FlowContext flow = frame.flow;
    const Locals before = frame.locals;
    const bool imports_only = current.value->text == "TYPE_CHECKING";
    frame.flow.after_exit = !imports_only || flow.after_exit;
    block(current.body, frame);
    frame.flow = flow;
    if (!imports_only) {
      frame.locals = before;
    }
    return block(current.orelse, frame);
  }
  case Decision::main_guard: {
    const FlowContext flow = frame.flow;
    frame.flow.in_main_guard = true;
    block(current.body, frame);
    frame.flow = flow;
    return block(current.orelse, frame);
  }
  }
  return Ending::falls_through;
}

Ending Walk::unrolled(const Stmt& current, const std::vector<ValueRef>& items, Frame& frame)
{
  for (const ValueRef item : items) {
    assign(*current.targets.front(), item, frame);
    const Ending end = block(current.body, frame);
    if (end == Ending::leaves_function) {
      return end;
    }
    if (end == Ending::leaves_loop && !frame.flow.after_exit) {
      break;
    }
    frame.flow.after_exit = false;
  }
  return block(current.orelse, frame);
}

Ending Walk::loop(const Stmt& current, Frame& frame)
{
  const bool is_for = current.kind == StmtKind::for_ && !current.targets.empty();
  ValueRef iterable = current.value != nullptr ? evaluate(*current.value, frame) : state_.unknown();
  if (is_for) {
    const auto* items = known_items(settled(*iterable));
    if (items != nullptr && items->size() <= static_cast<std::size_t>(limits_.max_unrolled)) {
      const bool after_exit = frame.flow.after_exit;
      const std::vector<ValueRef> copy = *items;
      const Ending end = unrolled(current, copy, frame);
      frame.flow.after_exit = after_exit;
      return end;
    }
  }
  const Locals before = frame.locals;
  const FlowContext flow = frame.flow;
  ++frame.flow.loop_depth;
  frame.flow.conditional = true;
  if (is_for) {
    frame.flow.iterables.push_back(iterable);
    assign(*current.targets.front(), element_of(iterable, *current.value, frame), frame);
  }
  block(current.body, frame);
  const Locals after = frame.locals;
  frame.flow = flow;
  join(frame, before, before, after);
  return block(current.orelse, frame);
}

Ending Walk::with(const Stmt& current, Frame& frame)
{
  const std::size_t contexts = frame.flow.with_contexts.size();
  for (const syntax::WithItem& item : current.with_items) {
    const ValueRef context = evaluate(*item.context, frame);
    frame.flow.with_contexts.push_back(context);
    if (item.target != nullptr) {
      assign(*item.target, context, frame);
    }
  }
  const Ending end = block(current.body, frame);
  frame.flow.with_contexts.resize(contexts);
  return end;
}

Ending Walk::attempt(const Stmt& current, Frame& frame)
{
  Ending ending = block(current.body, frame);
  const FlowContext flow = frame.flow;
  if (ending == Ending::falls_through) {
    ending = block(current.orelse, frame);
  }
  const Locals after = frame.locals;
  for (const syntax::Handler& handler : current.handlers) {
    frame.flow = flow;
    frame.flow.conditional = true;
    frame.flow.after_exit = false;
    if (!handler.name.empty()) {
      frame.locals[std::string(handler.name)] = state_.unknown();
    }
    const Ending end = block(handler.body, frame);
    ending = std::min(ending, end);
  }
  frame.flow = flow;
  frame.flow.after_exit = flow.after_exit && ending != Ending::falls_through;
  frame.locals = after;
  const Ending last = block(current.finally, frame);
  return last == Ending::falls_through ? ending : last;
}

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
    return;   // module level: lookup knows
  }
  for (const syntax::ImportedName& imported : current.names) {
    if (imported.name == "*") {
      continue;
    }
    const bool plain = current.kind == StmtKind::import;
    const std::string_view first = imported.name.substr(0, imported.name.find('.'));
    const std::string_view local = !imported.alias.empty() ? imported.alias : plain ? first : imported.name;
    const std::string module(plain ? (imported.alias.empty() ? first : imported.name) : current.text);
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
        const std::string inner = module.empty() ? std::string(imported.name) : module + "." + std::string(imported.name);
        if (const ModuleInfo* submodule = resolve_import(state_, *frame.module, inner, current.level)) {
          Value reference;
          reference.kind = ValueKind::module_ref;
          reference.module = submodule;
          value = state_.store(std::move(reference));
        } else {
          value = target != nullptr ? state_.unknown(std::string(imported.name))
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
                          && whole.items.size() == target.items.size() && known_items(whole) != nullptr;
    for (std::size_t i = 0; i < target.items.size(); ++i) {
      assign(*target.items[i], pairwise ? whole.items[i] : element_of(value, target, frame), frame);
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

ValueRef Walk::function_body(const FunctionInfo& function, const Locals& bindings, const FlowContext& flow)
{
  Frame frame;
  frame.module = function.module;
  frame.function = &function;
  frame.flow = flow;
  frame.flow.function = &function;
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
    const bool is_receiver = function.owner != nullptr && &parameter == &function.syntax->parameters.front()
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
