// SPDX-License-Identifier: MIT
#include "engine/facts/schema/imports.hpp"

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
    if (statement->kind == syntax::StmtKind::import
        || statement->kind == syntax::StmtKind::import_from) {
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

/// "..db" imported by "app.api.routes" is "app.db".
std::string absolute(const ModuleInfo& importer, std::string_view dotted, int level)
{
  if (level == 0) {
    return std::string(dotted);
  }
  std::string base = importer.name;
  for (int up = importer.is_package ? 1 : 0; up < level; ++up) {
    const auto dot = base.rfind('.');
    base = dot == std::string::npos ? std::string() : base.substr(0, dot);
  }
  const bool joined = !base.empty() && !dotted.empty();
  return base + (joined ? "." : "") + std::string(dotted);
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
  const std::string base = absolute(module, statement.text, statement.level);
  names.push_back(base);
  for (const syntax::ImportedName& imported : statement.names) {
    if (imported.name != "*") {
      names.push_back(base.empty() ? std::string(imported.name)
                                   : base + "." + std::string(imported.name));
    }
  }
  return names;
}

bool is_trusted_library(std::string_view name)
{
  const std::string_view root = name.substr(0, name.find('.'));
  return root == "sqlalchemy" || root == "alembic" || root == "sqlmodel"
         || root == "flask_sqlalchemy";
}

std::size_t common_prefix(std::string_view a, std::string_view b)
{
  const auto [end, other] = std::ranges::mismatch(a, b);
  (void)other;
  return static_cast<std::size_t>(end - a.begin());
}

} // namespace

ImportIndex::ImportIndex(const Program& program)
  : program_(program)
{
  for (const ModuleInfo* module : program.modules()) {
    std::string_view suffix = module->name;
    while (!suffix.empty()) {
      by_suffix_[std::string(suffix)].push_back(module);
      const auto dot = suffix.find('.');
      first_parts_.insert(std::string(suffix.substr(0, dot)));
      suffix = dot == std::string_view::npos ? std::string_view() : suffix.substr(dot + 1);
    }
  }
}

const ModuleInfo* ImportIndex::find(const ModuleInfo& importer, std::string_view dotted) const
{
  const auto found = by_suffix_.find(dotted);
  if (found == by_suffix_.end() || is_trusted_library(dotted)) {
    return nullptr;
  }
  return *std::ranges::max_element(found->second, {}, [&](const ModuleInfo* module) {
    return common_prefix(module->path, importer.path);
  });
}

bool ImportIndex::is_own(std::string_view dotted) const
{
  return !is_trusted_library(dotted) && first_parts_.contains(dotted.substr(0, dotted.find('.')));
}

std::vector<const ModuleInfo*> import_closure(const ImportIndex& index,
                                              const std::set<const ModuleInfo*>& roots)
{
  std::set<const ModuleInfo*> reached;
  std::vector<const ModuleInfo*> pending(roots.begin(), roots.end());
  while (!pending.empty()) {
    const ModuleInfo* module = pending.back();
    pending.pop_back();
    if (!reached.insert(module).second) {
      continue;
    }
    for (auto dot = module->name.rfind('.'); dot != std::string::npos && dot > 0;
         dot = module->name.rfind('.', dot - 1)) {
      const ModuleInfo* package = index.program().module(module->name.substr(0, dot));
      if (package != nullptr && package->is_package) {
        pending.push_back(package);
      }
    }
    each_import(module->syntax->body, Reach::import_time, [&](const syntax::Stmt& statement) {
      for (const std::string& name : imported_names(*module, statement)) {
        const ModuleInfo* found = index.find(*module, name);
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

std::vector<std::string> foreign_imports(const ImportIndex& index, const ModuleInfo& module)
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
      if (!index.is_own(name)) {
        names.insert(name);
      }
    }
  });
  return {names.begin(), names.end()};
}

std::vector<std::string> foreign_stars(const ImportIndex& index, const ModuleInfo& module)
{
  std::vector<std::string> found;
  each_import(module.syntax->body, Reach::import_time, [&](const syntax::Stmt& statement) {
    const bool star = statement.kind == syntax::StmtKind::import_from && statement.names.size() == 1
                      && statement.names.front().name == "*";
    const std::string name =
      star ? absolute(module, statement.text, statement.level) : std::string();
    if (star && !is_trusted_library(name) && index.find(module, name) == nullptr) {
      found.push_back(name);
    }
  });
  return found;
}

} // namespace assay::facts
