// SPDX-License-Identifier: MIT
#include "engine/facts/queries/liveness.hpp"

#include "engine/facts/queries/names.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <vector>

namespace assay::facts::queries {

namespace {

using syntax::Block;
using syntax::Expr;
using syntax::Stmt;
using syntax::StmtKind;

bool leaves(const Stmt& statement)
{
  return statement.kind == StmtKind::return_ || statement.kind == StmtKind::raise;
}

/// True if `wanted` stands in `block` after a return or raise, or under `if False`.
bool unreachable(const Block& block, const Stmt* wanted)
{
  bool left = false;
  for (const Stmt* statement : block) {
    if (statement == wanted) {
      return left;
    }
    const bool never = statement->kind == StmtKind::if_ && statement->value != nullptr
                       && (statement->value->text == "False" || statement->value->text == "0");
    const bool inside = std::ranges::find(statement->body, wanted) != statement->body.end();
    if (inside && (never || left)) {
      return true;
    }
    left = left || leaves(*statement);
  }
  return false;
}

bool has_return(const Block& block)
{
  return std::ranges::any_of(block, [](const Stmt* statement) {
    const bool yields = statement->kind == StmtKind::expression && statement->value != nullptr
                        && statement->value->kind == syntax::ExprKind::yield_;
    return statement->kind == StmtKind::return_ || yields || has_return(statement->body)
           || has_return(statement->orelse)
           || std::ranges::any_of(statement->handlers,
                                  [](const auto& handler) { return has_return(handler.body); });
  });
}

/// Decorators register what they decorate: routes, listeners, commands.
bool is_registered(const FunctionInfo& function)
{
  return std::ranges::any_of(function.syntax->decorators, [](const Expr* decorator) {
    return decorator->text != "staticmethod" && decorator->text != "classmethod"
           && decorator->text != "property";
  });
}

bool is_dunder(std::string_view name)
{
  return name.starts_with("__") && name.ends_with("__");
}

class Liveness {
public:
  explicit Liveness(const Program& program)
  {
    for (const ModuleInfo* module : program.modules()) {
      if (module->role == FileRole::graded) {
        read(*module);
      }
    }
  }

  std::map<const FunctionInfo*, std::string> dead()
  {
    for (const FunctionInfo* function : functions_) {
      if (is_public(*function)) {
        wake(*function);
      }
    }
    while (!pending_.empty()) {
      const Names names = std::move(pending_.back());
      pending_.pop_back();
      for (const std::string_view name : names) {
        const auto range = hidden_.equal_range(name);
        for (auto entry = range.first; entry != range.second; ++entry) {
          wake(*entry->second);
        }
      }
    }
    std::map<const FunctionInfo*, std::string> reasons;
    for (const FunctionInfo* function : functions_) {
      reasons[function] = reason(*function);
    }
    return reasons;
  }

private:
  void read(const ModuleInfo& module)
  {
    pending_.push_back(names_used(module.syntax->body));
    for (const FunctionInfo* function : module.functions) {
      functions_.push_back(function);
      if (function->outer != nullptr) {
        nested_.emplace(function->outer, function);
      }
      if (!is_public(*function)) {
        hidden_.emplace(function->syntax->name, function);
      }
    }
  }

  static bool is_public(const FunctionInfo& function)
  {
    const std::string_view name = function.syntax->name;
    return function.outer == nullptr
           && (!name.starts_with('_') || is_dunder(name) || is_registered(function));
  }

  void wake(const FunctionInfo& function)
  {
    if (!live_.insert(&function).second) {
      return;
    }
    Names names = names_used(function.syntax->body);
    names.erase(function.syntax->name);
    pending_.push_back(std::move(names));
    const auto range = nested_.equal_range(&function);
    for (auto entry = range.first; entry != range.second; ++entry) {
      if (is_registered(*entry->second) || is_dunder(entry->second->syntax->name)) {
        wake(*entry->second);
      }
    }
  }

  [[nodiscard]] std::string reason(const FunctionInfo& function) const
  {
    const Block& around =
      function.outer != nullptr ? function.outer->syntax->body : function.module->syntax->body;
    if (unreachable(around, function.statement)) {
      return "it stands where the program never comes";
    }
    if (always_raises(*function.syntax)) {
      return "it always raises";
    }
    if (live_.contains(&function)) {
      return {};
    }
    return function.outer != nullptr ? "it is nested and never called"
                                     : "it is private and used nowhere";
  }

  std::vector<const FunctionInfo*> functions_;
  std::multimap<std::string_view, const FunctionInfo*> hidden_;
  std::multimap<const FunctionInfo*, const FunctionInfo*> nested_;
  std::set<const FunctionInfo*> live_;
  std::vector<Names> pending_;
};

} // namespace

bool always_raises(const syntax::Function& function)
{
  Block before;
  for (const Stmt* statement : function.body) {
    if (statement->kind == StmtKind::raise) {
      return !has_return(before);
    }
    before.push_back(statement);
  }
  return false;
}

std::map<const FunctionInfo*, std::string> dead_functions(const Program& program)
{
  return Liveness(program).dead();
}

} // namespace assay::facts::queries
