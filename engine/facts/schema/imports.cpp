// SPDX-License-Identifier: MIT
#include "engine/facts/schema/imports.hpp"

#include "engine/facts/program_state.hpp"

#include <algorithm>
#include <functional>

namespace assay::facts {

namespace {

enum class Reach { import_time, anywhere };

using Visit = std::function<void(const syntax::Stmt&)>;

bool is_type_checking(const syntax::Stmt& statement)
{
  return statement.kind == syntax::StmtKind::if_ && statement.value != nullptr
         && statement.value->text == "TYPE_CHECKING";
}

void each_import(const syntax::Block& block, Reach reach, const Visit& visit)
{
  for (const syntax::Stmt* statement : block) {
    if (statement->kind == syntax::StmtKind::import || statement->kind == syntax::StmtKind::import_from) {
      visit(*statement);
    }
    if (reach == Reach::anywhere || !is_type_checking(*statement)) {
      each_import(statement->body, reach, visit);
    }
    each_import(statement->orelse, reach, visit);
    each_import(statement->finally, reach, visit);
    for (const syntax::Handler& handler : statement->handlers) {
      each_import(handler.body, reach, visit);
    }
    if (statement->class_def != nullptr) {
      each_import(statement->class_def->body, reach, visit);
    }
    if (statement->function != nullptr && reach == Reach::anywhere) {
      each_import(statement->function->body, reach, visit);
    }
  }
}

/// Dotted name of what `statement` imports from `module`; relative names are made absolute.
std::vector<std::string> imported_names(const ModuleInfo& module, const syntax::Stmt& statement)
{
  std::vector<std::string> names;
  if (statement.kind == syntax::StmtKind::import) {
    for (const syntax::ImportedName& imported : statement.names) {
      names.emplace_back(imported.name);
    }
    return names;
  }
  const std::string base = absolute_name(module, statement.text, statement.level);
  names.push_back(base);
  for (const syntax::ImportedName& imported : statement.names) {
    if (imported.name != "*") {
      names.push_back(base.empty() ? std::string(imported.name) : base + "." + std::string(imported.name));
    }
  }
  return names;
}

/// The project module of that name, or the nearest one whose name ends so (an import from another root).
const ModuleInfo* project_module(const Program& program, const std::string& name)
{
  if (const ModuleInfo* found = program.module(name)) {
    return found;
  }
  const ModuleInfo* only = nullptr;
  for (const ModuleInfo* module : program.modules()) {
    if (module->name.ends_with("." + name)) {
      if (only != nullptr) {
        return nullptr;
      }
      only = module;
    }
  }
  return only;
}

bool is_trusted_library(std::string_view name)
{
  const std::string_view root = name.substr(0, name.find('.'));
  return root == "sqlalchemy" || root == "alembic" || root == "sqlmodel" || root == "flask_sqlalchemy";
}

} // namespace

std::vector<const ModuleInfo*> import_closure(const Program& program, const std::set<const ModuleInfo*>& roots)
{
  std::set<const ModuleInfo*> reached;
  std::vector<const ModuleInfo*> pending(roots.begin(), roots.end());
  while (!pending.empty()) {
    const ModuleInfo* module = pending.back();
    pending.pop_back();
    if (!reached.insert(module).second) {
      continue;
    }
    for (auto dot = module->name.rfind('.'); dot != std::string::npos && dot > 0; dot = module->name.rfind('.', dot - 1)) {
      const ModuleInfo* package = program.module(module->name.substr(0, dot));
      if (package != nullptr && package->is_package) {
        pending.push_back(package);
      }
    }
    each_import(module->syntax->body, Reach::import_time, [&](const syntax::Stmt& statement) {
      for (const std::string& name : imported_names(*module, statement)) {
        const ModuleInfo* found = is_trusted_library(name) ? nullptr : project_module(program, name);
        if (found != nullptr && found->role == FileRole::graded) {
          pending.push_back(found);
        }
      }
    });
  }
  std::vector<const ModuleInfo*> closure(reached.begin(), reached.end());
  std::ranges::sort(closure, {}, &ModuleInfo::path);
  return closure;
}

std::vector<std::string> foreign_imports(const Program& program, const ModuleInfo& module)
{
  std::set<std::string> names;
  each_import(module.syntax->body, Reach::anywhere, [&](const syntax::Stmt& statement) {
    if (statement.level > 0) {
      return;
    }
    std::vector<std::string> imported;
    if (statement.kind == syntax::StmtKind::import_from) {
      imported.emplace_back(statement.text);
    } else {
      for (const syntax::ImportedName& name : statement.names) {
        imported.emplace_back(name.name);
      }
    }
    for (const std::string& name : imported) {
      const std::string root = name.substr(0, name.find('.'));
      if (is_trusted_library(name) || (project_module(program, name) == nullptr && project_module(program, root) == nullptr)) {
        names.insert(name);
      }
    }
  });
  return {names.begin(), names.end()};
}

std::vector<std::string> foreign_stars(const Program& program, const ModuleInfo& module)
{
  std::vector<std::string> found;
  each_import(module.syntax->body, Reach::import_time, [&](const syntax::Stmt& statement) {
    const bool star = statement.kind == syntax::StmtKind::import_from && statement.names.size() == 1
                      && statement.names.front().name == "*";
    const std::string name = star ? absolute_name(module, statement.text, statement.level) : std::string();
    if (star && !is_trusted_library(name) && project_module(program, name) == nullptr) {
      found.push_back(name);
    }
  });
  return found;
}

} // namespace assay::facts
