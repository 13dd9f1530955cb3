// SPDX-License-Identifier: MIT
// Loading: parse every module, index what it binds, and give it the dotted name its own imports
// use.
#include "engine/base/text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/program_state.hpp"

#include <algorithm>
#include <functional>

namespace assay::facts {

namespace {

using syntax::Block;
using syntax::Stmt;
using syntax::StmtKind;

/// Walks a module once and records bindings, classes and functions.
class Indexer {
public:
  Indexer(ProgramState& state, ModuleInfo& module)
    : state_(state),
      module_(module),
      scope_(state.scopes[&module])
  {
  }

  void run()
  {
    Place top;
    block(module_.syntax->body, top);
  }

private:
  /// Where a statement stands.
  struct Place {
    ClassInfo* owner = nullptr;
    const FunctionInfo* function = nullptr;
    bool fallback = false;

    [[nodiscard]] bool at_module_level() const { return owner == nullptr && function == nullptr; }
  };

  void block(const Block& statements, const Place& place)
  {
    for (const Stmt* statement : statements) {
      visit(*statement, place);
    }
  }

  void visit(const Stmt& statement, const Place& place)
  {
    switch (statement.kind) {
    case StmtKind::class_:
      define_class(statement, place);
      return;
    case StmtKind::function:
      define_function(statement, place);
      return;
    case StmtKind::import:
    case StmtKind::import_from:
      if (place.at_module_level()) {
        bind_import(statement, place);
      }
      return;
    case StmtKind::assign:
    case StmtKind::annotated:
    case StmtKind::augmented:
    case StmtKind::type_alias:
      assign(statement, place);
      return;
    case StmtKind::for_:
      if (place.at_module_level() && statement.value != nullptr && !statement.targets.empty()) {
        bind_targets(*statement.targets.front(), statement.value, BindingKind::element, place);
      }
      break;
    case StmtKind::with:
      for (const syntax::WithItem& item : statement.with_items) {
        if (place.at_module_level() && item.target != nullptr) {
          bind_targets(*item.target, item.context, BindingKind::context, place);
        }
      }
      break;
    case StmtKind::error:
    case StmtKind::expression:
    case StmtKind::return_:
    case StmtKind::if_:
    case StmtKind::while_:
    case StmtKind::try_:
    case StmtKind::raise:
    case StmtKind::pass:
    case StmtKind::delete_:
    case StmtKind::assert_:
    case StmtKind::global:
    case StmtKind::match:
    case StmtKind::jump:
      break;
    }
    nested(statement, place);
  }

  void nested(const Stmt& statement, const Place& place)
  {
    block(statement.body, place);
    for (const syntax::Handler& handler : statement.handlers) {
      Place inner = place;
      inner.fallback = statement.kind == StmtKind::try_ || place.fallback;
      block(handler.body, inner);
    }
    block(statement.orelse, place);
    block(statement.finally, place);
  }

  void bind(std::string_view name, Binding binding)
  {
    scope_.bindings[std::string(name)].push_back(std::move(binding));
  }

  void bind_targets(const syntax::Expr& target,
                    const syntax::Expr* value,
                    BindingKind kind,
                    const Place& place)
  {
    if (target.kind == syntax::ExprKind::name) {
      Binding binding;
      binding.kind = kind;
      binding.expression = value;
      binding.fallback = place.fallback;
      bind(target.text, std::move(binding));
    } else if (target.kind == syntax::ExprKind::tuple || target.kind == syntax::ExprKind::list) {
      const bool pairwise =
        kind == BindingKind::expression && value != nullptr
        && (value->kind == syntax::ExprKind::tuple || value->kind == syntax::ExprKind::list)
        && value->items.size() == target.items.size();
      for (std::size_t i = 0; i < target.items.size(); ++i) {
        bind_targets(*target.items[i],
                     pairwise ? value->items[i] : value,
                     pairwise ? BindingKind::expression : BindingKind::element,
                     place);
      }
    }
  }

  void assign(const Stmt& statement, const Place& place)
  {
    if (place.function != nullptr && place.owner == nullptr) {
      return;
    }
    for (const syntax::Expr* target : statement.targets) {
      if (place.owner != nullptr) {
        if (target->kind == syntax::ExprKind::name && place.function == nullptr) {
          place.owner->attributes.push_back(
            {std::string(target->text), statement.annotation, statement.value, &statement});
        }
      } else if (statement.value != nullptr && statement.kind != StmtKind::augmented) {
        bind_targets(*target, statement.value, BindingKind::expression, place);
      }
    }
    if (statement.kind == StmtKind::type_alias && place.at_module_level()) {
      Binding binding;
      binding.expression = statement.value;
      bind(statement.text, std::move(binding));
    }
  }

  void bind_import(const Stmt& statement, const Place& place)
  {
    for (const syntax::ImportedName& imported : statement.names) {
      Binding binding;
      binding.fallback = place.fallback;
      binding.level = statement.level;
      if (statement.kind == StmtKind::import) {
        binding.kind = BindingKind::import_module;
        const std::string_view first = imported.name.substr(0, imported.name.find('.'));
        binding.module = imported.alias.empty() ? std::string(first) : std::string(imported.name);
        bind(imported.alias.empty() ? first : imported.alias, std::move(binding));
      } else if (imported.name == "*") {
        scope_.stars.push_back({std::string(statement.text), statement.level});
      } else {
        binding.kind = BindingKind::import_name;
        binding.module = std::string(statement.text);
        binding.name = std::string(imported.name);
        bind(imported.alias.empty() ? imported.name : imported.alias, std::move(binding));
      }
    }
  }

  void define_class(const Stmt& statement, const Place& place)
  {
    state_.classes.emplace_back();
    ClassInfo& info = state_.classes.back();
    info.syntax = statement.class_def.get();
    info.statement = &statement;
    info.module = &module_;
    info.outer = place.owner;
    info.qualified = std::string(info.syntax->name); // completed once modules have names
    module_.classes.push_back(&info);
    state_.class_of[&statement] = &info;
    if (place.at_module_level()) {
      Binding binding;
      binding.kind = BindingKind::class_def;
      binding.class_info = &info;
      binding.fallback = place.fallback;
      bind(info.syntax->name, std::move(binding));
    }
    Place inner;
    inner.owner = &info;
    block(info.syntax->body, inner);
  }

  void define_function(const Stmt& statement, const Place& place)
  {
    state_.functions.emplace_back();
    FunctionInfo& info = state_.functions.back();
    info.syntax = statement.function.get();
    info.statement = &statement;
    info.module = &module_;
    info.owner = place.function == nullptr ? place.owner : nullptr;
    info.outer = place.function;
    info.qualified = std::string(info.syntax->name);
    module_.functions.push_back(&info);
    state_.function_of[&statement] = &info;
    if (info.owner != nullptr) {
      place.owner->methods.push_back(&info);
    }
    if (place.at_module_level()) {
      Binding binding;
      binding.kind = BindingKind::function_def;
      binding.function = &info;
      binding.fallback = place.fallback;
      bind(info.syntax->name, std::move(binding));
    }
    Place inner;
    inner.function = &info;
    block(info.syntax->body, inner);
  }

  ProgramState& state_;
  ModuleInfo& module_;
  ModuleScope& scope_;
};

Evidence evidence_of(const ModuleInfo& module, const syntax::SyntaxError& error)
{
  Evidence evidence;
  evidence.where = {module.path,
                    error.span.line,
                    error.span.column,
                    error.span.end_line,
                    printable(trim(syntax::line_text(*module.syntax, error.span.line)))};
  evidence.note = error.message;
  return evidence;
}

/// What an import of the file at `path` may end in.
std::vector<std::string_view> last_names(std::string_view path)
{
  path.remove_suffix(std::string_view(".py").size());
  const auto last = [](std::string_view text) { return text.substr(text.rfind('/') + 1); };
  std::vector<std::string_view> names{last(path)};
  if (path.ends_with("/__init__")) {
    path.remove_suffix(std::string_view("/__init__").size());
    names.push_back(last(path));
  }
  return names;
}

void parse_file(ProgramState& state, const std::string& path, const Blob& blob, FileRole role)
{
  SourceFile file;
  file.path = path;
  file.role = role;
  if (blob.content) {
    DecodedText decoded = decode(*blob.content);
    file.encoding = decoded.encoding;
    file.lines = static_cast<int>(std::ranges::count(decoded.text, '\n'));
    if (role != FileRole::vendored && decoded.encoding != "binary") {
      state.sources.push_back(syntax::parse(std::move(decoded.text)));
      ModuleInfo& module = state.module_storage.emplace_back();
      module.path = path;
      module.role = role;
      module.is_package = path == "__init__.py" || path.ends_with("/__init__.py");
      module.syntax = &state.sources.back();
      state.mutable_syntax[&module] = &state.sources.back();
      state.by_path[path] = &module;
      for (const std::string_view name : last_names(module.path)) {
        state.by_last_name[name].push_back(&module);
      }
      file.parsed = true;
      for (const syntax::SyntaxError& error : module.syntax->errors) {
        file.syntax_errors.push_back(evidence_of(module, error));
      }
    }
  }
  state.files.push_back(std::move(file));
}

/// "a/b/c.py" below "a/" is "b.c"; empty if some part is no identifier.
std::string dotted_below(std::string_view path, std::string_view root)
{
  std::string_view rest = path.substr(root.size());
  rest.remove_suffix(std::string_view(".py").size());
  std::string dotted;
  for (const std::string_view part : split(rest, '/')) {
    const auto word = [](char c) {
      return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
             || static_cast<unsigned char>(c) >= 0x80;
    };
    if (part.empty() || (part[0] >= '0' && part[0] <= '9') || !std::ranges::all_of(part, word)) {
      return {};
    }
    dotted += (dotted.empty() ? "" : ".") + std::string(part);
  }
  if (dotted == "__init__") {
    return {};
  }
  if (dotted.ends_with(".__init__")) {
    dotted.resize(dotted.size() - std::string_view(".__init__").size());
  }
  return dotted;
}

/// For every root folder, how often an absolute import found a module of which top-level name below
/// it.
using Evidences =
  std::map<std::pair<std::string, std::string>, int>; // (root, top-level name) -> imports

/// Modules that a statement may load: `from app import models` names app and app.models.
std::vector<std::string> imported_modules(const Stmt& statement)
{
  std::vector<std::string> names;
  for (const auto& imported : statement.names) {
    names.push_back(statement.kind == StmtKind::import
                      ? std::string(imported.name)
                      : std::string(statement.text) + "." + std::string(imported.name));
  }
  if (statement.kind == StmtKind::import_from) {
    names.emplace_back(statement.text);
  }
  return names;
}

void collect_imports(const ProgramState& state,
                     const ModuleInfo& module,
                     const Block& block,
                     Evidences& evidences)
{
  for (const Stmt* statement : block) {
    if ((statement->kind == StmtKind::import || statement->kind == StmtKind::import_from)
        && statement->level == 0) {
      for (const std::string& name : imported_modules(*statement)) {
        const ModuleInfo* target = resolve_import(state, module, name, 0);
        std::string suffix(name);
        std::ranges::replace(suffix, '.', '/');
        if (target == nullptr) {
          continue;
        }
        std::string_view path = target->path;
        path.remove_suffix(path.ends_with("/__init__.py") ? 12 : 3);
        if (path.ends_with(suffix)) {
          const std::string root(path.substr(0, path.size() - suffix.size()));
          ++evidences[{root, name.substr(0, name.find('.'))}];
        }
      }
    }
    collect_imports(state, module, statement->body, evidences);
    collect_imports(state, module, statement->orelse, evidences);
    if (statement->function != nullptr) {
      collect_imports(state, module, statement->function->body, evidences);
    }
    for (const auto& handler : statement->handlers) {
      collect_imports(state, module, handler.body, evidences);
    }
  }
}

std::string name_module(const ModuleInfo& module, const Evidences& evidences)
{
  std::string best;
  int best_count = 0;
  for (const auto& [key, count] : evidences) {
    const auto& [root, top] = key;
    if (!module.path.starts_with(root) || count <= best_count) {
      continue;
    }
    const std::string dotted = dotted_below(module.path, root);
    if (!dotted.empty() && dotted.substr(0, dotted.find('.')) == top) {
      best = dotted;
      best_count = count;
    }
  }
  if (best.empty()) {
    for (const std::string_view root : {"src/", "lib/"}) {
      if (module.path.starts_with(root)) {
        best = dotted_below(module.path, root);
      }
    }
  }
  if (best.empty()) {
    best = dotted_below(module.path, "");
  }
  return best.empty() ? "path:" + module.path : best;
}

void qualify(ProgramState& state)
{
  for (ClassInfo& info : state.classes) {
    std::string name(info.syntax->name);
    for (const ClassInfo* outer = info.outer; outer != nullptr; outer = outer->outer) {
      name = std::string(outer->syntax->name) + "." + name;
    }
    info.qualified = info.module->name + "." + name;
  }
  for (FunctionInfo& info : state.functions) { // outer functions come first
    const std::string& scope = info.owner != nullptr   ? info.owner->qualified
                               : info.outer != nullptr ? info.outer->qualified
                                                       : info.module->name;
    info.qualified = scope + "." + std::string(info.syntax->name);
  }
}

} // namespace

void index_module(ProgramState& state, ModuleInfo& module)
{
  Indexer(state, module).run();
}

void load_modules(ProgramState& state)
{
  const auto roles = classify_python(state.snapshot);
  for (const auto& [path, role] : roles) {
    parse_file(state, path, state.snapshot.files.at(path), role);
  }
  Evidences evidences;
  for (ModuleInfo& module : state.module_storage) {
    index_module(state, module);
    collect_imports(state, module, module.syntax->body, evidences);
  }
  for (ModuleInfo& module : state.module_storage) {
    module.name = name_module(module, evidences);
    state.modules.push_back(&module);
    state.by_name.emplace(module.name, &module);
  }
  for (SourceFile& file : state.files) {
    const auto found = state.by_path.find(file.path);
    file.module = found == state.by_path.end() ? std::string() : found->second->name;
  }
  qualify(state);
}

} // namespace assay::facts
