// SPDX-License-Identifier: MIT
// Private: the abstract interpreter behind Program::evaluate and Interpreter. One Walk follows one
// piece of code; a Frame is the scope it stands in.
#pragma once

#include "engine/facts/interpreter.hpp"
#include "engine/facts/program_state.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::facts {

using Locals = std::map<std::string, ValueRef, std::less<>>;

struct Frame {
  const ModuleInfo* module = nullptr;
  const ClassInfo* class_scope = nullptr; ///< evaluating in a class body
  const FunctionInfo* function = nullptr;
  const Locals* closure = nullptr; ///< locals of the enclosing function, for a nested one
  Locals locals;
  FlowContext flow;
  bool dead_on_entry = false; ///< called from dead code: its own returns still tell what it gives
  std::vector<ValueRef> returned;
  std::vector<ValueRef> yielded;
  std::size_t loops_on_entry = 0;
  ValueRef yielded_over = nullptr; ///< what the loop around a yield iterates over
};

/// How a block of statements ends.
enum class Ending { falls_through, leaves_loop, leaves_function };

class Walk {
public:
  Walk(Program& program, ProgramState& state, const InterpreterLimits& limits, Observer& observer)
    : program_(program),
      state_(state),
      limits_(limits),
      observer_(observer)
  {
  }

  ValueRef evaluate(const syntax::Expr& expression, Frame& frame);
  Ending block(const syntax::Block& statements, Frame& frame);

  /// Walks the body of `function` with its parameters bound; the joined return value.
  ValueRef
  function_body(const FunctionInfo& function, const Locals& bindings, const FlowContext& flow);

  [[nodiscard]] bool exhausted() const { return exhausted_; }

private:
  // walk.cpp: statements
  Ending statement(const syntax::Stmt& statement, Frame& frame);
  Ending branch(const syntax::Stmt& statement, Frame& frame);
  Ending loop(const syntax::Stmt& statement, Frame& frame);
  Ending unrolled(const syntax::Stmt& statement, const std::vector<ValueRef>& items, Frame& frame);
  Ending with(const syntax::Stmt& statement, Frame& frame);
  Ending attempt(const syntax::Stmt& statement, Frame& frame);
  void define(const syntax::Stmt& statement, Frame& frame);
  void import(const syntax::Stmt& statement, Frame& frame);
  void assign(const syntax::Expr& target, ValueRef value, Frame& frame);
  void augment(const syntax::Stmt& statement, Frame& frame);
  void join(Frame& frame, const Locals& before, const Locals& a, const Locals& b);
  Ending alternatives(const std::vector<const syntax::Block*>& blocks, Frame& frame);
  void finish_return(const syntax::Stmt& statement, Frame& frame);

  // walk_expressions.cpp
  ValueRef dispatch(const syntax::Expr& expression, Frame& frame);
  ValueRef name(const syntax::Expr& expression, Frame& frame);
  ValueRef attribute(const syntax::Expr& expression, Frame& frame);
  ValueRef attribute_of(ValueRef base, const syntax::Expr& expression, Frame& frame);
  ValueRef class_attribute(const ClassInfo& info,
                           ValueRef base,
                           const syntax::Expr& expression,
                           Frame& frame);
  ValueRef subscript(const syntax::Expr& expression, Frame& frame);
  ValueRef operation(const syntax::Expr& expression, Frame& frame);
  ValueRef collection(const syntax::Expr& expression, ValueKind kind, Frame& frame);
  ValueRef dictionary(const syntax::Expr& expression, Frame& frame);
  ValueRef comprehension(const syntax::Expr& expression, Frame& frame);
  void comprehension_clauses(const syntax::Expr& expression,
                             std::size_t clause,
                             Frame& frame,
                             Value& result);
  ValueRef format_string(const syntax::Expr& expression, Frame& frame);
  ValueRef conditional(const syntax::Expr& expression, Frame& frame);
  ValueRef lambda(const syntax::Expr& expression, Frame& frame);
  void lambda_body(const syntax::Expr& expression, ValueRef element, Frame& frame);

  // walk_calls.cpp
  ValueRef call(const syntax::Expr& expression, Frame& frame);
  void arguments(const syntax::Expr& expression, Value& call, Frame& frame);
  ValueRef builtin_call(const Value& call, const syntax::Expr& expression, Frame& frame);
  ValueRef method_of_literal(const Value& call, const syntax::Expr& expression, Frame& frame);
  ValueRef inlined(const Value& call, Frame& frame);
  ValueRef remaining_keywords(const FunctionInfo& function, const Value& call);
  Locals bound_parameters(const FunctionInfo& function, const Value& call, ValueRef self);

  ValueRef make(ValueKind kind, const syntax::Expr& at, const Frame& frame, std::string text = {});
  ValueRef unknown(const syntax::Expr& at, const Frame& frame, std::string text = {});
  ValueRef element_of(ValueRef iterable, const syntax::Expr& at, const Frame& frame);
  ValueRef
  part_of(ValueRef whole, std::size_t position, const syntax::Expr& at, const Frame& frame);
  bool step();

  Program& program_;
  ProgramState& state_;
  InterpreterLimits limits_;
  Observer& observer_;
  int steps_ = 0;
  int depth_ = 0;
  bool exhausted_ = false;
  std::vector<const FunctionInfo*> active_;
  std::unordered_map<const FunctionInfo*, Locals> closures_;
};

/// What a test decides by reading: `if False`, `if TYPE_CHECKING`, `if __name__ == "__main__"`.
enum class Decision { open, always, never, main_guard };
Decision decide(const syntax::Expr& test);

/// Items of a value that can be walked one by one, or null when it is not known.
const std::vector<ValueRef>* known_items(const Value& value);

} // namespace assay::facts
