// SPDX-License-Identifier: MIT
// Private to the Program's own sources: storage and the tables behind name lookup.
#pragma once

#include "engine/facts/program.hpp"

#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace assay::facts {

enum class BindingKind {
  expression,
  import_module,
  import_name,
  class_def,
  function_def,
  element,
  context
};

/// One way a module-level name gets its value.
struct Binding {
  BindingKind kind = BindingKind::expression;
  const syntax::Expr* expression = nullptr; ///< expression, element (the iterable), context
  std::string module;                       ///< imports: dotted, as written
  std::string name;                         ///< import_name
  int level = 0;                            ///< imports: leading dots
  const ClassInfo* class_info = nullptr;
  const FunctionInfo* function = nullptr;
  bool fallback = false; ///< written in an except clause
};

struct StarImport {
  std::string module;
  int level = 0;
};

struct ModuleScope {
  std::map<std::string, std::vector<Binding>, std::less<>> bindings;
  std::vector<StarImport> stars;
};

struct ProgramState {
  explicit ProgramState(const Snapshot& graded)
    : snapshot(graded)
  {
  }

  const Snapshot& snapshot;
  std::vector<SourceFile> files;
  std::deque<syntax::Module> sources;
  std::deque<ModuleInfo> module_storage;
  std::deque<ClassInfo> classes;
  std::deque<FunctionInfo> functions;
  std::deque<Value> values;
  std::vector<const ModuleInfo*> modules;
  std::map<std::string, const ModuleInfo*, std::less<>> by_name;
  std::map<std::string, const ModuleInfo*, std::less<>> by_path;
  /// By what an import of it ends in: "models" for app/models.py and app/models/__init__.py.
  std::unordered_map<std::string_view, std::vector<const ModuleInfo*>> by_last_name;
  std::unordered_map<const ModuleInfo*, ModuleScope> scopes;
  std::unordered_map<const syntax::Stmt*, const ClassInfo*> class_of;
  std::unordered_map<const syntax::Stmt*, const FunctionInfo*> function_of;
  std::unordered_map<const ModuleInfo*, syntax::Module*> mutable_syntax;

  std::map<std::pair<const ModuleInfo*, std::string>, ValueRef> looked_up;
  std::set<std::pair<const ModuleInfo*, std::string>> looking_up;
  std::map<std::pair<const syntax::Expr*, const ClassInfo*>, ValueRef> evaluated;
  std::set<std::pair<const syntax::Expr*, const ClassInfo*>> evaluating;
  std::unordered_map<const ClassInfo*, std::vector<ValueRef>> bases;

  ValueRef store(Value value)
  {
    values.push_back(std::move(value));
    return &values.back();
  }

  ValueRef unknown(std::string text = {})
  {
    Value value;
    value.text = std::move(text);
    return store(std::move(value));
  }

  ValueRef symbol(std::string text)
  {
    Value value;
    value.kind = ValueKind::symbol;
    value.text = std::move(text);
    return store(std::move(value));
  }
};

/// The file that `dotted` names when imported from `importer`, or null: own modules win over
/// libraries except the ones that everything rests on (sqlalchemy, alembic, the standard library's
/// typing ...).
const ModuleInfo* resolve_import(const ProgramState& state,
                                 const ModuleInfo& importer,
                                 std::string_view dotted,
                                 int level);

/// Absolute dotted name of a relative import, for names that no file answers.
std::string absolute_name(const ModuleInfo& importer, std::string_view dotted, int level);

/// Parses, names and indexes all modules.
void load_modules(ProgramState& state);

/// Collects bindings of a module, recording classes and functions on the way.
void index_module(ProgramState& state, ModuleInfo& module);

/// True for names of Python's builtins: "len", "list", "Exception" ...
bool is_builtin(std::string_view name);

/// What a name that nothing binds was meant to be, "sqlalchemy.orm.selectinload" for
/// "selectinload"; empty for names that are not SQLAlchemy's.
std::string forgotten_import(std::string_view name);

} // namespace assay::facts
