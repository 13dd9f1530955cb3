// SPDX-License-Identifier: MIT
#include "engine/facts/interpreter.hpp"

#include "engine/facts/walk.hpp"

namespace assay::facts {

Interpreter::Interpreter(Program& program, InterpreterLimits limits)
  : program_(program),
    limits_(limits)
{
}

ValueRef Interpreter::run(const FunctionInfo& function,
                          const std::map<std::string, ValueRef>& bindings,
                          Observer& observer)
{
  Walk walk(program_, *program_.state_, limits_, observer);
  const ValueRef value =
    walk.function_body(function, Locals(bindings.begin(), bindings.end()), FlowContext{});
  exhausted_ = walk.exhausted();
  return value;
}

void Interpreter::run_module(const ModuleInfo& module, Observer& observer)
{
  Walk walk(program_, *program_.state_, limits_, observer);
  Frame frame;
  frame.module = &module;
  walk.block(module.syntax->body, frame);
  exhausted_ = walk.exhausted();
}

bool Interpreter::exhausted() const
{
  return exhausted_;
}

} // namespace assay::facts
