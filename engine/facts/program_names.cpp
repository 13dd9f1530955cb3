// SPDX-License-Identifier: MIT
// What names stand for: imports to files, module-level names to values, attributes along base
// classes.
#include "engine/facts/program_state.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

/// A folder or file of the candidate with such a name never hides the library: everything rests on
/// these. Source: checks.md 4.1 and the standard library modules whose objects mean something to
/// the extractors.
constexpr std::array<std::string_view, 26> k_trusted = {"abc",
                                                        "alembic",
                                                        "asyncio",
                                                        "collections",
                                                        "contextlib",
                                                        "dataclasses",
                                                        "datetime",
                                                        "decimal",
                                                        "enum",
                                                        "fastapi",
                                                        "flask",
                                                        "flask_migrate",
                                                        "flask_sqlalchemy",
                                                        "functools",
                                                        "itertools",
                                                        "logging",
                                                        "os",
                                                        "pathlib",
                                                        "pydantic",
                                                        "re",
                                                        "sqlalchemy",
                                                        "sqlite3",
                                                        "sqlmodel",
                                                        "sys",
                                                        "typing",
                                                        "uuid"};

std::string folder_of(std::string_view path)
{
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash + 1));
}

/// The folder above "a/b/" is "a/"; above "a/" it is "".
std::string parent_of(const std::string& folder)
{
  return folder.empty() ? std::string()
                        : folder_of(std::string_view(folder).substr(0, folder.size() - 1));
}

const ModuleInfo*
module_below(const ProgramState& state, const std::string& folder, std::string_view dotted)
{
  std::string path(dotted);
  std::ranges::replace(path, '.', '/');
  for (const char* ending : {".py", "/__init__.py"}) {
    const auto found = state.by_path.find(folder + path + ending);
    if (found != state.by_path.end()) {
      return found->second;
    }
  }
  return nullptr;
}

/// A root elsewhere ("backend/" on the path of a test or of env.py): the only file that answers.
const ModuleInfo* only_answer(const std::vector<const ModuleInfo*>& modules,
                              const ProgramState& state,
                              std::string_view dotted)
{
  std::string path(dotted);
  std::ranges::replace(path, '.', '/');
  const ModuleInfo* only = nullptr;
  for (const ModuleInfo* module : modules) {
    std::string_view rest = module->path;
    const bool is_package = rest.ends_with(path + "/__init__.py");
    if (!is_package && !rest.ends_with(path + ".py")) {
      continue;
    }
    rest.remove_suffix(path.size() + std::string_view(is_package ? "/__init__.py" : ".py").size());
    const bool hidden =
      is_package && state.by_path.contains(std::string(rest) + path + ".py"); // the file wins
    if (!rest.ends_with('/') || hidden) {
      continue;
    }
    if (only != nullptr) {
      return nullptr;
    }
    only = module;
  }
  return only;
}

} // namespace

std::string absolute_name(const ModuleInfo& importer, std::string_view dotted, int level)
{
  if (level == 0) {
    return std::string(dotted);
  }
  std::string base = importer.name;
  for (int up = importer.is_package ? 1 : 0; up < level; ++up) {
    const auto dot = base.rfind('.');
    base = dot == std::string::npos ? std::string() : base.substr(0, dot);
  }
  if (dotted.empty()) {
    return base;
  }
  return base.empty() ? std::string(dotted) : base + "." + std::string(dotted);
}

const ModuleInfo* resolve_import(const ProgramState& state,
                                 const ModuleInfo& importer,
                                 std::string_view dotted,
                                 int level)
{
  std::string folder = folder_of(importer.path);
  if (level > 0) {
    for (int up = 1; up < level; ++up) {
      folder = parent_of(folder);
    }
    if (dotted.empty()) {
      const auto found = state.by_path.find(folder + "__init__.py");
      return found == state.by_path.end() ? nullptr : found->second;
    }
    return module_below(state, folder, dotted);
  }
  const std::string_view top = dotted.substr(0, dotted.find('.'));
  if (std::ranges::find(k_trusted, top) != k_trusted.end()) {
    return nullptr;
  }
  const auto named = state.by_last_name.find(dotted.substr(dotted.rfind('.') + 1));
  if (named == state.by_last_name.end()) {
    return nullptr;
  }
  while (true) {
    for (const char* source_root : {"", "src/", "lib/"}) {
      if (const ModuleInfo* found = module_below(state, folder + source_root, dotted)) {
        return found;
      }
    }
    if (folder.empty()) {
      break;
    }
    folder = parent_of(folder);
  }
  return only_answer(named->second, state, dotted);
}

namespace {

/// Resolves one name of one module; `Program::lookup` adds memory and the guard against circles.
class NameResolver {
public:
  NameResolver(Program& program, ProgramState& state)
    : program_(program),
      state_(state)
  {
  }

  ValueRef resolve(const ModuleInfo& module, const std::string& name)
  {
    const ModuleScope& scope = state_.scopes.at(&module);
    const auto found = scope.bindings.find(name);
    if (found != scope.bindings.end()) {
      return bound(module, found->second);
    }
    if (const ValueRef submodule = submodule_value(module, name)) {
      return submodule;
    }
    for (auto star = scope.stars.rbegin(); star != scope.stars.rend(); ++star) {
      if (const ModuleInfo* target = resolve_import(state_, module, star->module, star->level)) {
        if (name.starts_with('_') && target->syntax != nullptr) {
          continue;
        }
        if (const ValueRef value = program_.lookup(*target, name)) {
          return value;
        }
      } else if (library_has(star->module, name)) {
        return state_.symbol(star->module + "." + name);
      }
    }
    return nullptr;
  }

private:
  ValueRef bound(const ModuleInfo& module, const std::vector<Binding>& bindings)
  {
    const auto regular = std::find_if(
      bindings.rbegin(), bindings.rend(), [](const Binding& binding) { return !binding.fallback; });
    return value_of(module, regular != bindings.rend() ? *regular : bindings.back());
  }

  ValueRef value_of(const ModuleInfo& module, const Binding& binding)
  {
    switch (binding.kind) {
    case BindingKind::expression:
      return program_.evaluate(*binding.expression, module);
    case BindingKind::context: {
      return program_.evaluate(*binding.expression, module);
    }
    case BindingKind::element: {
      Value element;
      element.kind = ValueKind::element;
      element.base = program_.evaluate(*binding.expression, module);
      element.module = &module;
      return state_.store(std::move(element));
    }
    case BindingKind::class_def: {
      Value value;
      value.kind = ValueKind::class_ref;
      value.class_info = binding.class_info;
      value.module = &module;
      return state_.store(std::move(value));
    }
    case BindingKind::function_def: {
      Value value;
      value.kind = ValueKind::function_ref;
      value.function = binding.function;
      value.module = &module;
      return state_.store(std::move(value));
    }
    case BindingKind::import_module:
      return module_value(module, binding.module, binding.level);
    case BindingKind::import_name:
      return imported_name(module, binding);
    }
    return nullptr;
  }

  ValueRef module_value(const ModuleInfo& importer, const std::string& dotted, int level)
  {
    if (const ModuleInfo* target = resolve_import(state_, importer, dotted, level)) {
      Value value;
      value.kind = ValueKind::module_ref;
      value.module = target;
      value.text = target->name;
      return state_.store(std::move(value));
    }
    return state_.symbol(absolute_name(importer, dotted, level));
  }

  ValueRef imported_name(const ModuleInfo& importer, const Binding& binding)
  {
    const std::string inner =
      binding.module.empty() ? binding.name : binding.module + "." + binding.name;
    if (const ModuleInfo* target =
          resolve_import(state_, importer, binding.module, binding.level)) {
      if (const ValueRef value = program_.lookup(*target, binding.name)) {
        return value;
      }
    }
    if (const ModuleInfo* submodule = resolve_import(state_, importer, inner, binding.level)) {
      Value value;
      value.kind = ValueKind::module_ref;
      value.module = submodule;
      value.text = submodule->name;
      return state_.store(std::move(value));
    }
    if (binding.level > 0 || resolve_import(state_, importer, binding.module, 0) != nullptr) {
      return state_.unknown(binding.name); // a module of the candidate's that does not define it
    }
    return state_.symbol(inner);
  }

  /// `import pkg` then `pkg.models`: submodules are attributes of their package.
  ValueRef submodule_value(const ModuleInfo& module, const std::string& name)
  {
    if (!module.is_package) {
      return nullptr;
    }
    if (const ModuleInfo* found = module_below(state_, folder_of(module.path), name)) {
      Value value;
      value.kind = ValueKind::module_ref;
      value.module = found;
      value.text = found->name;
      return state_.store(std::move(value));
    }
    return nullptr;
  }

  /// `from sqlalchemy import *`: any capitalised or well-known name may come from it.
  static bool library_has(std::string_view module, std::string_view name)
  {
    return (module.starts_with("sqlalchemy") || module.starts_with("sqlmodel")
            || module.starts_with("datetime") || module.starts_with("typing"))
           && !is_builtin(name);
  }

  Program& program_;
  ProgramState& state_;
};

} // namespace

ValueRef Program::lookup(const ModuleInfo& module, std::string_view name)
{
  const std::pair<const ModuleInfo*, std::string> key{&module, std::string(name)};
  const auto known = state_->looked_up.find(key);
  if (known != state_->looked_up.end()) {
    return known->second;
  }
  if (!state_->looking_up.insert(key).second) {
    return nullptr; // a circle of imports: nothing more to learn on this way
  }
  const ValueRef value = NameResolver(*this, *state_).resolve(module, key.second);
  state_->looking_up.erase(key);
  if (value != nullptr || state_->looking_up.empty()) {
    state_->looked_up[key] = value;
  }
  return value;
}

std::vector<ValueRef> Program::bases(const ClassInfo& info)
{
  const auto known = state_->bases.find(&info);
  if (known != state_->bases.end()) {
    return known->second;
  }
  std::vector<ValueRef> values;
  for (const syntax::Expr* base : info.syntax->bases) {
    values.push_back(&settled(*evaluate(*base, *info.module)));
  }
  state_->bases[&info] = values;
  return values;
}

std::vector<const ClassInfo*> Program::ancestry(const ClassInfo& info)
{
  std::vector<const ClassInfo*> order;
  std::vector<const ClassInfo*> pending{&info};
  while (!pending.empty() && order.size() < 64) {
    const ClassInfo* current = pending.back();
    pending.pop_back();
    if (std::ranges::find(order, current) != order.end()) {
      continue;
    }
    order.push_back(current);
    const auto values = bases(*current);
    for (auto base = values.rbegin(); base != values.rend(); ++base) {
      const Value& value = (*base)->kind == ValueKind::subscript ? settled(*(*base)->base) : **base;
      if (value.kind == ValueKind::class_ref) {
        pending.push_back(value.class_info);
      }
    }
  }
  return order;
}

std::vector<ValueRef> Program::library_bases(const ClassInfo& info)
{
  std::vector<ValueRef> found;
  for (const ClassInfo* ancestor : ancestry(info)) {
    for (const ValueRef base : bases(*ancestor)) {
      const Value& value = base->kind == ValueKind::subscript ? settled(*base->base) : *base;
      if (value.kind != ValueKind::class_ref) {
        found.push_back(base);
      }
    }
  }
  return found;
}

namespace {

/// `@name.setter` and the like: it has the property's name, but reading the property never runs it.
bool is_accessor(const FunctionInfo& method)
{
  return std::ranges::any_of(method.syntax->decorators, [](const syntax::Expr* decorator) {
    return decorator->kind == syntax::ExprKind::attribute
           && (decorator->text == "setter" || decorator->text == "deleter");
  });
}

} // namespace

std::optional<FoundAttribute> Program::attribute(const ClassInfo& info, std::string_view name)
{
  for (const ClassInfo* owner : ancestry(info)) {
    FoundAttribute found;
    found.owner = owner;
    for (const ClassAttribute& attribute : owner->attributes) {
      if (attribute.name == name) {
        found.attribute = &attribute;
      }
    }
    for (const FunctionInfo* method : owner->methods) {
      if (method->syntax->name == name && (found.method == nullptr || !is_accessor(*method))) {
        found.method = method;
      }
    }
    if (found.attribute != nullptr || found.method != nullptr) {
      return found;
    }
  }
  return std::nullopt;
}

} // namespace assay::facts
