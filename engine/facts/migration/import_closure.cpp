// SPDX-License-Identifier: MIT
#include "engine/facts/migration/import_closure.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/migration/paths.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts {

namespace {

using syntax::Block;
using syntax::Stmt;
using syntax::StmtKind;

/// One module that a statement imports.
struct Import {
  std::string dotted;
  int level = 0;
  bool required = true; ///< "from a import b": b need not be a module
  bool guarded = false; ///< under try: or TYPE_CHECKING
};

bool is_type_checking(const Stmt& statement)
{
  return statement.kind == StmtKind::if_ && statement.value != nullptr
         && statement.value->text == "TYPE_CHECKING";
}

class ImportCollector {
public:
  explicit ImportCollector(ImportReach reach)
    : reach_(reach)
  {
  }

  void block(const Block& statements, bool guarded)
  {
    for (const Stmt* statement : statements) {
      visit(*statement, guarded);
    }
  }

  std::vector<Import> imports;

private:
  void visit(const Stmt& statement, bool guarded)
  {
    if (is_type_checking(statement)) {
      block(statement.orelse, guarded);
      return;
    }
    if (statement.kind == StmtKind::import) {
      for (const auto& name : statement.names) {
        imports.push_back({std::string(name.name), 0, true, guarded});
      }
    } else if (statement.kind == StmtKind::import_from) {
      const std::string base(statement.text);
      imports.push_back({base, statement.level, true, guarded});
      for (const auto& name : statement.names) {
        if (name.name != "*") {
          imports.push_back(
            {base.empty() ? std::string(name.name) : base + "." + std::string(name.name),
             statement.level,
             false,
             guarded});
        }
      }
    } else if (statement.kind == StmtKind::function && reach_ == ImportReach::everywhere) {
      block(statement.function->body, true);
    } else if (statement.kind == StmtKind::class_) {
      block(statement.class_def->body, guarded);
    }
    const bool inner = guarded || statement.kind == StmtKind::try_;
    block(statement.body, inner);
    block(statement.orelse, inner);
    block(statement.finally, inner);
    for (const syntax::Handler& handler : statement.handlers) {
      block(handler.body, true);
    }
  }

  ImportReach reach_;
};

/// True if `mark` stands in the text as a word of its own: not `session.exec(`.
bool calls(std::string_view text, std::string_view mark)
{
  for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    if (before != '_' && std::isalnum(static_cast<unsigned char>(before)) == 0
        && (before != '.' || mark != "exec(")) {
      return true;
    }
  }
  return false;
}

bool imports_dynamically(const ModuleInfo& module)
{
  constexpr std::array<std::string_view, 6> k_marks = {
    "import_module(", "__import__(", "iter_modules(", "walk_packages(", "exec(", "autodiscover("};
  return module.syntax->source && std::ranges::any_of(k_marks, [&](auto mark) {
           return calls(*module.syntax->source, mark);
         });
}

class ClosureWalk {
public:
  ClosureWalk(Program& program, ImportReach reach)
    : program_(program),
      reach_(reach)
  {
  }

  void enter(const ModuleInfo& module)
  {
    pending_.push_back(&module);
    while (!pending_.empty()) {
      const ModuleInfo* next = pending_.back();
      pending_.pop_back();
      if (closure_.paths.insert(next->path).second) {
        follow(*next);
      }
    }
  }

  ImportClosure take() { return std::move(closure_); }

private:
  void follow(const ModuleInfo& module)
  {
    add_packages(module);
    closure_.complete = closure_.complete && !imports_dynamically(module);
    ImportCollector collector(reach_);
    collector.block(module.syntax->body, false);
    for (const Import& import : collector.imports) {
      if (const ModuleInfo* target = program_.imported(module, import.dotted, import.level)) {
        pending_.push_back(target);
      } else if (import.required && !import.guarded) {
        missing(module, import);
      }
    }
  }

  /// Importing a.b.c runs a/__init__.py and a/b/__init__.py first.
  void add_packages(const ModuleInfo& module)
  {
    std::string folder = folder_of(module.path);
    while (!folder.empty()) {
      const ModuleInfo* package = program_.module_at(folder + "/__init__.py");
      if (package == nullptr) {
        return;
      }
      pending_.push_back(package);
      folder = folder_of(folder);
    }
  }

  void missing(const ModuleInfo& module, const Import& import)
  {
    const auto dot = import.dotted.find('.');
    const bool inside_own_package =
      import.level > 0
      || (dot != std::string::npos
          && program_.imported(module, std::string_view(import.dotted).substr(0, dot)) != nullptr);
    if (inside_own_package && !import.dotted.empty()) {
      closure_.missing.push_back(import.dotted);
    }
  }

  Program& program_;
  ImportReach reach_;
  ImportClosure closure_;
  std::vector<const ModuleInfo*> pending_;
};

} // namespace

ImportClosure
import_closure(Program& program, const std::vector<const ModuleInfo*>& start, ImportReach reach)
{
  ClosureWalk walk(program, reach);
  for (const ModuleInfo* module : start) {
    walk.enter(*module);
  }
  return walk.take();
}

std::vector<std::pair<std::string, const ModuleInfo*>> own_imports(Program& program,
                                                                   const ModuleInfo& module)
{
  ImportCollector collector(ImportReach::everywhere);
  collector.block(module.syntax->body, false);
  std::vector<std::pair<std::string, const ModuleInfo*>> found;
  for (const Import& import : collector.imports) {
    const ModuleInfo* target = program.imported(module, import.dotted, import.level);
    if (target != nullptr && target != &module) {
      found.emplace_back(import.dotted, target);
    }
  }
  return found;
}

} // namespace assay::facts
