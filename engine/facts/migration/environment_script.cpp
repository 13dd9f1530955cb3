// SPDX-License-Identifier: MIT
#include "engine/facts/migration/environment_script.hpp"

#include "engine/facts/interpreter.hpp"
#include "engine/facts/migration/import_closure.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/schema/mapping_root.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

/// Calls of context.configure() and context.run_migrations().
class ContextObserver final : public Observer {
public:
  void on_call(const Value& call, const FlowContext& context) override
  {
    if (call.base == nullptr || context.after_exit) {
      return;
    }
    const std::string callee = dotted_name(settled(*call.base));
    if (callee == "alembic.context.configure"
        || callee.ends_with("EnvironmentContext().configure")) {
      configured = true;
      configurations.push_back(&call);
    }
    runs =
      runs || callee == "alembic.context.run_migrations" || callee.ends_with("().run_migrations");
  }

  bool configured = false;
  bool runs = false;
  std::vector<const Value*> configurations;
};

/// What target_metadata stands for.
struct Wiring {
  bool given = false;
  bool none = false;
  bool unknown = false;
  bool flask = false;
  std::set<std::string> ids;
};

class WiringReader {
public:
  explicit WiringReader(Program& program)
    : program_(program),
      book_(program)
  {
  }

  void read(const Value& value, int depth)
  {
    if (depth > 8) {
      wiring.unknown = true;
      return;
    }
    switch (value.kind) {
    case ValueKind::none:
      wiring.none = true;
      return;
    case ValueKind::either:
    case ValueKind::list:
    case ValueKind::tuple:
    case ValueKind::set:
    case ValueKind::dict:
      for (const ValueRef item : value.items) {
        read(*item, depth + 1);
      }
      return;
    case ValueKind::call:
      read_call(value, depth);
      return;
    case ValueKind::subscript:
      read_container(value, depth);
      return;
    case ValueKind::attribute:
    case ValueKind::symbol:
    case ValueKind::class_ref:
    case ValueKind::element:
    case ValueKind::unknown:
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::real:
    case ValueKind::string:
    case ValueKind::format_string:
    case ValueKind::module_ref:
    case ValueKind::function_ref:
    case ValueKind::operation:
    case ValueKind::lambda:
    case ValueKind::parameter:
    case ValueKind::comprehension:
      read_metadata(value);
      return;
    }
  }

  Wiring wiring;

private:
  void read_call(const Value& call, int depth)
  {
    const Value& callee = settled(*call.base);
    const bool container = callee.kind == ValueKind::attribute && callee.text == "get"
                           && callee.base != nullptr
                           && settled(*callee.base).kind == ValueKind::dict;
    if (container) {
      read(settled(*callee.base), depth + 1);
    } else {
      read_metadata(call);
    }
  }

  void read_container(const Value& value, int depth)
  {
    const Value& base = settled(*value.base);
    if (base.kind == ValueKind::dict || base.kind == ValueKind::list
        || base.kind == ValueKind::tuple) {
      read(base, depth + 1);
    } else {
      read_metadata(value);
    }
  }

  void read_metadata(const Value& value)
  {
    for (const Value* part = &value; part != nullptr;
         part = part->base == nullptr ? nullptr : &settled(*part->base)) {
      if (part->kind == ValueKind::symbol && part->text.starts_with("flask.")) {
        wiring.given = wiring.flask = true;
        return;
      }
    }
    const bool named = value.kind == ValueKind::attribute || value.kind == ValueKind::call
                       || value.kind == ValueKind::symbol || value.kind == ValueKind::class_ref;
    const std::string id = named ? book_.of_value(value) : std::string();
    if (id.empty()) {
      wiring.unknown = true;
    } else {
      wiring.given = true;
      wiring.ids.insert(id);
    }
  }

  Program& program_;
  MetadataBook book_;
};

bool is_keyword_unknown(const Value& call)
{
  return std::ranges::any_of(call.keywords, [](const auto& entry) { return entry.first.empty(); });
}

Location assignment_line(Program& program, const ModuleInfo& module)
{
  for (const syntax::Stmt* statement : module.syntax->body) {
    for (const syntax::Expr* target : statement->targets) {
      if (target->kind == syntax::ExprKind::name && target->text == "target_metadata") {
        return program.locate(module, statement->span);
      }
    }
  }
  return {};
}

/// Modules that an application server starts from: Flask-Migrate runs inside the application.
std::vector<const ModuleInfo*> application_modules(Program& program)
{
  std::vector<const ModuleInfo*> found;
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded || !module->syntax->source) {
      continue;
    }
    const std::string& text = *module->syntax->source;
    if (text.find("Flask(") != std::string::npos || text.find("Migrate(") != std::string::npos
        || text.find("create_app(") != std::string::npos) {
      found.push_back(module);
    }
  }
  return found;
}

class EnvironmentReader {
public:
  EnvironmentReader(Program& program,
                    const MigrationLayout& layout,
                    const SchemaFacts& schema,
                    MigrationFacts& facts)
    : program_(program),
      layout_(layout),
      schema_(schema),
      facts_(facts)
  {
  }

  void read()
  {
    facts_.environment_problems = layout_.problems;
    const ModuleInfo* module =
      layout_.env_path.empty() ? nullptr : program_.module_at(layout_.env_path);
    if (module == nullptr) {
      facts_.environment_loads = layout_.resolves == Truth::no ? Truth::no : Truth::unknown;
      facts_.metadata_wired = layout_.env_path.empty() ? Truth::no : Truth::unknown;
      return;
    }
    walk(*module);
    set_loads(*module);
    read_wiring(*module);
    read_tables(*module);
  }

private:
  void walk(const ModuleInfo& module)
  {
    Interpreter interpreter(program_);
    interpreter.run_module(module, observer_);
    for (const FunctionInfo* function : module.functions) {
      interpreter.run(*function, {}, observer_);
    }
  }

  void set_loads(const ModuleInfo& module)
  {
    for (const syntax::SyntaxError& error : module.syntax->errors) {
      facts_.environment_problems.push_back(layout_.env_path + ":" + std::to_string(error.span.line)
                                            + ": " + error.message);
    }
    const bool complete_script = observer_.configured && observer_.runs;
    facts_.environment_loads = layout_.resolves == Truth::no ? Truth::no
                               : complete_script             ? layout_.resolves
                                                             : Truth::unknown;
    if (layout_.flask && layout_.resolves != Truth::no && complete_script) {
      facts_.environment_loads = Truth::yes;
    }
    if (!complete_script) {
      facts_.gaps.push_back(layout_.env_path
                            + " was not seen to call context.configure and run_migrations");
    }
  }

  void read_wiring(const ModuleInfo& module)
  {
    WiringReader reader(program_);
    bool absent = false;
    for (const Value* call : observer_.configurations) {
      if (const ValueRef metadata = keyword(*call, "target_metadata")) {
        reader.read(*metadata, 0);
      } else if (is_keyword_unknown(*call)) {
        reader.wiring.unknown = true;
      } else {
        absent = true;
      }
    }
    const Wiring& wiring = reader.wiring;
    if (wiring.given) {
      facts_.metadata_wired = Truth::yes;
    } else if (!wiring.unknown && (wiring.none || absent)) {
      facts_.metadata_wired = Truth::no;
    }
    facts_.metadata_ids.assign(wiring.ids.begin(), wiring.ids.end());
    if (wiring.flask) {
      add_flask_metadata();
    }
    facts_.wired_where = assignment_line(program_, module);
    if (facts_.wired_where.path.empty() && !observer_.configurations.empty()) {
      facts_.wired_where = program_.locate(*observer_.configurations.front());
    }
  }

  void add_flask_metadata()
  {
    for (const MetadataFacts& metadata : schema_.metadata) {
      if (metadata.id.starts_with("flask:") || schema_.metadata.size() == 1) {
        facts_.metadata_ids.push_back(metadata.id);
      }
    }
  }

  void read_tables(const ModuleInfo& module)
  {
    std::vector<const ModuleInfo*> start{&module};
    ImportReach reach = ImportReach::module_level;
    if (layout_.flask) {
      const auto application = application_modules(program_);
      start.insert(start.end(), application.begin(), application.end());
      reach = ImportReach::everywhere;
    }
    ImportClosure closure = import_closure(program_, start, reach);
    add_imports_of_functions(module, closure);
    report_missing(closure);
    facts_.wired_complete = truth(closure.complete && facts_.metadata_wired != Truth::unknown);
    if (facts_.metadata_wired == Truth::no) {
      return;
    }
    for (const Table& table : schema_.tables) {
      const bool reached =
        closure.paths.contains(table.where.path)
        || std::ranges::any_of(schema_.classes, [&](const MappedClass& mapped) {
             return mapped.table == table.name && closure.paths.contains(mapped.where.path);
           });
      if (reached && is_wired(table)) {
        facts_.wired_tables.push_back(table.name);
      }
    }
    std::ranges::sort(facts_.wired_tables);
    const auto [first, last] = std::ranges::unique(facts_.wired_tables);
    facts_.wired_tables.erase(first, last);
  }

  bool is_wired(const Table& table) const
  {
    const auto known = [&](const std::string& id) {
      return std::ranges::any_of(schema_.metadata,
                                 [&](const MetadataFacts& entry) { return entry.id == id; });
    };
    return facts_.metadata_ids.empty() || table.metadata.empty()
           || std::ranges::find(facts_.metadata_ids, table.metadata) != facts_.metadata_ids.end()
           || !std::ranges::all_of(facts_.metadata_ids, known);
  }

  /// env.py calls its own functions, so what they import is imported.
  void add_imports_of_functions(const ModuleInfo& module, ImportClosure& closure)
  {
    std::vector<const ModuleInfo*> targets;
    for (const auto& [dotted, target] : own_imports(program_, module)) {
      targets.push_back(target);
    }
    const ImportReach reach = layout_.flask ? ImportReach::everywhere : ImportReach::module_level;
    ImportClosure more = import_closure(program_, targets, reach);
    closure.paths.merge(more.paths);
    closure.complete = closure.complete && more.complete;
  }

  void report_missing(const ImportClosure& closure)
  {
    for (const std::string& name : closure.missing) {
      const std::string problem = "import of " + name + ", which is not in the repository";
      const bool generated = name.ends_with("version"); // written by the build
      if (!generated
          && std::ranges::find(facts_.environment_problems, problem)
               == facts_.environment_problems.end()) {
        facts_.environment_problems.push_back(problem);
      }
    }
  }

  Program& program_;
  const MigrationLayout& layout_;
  const SchemaFacts& schema_;
  MigrationFacts& facts_;
  ContextObserver observer_;
};

} // namespace

void read_environment_script(Program& program,
                             const MigrationLayout& layout,
                             const SchemaFacts& schema,
                             MigrationFacts& facts)
{
  EnvironmentReader(program, layout, schema, facts).read();
}

} // namespace assay::facts
