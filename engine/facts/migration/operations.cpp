// SPDX-License-Identifier: MIT
#include "engine/facts/migration/operations.hpp"

#include "engine/facts/interpreter.hpp"
#include "engine/facts/migration/operation_reader.hpp"

#include <algorithm>
#include <set>

namespace assay::facts {

namespace {

const FunctionInfo* function_named(const ModuleInfo& module, std::string_view name)
{
  const FunctionInfo* found = nullptr;
  for (const FunctionInfo* function : module.functions) {
    if (function->owner == nullptr && function->outer == nullptr
        && function->syntax->name == name) {
      found = function; // a later def replaces an earlier one
    }
  }
  return found;
}

/// Functions that `globals()["upgrade_%s" % engine]()` may reach.
std::vector<const FunctionInfo*> engine_functions(const ModuleInfo& module,
                                                  std::string_view direction)
{
  const std::string prefix = std::string(direction) + "_";
  std::vector<const FunctionInfo*> found;
  for (const FunctionInfo* function : module.functions) {
    if (function->owner == nullptr && function->outer == nullptr
        && function->syntax->name.starts_with(prefix)) {
      found.push_back(function);
    }
  }
  return found;
}

/// pass, docstrings, `...`, a bare return.
bool does_nothing(const syntax::Block& body)
{
  return std::ranges::all_of(body, [](const syntax::Stmt* statement) {
    switch (statement->kind) {
    case syntax::StmtKind::pass:
      return true;
    case syntax::StmtKind::return_:
      return statement->value == nullptr || statement->value->kind == syntax::ExprKind::constant;
    case syntax::StmtKind::expression:
      return statement->value == nullptr || statement->value->kind == syntax::ExprKind::string
             || statement->value->kind == syntax::ExprKind::constant;
    case syntax::StmtKind::error:
    case syntax::StmtKind::assign:
    case syntax::StmtKind::annotated:
    case syntax::StmtKind::augmented:
    case syntax::StmtKind::if_:
    case syntax::StmtKind::for_:
    case syntax::StmtKind::while_:
    case syntax::StmtKind::with:
    case syntax::StmtKind::try_:
    case syntax::StmtKind::function:
    case syntax::StmtKind::class_:
    case syntax::StmtKind::import:
    case syntax::StmtKind::import_from:
    case syntax::StmtKind::raise:
    case syntax::StmtKind::delete_:
    case syntax::StmtKind::assert_:
    case syntax::StmtKind::global:
    case syntax::StmtKind::match:
    case syntax::StmtKind::jump:
    case syntax::StmtKind::type_alias:
      return false;
    }
    return false;
  });
}

bool has_broken_statement(const syntax::Block& body)
{
  return std::ranges::any_of(body, [](const syntax::Stmt* statement) {
    return statement->kind == syntax::StmtKind::error || has_broken_statement(statement->body)
           || has_broken_statement(statement->orelse);
  });
}

void walk(Program& program, const FunctionInfo& function, OperationReader& reader, StepList& list)
{
  Interpreter interpreter(program);
  interpreter.run(function, {}, reader);
  if (interpreter.exhausted()) {
    list.complete = false;
    list.gaps.push_back(function.qualified + " is too long to be read as a whole");
  }
  if (has_broken_statement(function.syntax->body)) {
    list.complete = false;
    list.gaps.push_back(function.qualified + " has a syntax error");
  }
}

/// The function a revision gets by `upgrade = first` or `from shared import upgrade`. A name bound
/// to anything else that may be called leaves a gap: the revision has the function, unread.
const FunctionInfo* bound_function(Program& program,
                                   const ModuleInfo& module,
                                   std::string_view direction,
                                   StepList& list)
{
  const ValueRef value = program.lookup(module, direction);
  if (value == nullptr || value->kind == ValueKind::none) {
    return nullptr;
  }
  if (value->kind == ValueKind::function_ref) {
    return value->function;
  }
  list.defined = true;
  list.trivial = false;
  list.complete = false;
  list.gaps.push_back(module.path + ": what " + std::string(direction) + " does is not known");
  return nullptr;
}

} // namespace

StepList read_steps(Program& program,
                    const ModuleInfo& module,
                    std::string_view direction,
                    const SchemaFacts& schema)
{
  StepList list;
  const FunctionInfo* function = function_named(module, direction);
  const auto engines = engine_functions(module, direction);
  if (function == nullptr && engines.empty()) {
    function = bound_function(program, module, direction, list);
  }
  if (function == nullptr && engines.empty()) {
    return list;
  }
  list.defined = true;
  OperationReader reader(program, module, schema, list);
  if (function != nullptr) {
    walk(program, *function, reader, list);
  }
  if (function == nullptr || reader.dispatches()) {
    for (const FunctionInfo* engine : engines) {
      walk(program, *engine, reader, list);
    }
  }
  if (list.steps.empty() && list.foreign_call.line > 0) {
    list.complete = false;
    list.gaps.push_back(list.foreign_call.path + ":" + std::to_string(list.foreign_call.line)
                        + ": what this function does is not known");
  }
  list.trivial = (function == nullptr || does_nothing(function->syntax->body) || list.steps.empty())
                 && list.steps.empty() && list.complete && !list.raises;
  return list;
}

} // namespace assay::facts
