// SPDX-License-Identifier: MIT
// Walks a function body (or a module's statements) in order and tells an Observer what it meets:
// calls, attribute reads, returns. Loops over known collections are unrolled, other loops are
// walked once with an `element` value; both branches of an `if` are walked and joined to `either`;
// project helpers are inlined to a limited depth.
#pragma once

#include "engine/facts/program.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

/// Where in the control flow something is met.
struct FlowContext {
  int loop_depth = 0;       ///< loops (and comprehensions) that are not unrolled, callers' included
  int inline_depth = 0;     ///< 0: in the observed function itself
  bool conditional = false; ///< under an if, except, match or loop
  bool in_main_guard = false; ///< under `if __name__ == "__main__"`
  bool after_exit = false;    ///< after an unconditional return or raise, or under `if False`
  bool awaited = false;       ///< the call is directly under await
  const FunctionInfo* function = nullptr; ///< being walked (the inlined one); null at module level
  std::vector<ValueRef>
    with_contexts; ///< contexts of the enclosing with statements, outermost first
  std::vector<ValueRef>
    iterables; ///< of the enclosing loops that are not unrolled, outermost first
};

class Observer {
public:
  Observer() = default;
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;
  virtual ~Observer() = default;

  /// Every call as written, after its arguments were evaluated (and before it is inlined): kind
  /// `call`, its base the callee. Links of a chain are reported one by one, innermost first;
  /// `await` leaves no trace but `context.awaited`.
  virtual void on_call(const Value& call, const FlowContext& context) { (void)call, (void)context; }

  /// Every attribute read that is not the callee of a call.
  virtual void on_attribute(const Value& attribute, const FlowContext& context)
  {
    (void)attribute, (void)context;
  }

  virtual void on_return(ValueRef value, const FlowContext& context) { (void)value, (void)context; }

  virtual void on_yield(ValueRef value, const FlowContext& context) { (void)value, (void)context; }

  virtual void on_raise(ValueRef value, const FlowContext& context) { (void)value, (void)context; }

  /// `name = value`, `target.attr = value`: target is the left side's value.
  virtual void on_assign(const Value& target, ValueRef value, const FlowContext& context)
  {
    (void)target, (void)value, (void)context;
  }

  /// An expression statement, after it was evaluated (docstrings are not reported).
  virtual void on_statement(const syntax::Stmt& statement, const FlowContext& context)
  {
    (void)statement, (void)context;
  }

  /// Asked before a project function is inlined. `no` leaves the call as a `call` value.
  virtual bool may_inline(const FunctionInfo& function)
  {
    (void)function;
    return true;
  }

  /// A name that no scope knows and that is no builtin.
  virtual void on_undefined(const syntax::Expr& name, const FlowContext& context)
  {
    (void)name, (void)context;
  }
};

struct InterpreterLimits {
  int max_inline_depth = 6;
  int max_unrolled = 64; ///< iterations of one loop over a known collection
  int max_steps =
    50'000; ///< statements and expressions of one walk; beyond it everything is unknown
};

class Interpreter {
public:
  explicit Interpreter(Program& program, InterpreterLimits limits = {});

  /// Walks the body. Parameters not in `bindings` are `parameter` values. Returns the joined
  /// returned value
  /// (`none` if it falls through; a generator gives a list value of what it yields if known).
  ValueRef run(const FunctionInfo& function,
               const std::map<std::string, ValueRef>& bindings,
               Observer& observer);

  /// Walks the top-level statements of a module, function and class bodies excluded.
  void run_module(const ModuleInfo& module, Observer& observer);

  /// True if a limit cut the last walk short.
  [[nodiscard]] bool exhausted() const;

private:
  Program& program_;
  InterpreterLimits limits_;
  bool exhausted_ = false;
};

} // namespace assay::facts
