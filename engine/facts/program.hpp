// SPDX-License-Identifier: MIT
// The candidate's Python as one program: modules under the names their own imports use, classes,
// functions, and what every name stands for. In: a Snapshot's files. Out: ModuleInfo, ClassInfo,
// FunctionInfo and Values on demand. Never executes anything; refuses nothing: what cannot be
// resolved is `unknown`.
#pragma once

#include "engine/facts/value.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/location.hpp"
#include "engine/model/submission.hpp"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts {

struct ProgramState; // storage and indexes; private to the Program's sources

struct FunctionInfo {
  std::string qualified; ///< "app.queries.posts_by_user", "app.repo.PostRepository.by_author"
  const syntax::Function* syntax = nullptr;
  const syntax::Stmt* statement = nullptr;
  const ModuleInfo* module = nullptr;
  const ClassInfo* owner = nullptr;    ///< of a method
  const FunctionInfo* outer = nullptr; ///< of a nested function
};

struct ClassAttribute {
  std::string name;
  const syntax::Expr* annotation = nullptr;
  const syntax::Expr* value = nullptr;
  const syntax::Stmt* statement = nullptr;
};

struct ClassInfo {
  std::string qualified;
  const syntax::Class* syntax = nullptr;
  const syntax::Stmt* statement = nullptr;
  const ModuleInfo* module = nullptr;
  const ClassInfo* outer = nullptr; ///< of a nested class
  std::vector<ClassAttribute>
    attributes; ///< assignments in the body, in order, if/else branches included
  std::vector<const FunctionInfo*> methods;
};

struct ModuleInfo {
  std::string path;
  std::string name; ///< dotted; a file whose stem is no identifier gets "path:" + its path
  bool is_package = false;
  FileRole role = FileRole::graded;
  const syntax::Module* syntax = nullptr;
  std::vector<const ClassInfo*> classes;      ///< top level and nested, in order
  std::vector<const FunctionInfo*> functions; ///< top level, methods and nested, in order
};

/// Class attribute found on a class or one of its bases.
struct FoundAttribute {
  const ClassInfo* owner = nullptr;
  const ClassAttribute* attribute = nullptr;
  const FunctionInfo* method =
    nullptr; ///< instead of `attribute` when it is a def (declared_attr, property)
};

class Program {
public:
  /// Parses every Python file of the snapshot that is not vendored.
  explicit Program(const Snapshot& snapshot);
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;
  ~Program();

  /// Sorted by path.
  [[nodiscard]] const std::vector<SourceFile>& files() const;
  /// Parsed modules, sorted by path. Tests included: look at `role`.
  [[nodiscard]] const std::vector<const ModuleInfo*>& modules() const;
  [[nodiscard]] const ModuleInfo* module(std::string_view dotted_name) const;
  [[nodiscard]] const ModuleInfo* module_at(std::string_view path) const;
  [[nodiscard]] const Snapshot& snapshot() const;

  /// The value of an expression written at module level (or in a class body: give `scope`).
  ValueRef evaluate(const syntax::Expr& expression,
                    const ModuleInfo& module,
                    const ClassInfo* scope = nullptr);

  /// What the module-level name stands for: the last assignment, an import, a def or class; null if
  /// there is none. Follows imports, `import *` of project modules, and re-exports.
  ValueRef lookup(const ModuleInfo& module, std::string_view name);

  /// The file that `import dotted` in `importer` means (`level`: leading dots of a relative
  /// import); null for a library.
  [[nodiscard]] const ModuleInfo*
  imported(const ModuleInfo& importer, std::string_view dotted, int level = 0) const;

  /// Bases of a class, evaluated. A library base is a symbol, a project base a class_ref.
  std::vector<ValueRef> bases(const ClassInfo& info);

  /// The class and its project bases in method resolution order (left to right, depth first, each
  /// once).
  std::vector<const ClassInfo*> ancestry(const ClassInfo& info);

  /// Library bases anywhere in the ancestry (symbols, or other values that are no project class).
  std::vector<ValueRef> library_bases(const ClassInfo& info);

  /// Looks `name` up along the ancestry.
  std::optional<FoundAttribute> attribute(const ClassInfo& info, std::string_view name);

  /// Evaluates an annotation; quoted annotations are parsed. "Mapped[list['Post']]" is
  /// subscript(Mapped, subscript(list, Post)).
  ValueRef annotation(const syntax::Expr& expression,
                      const ModuleInfo& module,
                      const ClassInfo* scope = nullptr);

  /// Parses `text` as an expression of `module` and evaluates it: string targets, primaryjoin
  /// strings, order_by strings. Names that the module does not know become unknown values with
  /// their name as text.
  ValueRef evaluate_text(std::string_view text, const ModuleInfo& module, const syntax::Expr& at);

  /// Values made by extractors themselves.
  ValueRef make(Value value);

  [[nodiscard]] Location locate(const ModuleInfo& module, const syntax::Span& span) const;
  /// Where a value is written; an empty Location if nowhere.
  [[nodiscard]] Location locate(const Value& value) const;

private:
  friend class Interpreter;
  std::unique_ptr<ProgramState> state_;
};

} // namespace assay::facts
