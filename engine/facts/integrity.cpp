// SPDX-License-Identifier: MIT
// What a person should look at before trusting a result. Flags say what is there, never what was
// meant.
#include "engine/base/text.hpp"
#include "engine/facts/addressed_text.hpp"
#include "engine/facts/classify.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <map>

namespace assay::facts {

namespace {

using syntax::Block;
using syntax::Expr;
using syntax::ExprKind;
using syntax::Stmt;
using syntax::StmtKind;

/// Names that must come from the runtime. A folder alembic/ is where migrations usually live.
constexpr std::array<std::string_view, 20> k_trusted = {"sqlalchemy",
                                                        "sqlite3",
                                                        "_sqlite3",
                                                        "sitecustomize",
                                                        "usercustomize",
                                                        "psycopg",
                                                        "psycopg2",
                                                        "asyncpg",
                                                        "aiosqlite",
                                                        "pymysql",
                                                        "MySQLdb",
                                                        "flask_sqlalchemy",
                                                        "flask_migrate",
                                                        "sqlmodel",
                                                        "greenlet",
                                                        "sys",
                                                        "os",
                                                        "builtins",
                                                        "importlib",
                                                        "typing_extensions"};

constexpr std::array<std::string_view, 11> k_patchable = {"sqlalchemy",
                                                          "sqlite3",
                                                          "psycopg",
                                                          "psycopg2",
                                                          "asyncpg",
                                                          "aiosqlite",
                                                          "pymysql",
                                                          "MySQLdb",
                                                          "flask_sqlalchemy",
                                                          "sqlmodel",
                                                          "alembic"};

bool starts_package(const Snapshot& snapshot, const std::string& folder)
{
  if (folder.empty() || folder == "src" || folder == "lib") {
    return true;
  }
  constexpr std::array<std::string_view, 6> k_marks = {
    "alembic.ini", "pyproject.toml", "setup.py", "setup.cfg", "manage.py", "requirements.txt"};
  return std::ranges::any_of(
    k_marks, [&](auto mark) { return snapshot.files.contains(folder + "/" + std::string(mark)); });
}

void find_shadowing(const Snapshot& snapshot, std::vector<IntegrityFlag>& flags)
{
  for (const auto& [path, blob] : snapshot.files) {
    if (is_vendored(path)) {
      continue;
    }
    const std::string_view name = file_name_of(path);
    if (name.ends_with(".pth")) {
      flags.push_back({"shadowed_library",
                       {path, 0, 0, 0, {}},
                       "a .pth file changes where Python finds modules"});
      continue;
    }
    if (!name.ends_with(".py")) {
      continue;
    }
    const bool package = name == "__init__.py";
    const std::string folder = folder_of(path);
    const std::string module(package ? file_name_of(folder) : name.substr(0, name.size() - 3));
    const std::string root = package ? folder_of(folder) : folder;
    const bool shadows = among(module, k_trusted) || (!package && module == "alembic");
    if (shadows && (!package || !folder.empty()) && starts_package(snapshot, root)) {
      flags.push_back(
        {"shadowed_library", {path, 1, 1, 1, {}}, "takes the place of the library " + module});
    }
  }
}

bool is_setting(std::string_view attribute)
{
  constexpr std::array<std::string_view, 8> k_settings = {"naming_convention",
                                                          "metadata",
                                                          "cache_ok",
                                                          "isolation_level",
                                                          "row_factory",
                                                          "echo",
                                                          "schema",
                                                          "session_factory"};
  return among(attribute, k_settings);
}

/// Assignments, calls and raises of a module, with what surrounds them.
class PatchFinder {
public:
  PatchFinder(Program& program, const ModuleInfo& module, std::vector<IntegrityFlag>& flags)
    : program_(program),
      module_(module),
      flags_(flags)
  {
  }

  void run()
  {
    block(module_.syntax->body, {});
    if (module_.role == FileRole::test) {
      return;
    }
    for (const FunctionInfo* function : module_.functions) {
      Place inside;
      inside.in_function = true;
      block(function->syntax->body, inside);
    }
  }

private:
  struct Place {
    bool in_function = false;
    bool conditional = false;
    bool guarded = false; ///< if __name__ == "__main__"
  };

  void block(const Block& statements, const Place& place)
  {
    for (const Stmt* statement : statements) {
      visit(*statement, place);
    }
  }

  void visit(const Stmt& statement, const Place& place)
  {
    if (statement.kind == StmtKind::assign || statement.kind == StmtKind::annotated) {
      for (const Expr* target : statement.targets) {
        patched(*target, statement);
      }
    }
    if (statement.kind == StmtKind::expression && statement.value != nullptr) {
      called(*statement.value, statement, place);
    }
    const bool exits = statement.kind == StmtKind::raise && statement.value != nullptr
                       && mentions(*statement.value, "SystemExit");
    if (exits) {
      early_exit(statement, place, "raises SystemExit when it is imported");
    }
    Place inner = place;
    const bool branches = statement.kind == StmtKind::if_ || statement.kind == StmtKind::try_
                          || statement.kind == StmtKind::for_ || statement.kind == StmtKind::while_;
    inner.conditional = place.conditional || branches;
    inner.guarded = place.guarded || is_main_guard(statement);
    block(statement.body, inner);
    block(statement.orelse, inner);
    block(statement.finally, inner);
    for (const syntax::Handler& handler : statement.handlers) {
      block(handler.body, inner);
    }
  }

  static bool mentions(const Expr& expression, std::string_view name)
  {
    return expression.text == name
           || (expression.value != nullptr && mentions(*expression.value, name));
  }

  static bool is_main_guard(const Stmt& statement)
  {
    return statement.kind == StmtKind::if_ && statement.value != nullptr
           && statement.value->kind == ExprKind::compare
           && std::ranges::any_of(statement.value->items,
                                  [](const Expr* item) { return item->text == "__name__"; });
  }

  /// The library name that `expression` certainly stands for: "sqlalchemy.orm.Session".
  std::string library_name(const Expr& expression)
  {
    const Value& value = settled(*program_.evaluate(expression, module_));
    const std::string name = value.kind == ValueKind::symbol ? value.text : std::string();
    return among(std::string_view(name).substr(0, name.find('.')), k_patchable) ? name
                                                                                : std::string();
  }

  void patched(const Expr& target, const Stmt& statement)
  {
    if (target.kind == ExprKind::subscript && target.value != nullptr && !target.items.empty()) {
      const Expr& container = *target.value;
      const bool modules = container.kind == ExprKind::attribute && container.text == "modules"
                           && container.value != nullptr && container.value->text == "sys";
      const Expr& key = *target.items.front();
      if (modules && key.kind == ExprKind::string
          && among(key.text.substr(0, key.text.find('.')), k_patchable)) {
        add("patched_library", statement, "replaces the module " + std::string(key.text));
      }
      return;
    }
    if (target.kind != ExprKind::attribute || target.value == nullptr || is_setting(target.text)
        || module_.role == FileRole::test || target.value->text == "self"
        || target.value->text == "cls") {
      return;
    }
    const std::string owner = library_name(*target.value);
    if (!owner.empty() && !owner.ends_with("metadata")) {
      add("patched_library", statement, "replaces " + owner + "." + std::string(target.text));
    }
  }

  void called(const Expr& expression, const Stmt& statement, const Place& place)
  {
    if (expression.kind != ExprKind::call || expression.value == nullptr) {
      return;
    }
    const Expr& callee = *expression.value;
    const std::string_view owner =
      callee.value != nullptr ? callee.value->text : std::string_view();
    if (callee.text == "setattr" && expression.items.size() == 3
        && module_.role != FileRole::test) {
      const std::string name = library_name(*expression.items.front());
      if (!name.empty()) {
        add("patched_library", statement, "replaces an attribute of " + name);
      }
      return;
    }
    if (callee.text == "_exit" && owner == "os" && !place.guarded) {
      add("early_exit", statement, "ends the process at once");
      return;
    }
    const bool leaves = (callee.text == "exit" && (owner == "sys" || owner.empty()))
                        || (callee.text == "quit" && owner.empty());
    if (leaves && callee.kind != ExprKind::string) {
      early_exit(statement, place, "ends the program when it is imported");
    }
  }

  void early_exit(const Stmt& statement, const Place& place, const char* detail)
  {
    const bool script =
      file_name_of(module_.path) == "__main__.py" || module_.role == FileRole::test;
    if (!place.in_function && !place.conditional && !place.guarded && !script) {
      add("early_exit", statement, detail);
    }
  }

  void add(const char* flag, const Stmt& statement, std::string detail)
  {
    flags_.push_back({flag, program_.locate(module_, statement.span), std::move(detail)});
  }

  Program& program_;
  const ModuleInfo& module_;
  std::vector<IntegrityFlag>& flags_;
};

/// Text that imitates what a grader writes.
bool imitates_results(std::string_view text)
{
  constexpr std::array<std::string_view, 3> k_markers = {
    "Grade :=>>", "\"earned\":", "<testsuites "};
  return std::ranges::any_of(
           k_markers, [&](auto marker) { return text.find(marker) != std::string_view::npos; })
         || (text.find("\"schema_version\"") != std::string_view::npos
             && text.find("\"band\"") != std::string_view::npos);
}

void find_forgeries(Program& program, const ModuleInfo& module, std::vector<IntegrityFlag>& flags)
{
  for (const Expr& expression : module.syntax->expressions) {
    const bool text =
      expression.kind == ExprKind::string || expression.kind == ExprKind::format_string;
    if (text && imitates_results(expression.text)) {
      flags.push_back({"forged_output",
                       program.locate(module, expression.span),
                       "holds text that imitates a grading result"});
    }
  }
}

void find_outside_links(const Snapshot& snapshot, std::vector<IntegrityFlag>& flags)
{
  for (const SkippedPath& skipped : snapshot.skipped) {
    const bool link = skipped.reason == SkipReason::symlink && !skipped.detail.empty();
    if (link && !resolve_path(folder_of(skipped.path), skipped.detail)) {
      flags.push_back(
        {"symlink_outside", {skipped.path, 0, 0, 0, {}}, "leads to " + skipped.detail});
    }
  }
}

/// "backend/venv" for "backend/venv/lib/python3.11/site-packages/flask/app.py"; empty if the path
/// lies in none.
std::string environment_of(std::string_view path)
{
  constexpr std::array<std::string_view, 4> k_folders = {
    "venv", ".venv", "virtualenv", "site-packages"};
  std::string folder;
  const std::string folders(folder_of(path));
  for (const std::string_view part : split(folders, '/')) {
    folder += (folder.empty() ? "" : "/") + std::string(part);
    if (among(part, k_folders)) {
      return folder;
    }
  }
  return {};
}

void find_environments(const Snapshot& snapshot, std::vector<IntegrityFlag>& flags)
{
  std::vector<std::string> marked;
  for (const auto& [path, blob] : snapshot.files) {
    if (file_name_of(path) == "pyvenv.cfg" && path != "pyvenv.cfg") {
      marked.push_back(folder_of(path));
    }
  }
  std::map<std::string, int> files;
  for (const auto& [path, blob] : snapshot.files) {
    const auto inside =
      std::ranges::find_if(marked, [&](const auto& folder) { return lies_below(path, folder); });
    const std::string environment = inside != marked.end() ? *inside : environment_of(path);
    if (!environment.empty()) {
      ++files[environment];
    }
  }
  for (const auto& [folder, count] : files) {
    flags.push_back({"vendored_environment",
                     {folder, 0, 0, 0, {}},
                     std::to_string(count) + (count == 1 ? " file" : " files")
                       + " of a Python environment are committed"});
  }
}

} // namespace

std::vector<IntegrityFlag> read_integrity(Program& program)
{
  std::vector<IntegrityFlag> flags;
  const Snapshot& snapshot = program.snapshot();
  find_shadowing(snapshot, flags);
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::vendored) {
      PatchFinder(program, *module, flags).run();
      find_forgeries(program, *module, flags);
    }
  }
  find_outside_links(snapshot, flags);
  find_environments(snapshot, flags);
  for (AddressedText& text : find_addressed_text(snapshot)) {
    flags.push_back({"instructions_to_grader", std::move(text.where), std::move(text.detail)});
  }
  return flags;
}

} // namespace assay::facts
