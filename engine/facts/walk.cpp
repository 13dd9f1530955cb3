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
  if ((test.kind == ExprKind::name || test.kind == ExprKind::attribute)
      && test.text == "TYPE_CHECKING") {
    return Decision::never;
  }
  if (test.kind == ExprKind::compare && test.text == "==" && test.items.size() == 2) {
    const auto is_name = [](const Expr& side) {
      return side.kind == ExprKind::name && side.text == "__name__";
    };
    const auto is_main = [](const Expr& side) {
      return side.kind == ExprKind::string && side.text == "__main__";
    };
    if ((is_name(*test.items[0]) && is_main(*test.items[1]))
        || (is_main(*test.items[0]) && is_name(*test.items[1]))) {
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
    return std::ranges::any_of(
             value.items,
             [](ValueRef item) { return item->kind == ValueKind::unknown && item->text == "*"; })
             ? nullptr
             : &value.items;
  case ValueKind::dict:
    return std::ranges::any_of(value.keys, [](ValueRef key) { return key == nullptr; })
             ? nullptr
             : &value.keys;
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
      frame.flow.after_exit = true; // dead code is walked, and observed as such
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
    const ValueRef value =
      current.value != nullptr ? evaluate(*current.value, frame) : state_.unknown();
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
  const ValueRef value =
    current.value != nullptr ? evaluate(*current.value, frame) : state_.store(std::move(none));
  observer_.on_return(value, frame.flow);
  if (!frame.flow.after_exit || frame.dead_on_entry) {
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

} // namespace assay::facts
