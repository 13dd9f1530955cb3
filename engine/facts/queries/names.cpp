// SPDX-License-Identifier: MIT
#include "engine/facts/queries/names.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <vector>

namespace assay::facts::queries {

namespace {

using syntax::Block;
using syntax::Expr;
using syntax::Stmt;
using syntax::StmtKind;

constexpr std::array<std::string_view, 30> k_telling = {"query",
                                                        "select",
                                                        "execute",
                                                        "scalars",
                                                        "scalar",
                                                        "exec",
                                                        "stream",
                                                        "text",
                                                        "get_or_404",
                                                        "paginate",
                                                        "render_template",
                                                        "TemplateResponse",
                                                        "cursor",
                                                        "exec_driver_sql",
                                                        "fetch_all",
                                                        "read_sql",
                                                        "session",
                                                        "_session",
                                                        "db",
                                                        "db_session",
                                                        "_db",
                                                        "Session",
                                                        "SessionLocal",
                                                        "stream_scalars",
                                                        "connection",
                                                        "conn",
                                                        "uow",
                                                        "engine",
                                                        "executemany",
                                                        "render"};

/// Names that so many functions share that they lead nowhere.
constexpr std::array<std::string_view, 16> k_common = {"main",
                                                       "run",
                                                       "get",
                                                       "add",
                                                       "all",
                                                       "list",
                                                       "name",
                                                       "init",
                                                       "setup",
                                                       "close",
                                                       "items",
                                                       "keys",
                                                       "values",
                                                       "start",
                                                       "stop",
                                                       "update"};

void collect(const Expr* expression, Names& names)
{
  if (expression == nullptr) {
    return;
  }
  const bool named = expression->kind == syntax::ExprKind::name
                     || expression->kind == syntax::ExprKind::attribute
                     || expression->kind == syntax::ExprKind::string;
  if (named && !expression->text.empty()) {
    names.insert(expression->text);
  }
  collect(expression->value, names);
  for (const Expr* item : expression->items) {
    collect(item, names);
  }
  for (const Expr* key : expression->keys) {
    collect(key, names);
  }
  for (const auto& keyword : expression->keywords) {
    collect(keyword.value, names);
  }
  for (const auto& clause : expression->clauses) {
    collect(clause.iterable, names);
    for (const Expr* condition : clause.conditions) {
      collect(condition, names);
    }
  }
}

void collect(const Block& block, Names& names);

void collect(const syntax::Function& function, Names& names)
{
  for (const Expr* decorator : function.decorators) {
    collect(decorator, names);
  }
  for (const auto& parameter : function.parameters) {
    collect(parameter.fallback, names);
    collect(parameter.annotation, names);
  }
}

/// Names used by the statements, bodies of nested functions excluded.
void collect(const Stmt& statement, Names& names)
{
  if (statement.kind == StmtKind::function && statement.function != nullptr) {
    collect(*statement.function, names);
    return;
  }
  if (statement.kind == StmtKind::class_ && statement.class_def != nullptr) {
    for (const Expr* base : statement.class_def->bases) {
      collect(base, names);
    }
    collect(statement.class_def->body, names);
    return;
  }
  collect(statement.value, names);
  collect(statement.annotation, names);
  for (const Expr* target : statement.targets) {
    collect(target->value, names);
  }
  for (const auto& item : statement.with_items) {
    collect(item.context, names);
  }
  for (const auto& imported : statement.names) {
    names.insert(imported.name);
  }
  collect(statement.body, names);
  collect(statement.orelse, names);
  collect(statement.finally, names);
  for (const auto& handler : statement.handlers) {
    collect(handler.body, names);
  }
}

void collect(const Block& block, Names& names)
{
  for (const Stmt* statement : block) {
    collect(*statement, names);
  }
}

bool names_something(const Names& names, const Names& telling)
{
  return std::ranges::any_of(names, [&](std::string_view name) { return telling.contains(name); });
}

} // namespace

Names names_used(const Block& block)
{
  Names names;
  collect(block, names);
  return names;
}

std::set<const FunctionInfo*> relevant_functions(const Program& program, const SchemaFacts& schema)
{
  Names telling(k_telling.begin(), k_telling.end());
  for (const MappedClass& mapped : schema.classes) {
    telling.insert(short_name(mapped.name));
    telling.insert(mapped.proxies.begin(), mapped.proxies.end());
  }
  for (const Relationship& relation : schema.relationships) {
    telling.insert(relation.name);
  }
  std::map<std::string_view, std::vector<const FunctionInfo*>> users; // by name used
  std::set<const FunctionInfo*> relevant;
  std::vector<const FunctionInfo*> pending;
  const auto take = [&](const FunctionInfo* function) {
    if (relevant.insert(function).second) {
      pending.push_back(function);
    }
  };
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded) {
      continue;
    }
    for (const FunctionInfo* function : module->functions) {
      const Names names = names_used(function->syntax->body);
      if (names_something(names, telling)) {
        take(function);
      } else {
        for (const std::string_view name : names) {
          users[name].push_back(function);
        }
      }
    }
  }
  while (!pending.empty()) {
    const FunctionInfo* function = pending.back();
    pending.pop_back();
    const std::string_view name = function->syntax->name;
    if (std::ranges::find(k_common, name) != k_common.end() || name.starts_with("__")) {
      continue;
    }
    if (const auto found = users.find(name); found != users.end()) {
      for (const FunctionInfo* user : found->second) {
        take(user);
      }
    }
  }
  return relevant;
}

} // namespace assay::facts::queries
