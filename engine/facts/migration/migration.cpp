// SPDX-License-Identifier: MIT
// Migrations of a submission: find them, read each revision, replay them.
#include "engine/facts/extract.hpp"
#include "engine/facts/interpreter.hpp"
#include "engine/facts/migration/environment_script.hpp"
#include "engine/facts/migration/import_closure.hpp"
#include "engine/facts/migration/layout.hpp"
#include "engine/facts/migration/operations.hpp"
#include "engine/facts/migration/paths.hpp"
#include "engine/facts/migration/replay.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

// Section 7 of the checks: names resolved to the libraries, names only, nothing seen.
constexpr double k_resolved = 0.75;
constexpr double k_two_branches = 0.6; // a condition writes one table in two ways
constexpr double k_by_name = 0.5;
constexpr double k_nothing = 0.2;

/// Environments beyond this many are not compared with each other.
constexpr std::size_t k_max_environments = 4;

void add_syntax_problems(Program& program, const ModuleInfo& module, Revision& facts)
{
  for (const syntax::SyntaxError& error : module.syntax->errors) {
    RevisionProblem problem;
    problem.id = "syntax";
    problem.detail = error.message;
    problem.where = program.locate(module, error.span);
    facts.problems.push_back(std::move(problem));
  }
}

void add_application_imports(Program& program,
                             const ModuleInfo& module,
                             const MigrationLayout& layout,
                             Revision& facts)
{
  for (const auto& [dotted, target] : own_imports(program, module)) {
    const bool own = lies_below(target->path, folder_of(module.path))
                     || (!layout.directory.empty() && lies_below(target->path, layout.directory));
    const bool sibling = target->role == FileRole::migration;
    if (!own && !sibling
        && std::ranges::find(facts.application_imports, dotted)
             == facts.application_imports.end()) {
      facts.application_imports.push_back(dotted);
    }
  }
}

/// Names that no import of the revision provides, met when the file itself is loaded.
class LoadObserver final : public Observer {
public:
  explicit LoadObserver(Program& program, const ModuleInfo& module, StepList& list)
    : program_(program),
      module_(module),
      list_(list)
  {
  }

  void on_undefined(const syntax::Expr& name, const FlowContext& context) override
  {
    if (!context.after_exit && !context.in_main_guard && !context.conditional) {
      list_.undefined_names.emplace_back(std::string(name.text),
                                         program_.locate(module_, name.span));
    }
  }

private:
  Program& program_;
  const ModuleInfo& module_;
  StepList& list_;
};

ReadRevision read_revision(Program& program,
                           const ModuleInfo& module,
                           const MigrationLayout& layout,
                           const SchemaFacts& schema)
{
  ReadRevision revision;
  revision.file = read_identity(program, module);
  revision.upgrade = read_steps(program, module, "upgrade", schema);
  revision.downgrade = read_steps(program, module, "downgrade", schema);
  LoadObserver observer(program, module, revision.upgrade);
  Interpreter interpreter(program);
  interpreter.run_module(module, observer);
  Revision& facts = revision.file.facts;
  facts.upgrade_complete = truth(revision.upgrade.complete);
  facts.downgrade_complete = truth(revision.downgrade.complete);
  facts.downgrade_raises = revision.downgrade.raises;
  facts.downgrade_empty = !revision.downgrade.defined || revision.downgrade.trivial;
  for (const Step& step : revision.upgrade.steps) {
    facts.upgrade.push_back(step.operation);
  }
  for (const Step& step : revision.downgrade.steps) {
    facts.downgrade.push_back(step.operation);
  }
  add_syntax_problems(program, module, facts);
  add_application_imports(program, module, layout, facts);
  return revision;
}

/// Helper modules between the revisions: Alembic refuses them, unless they carry a revision.
bool is_revision_file(Program& program, const ModuleInfo& module)
{
  const bool upgrades = std::ranges::any_of(module.functions, [](const FunctionInfo* function) {
    return function->owner == nullptr && function->outer == nullptr
           && function->syntax->name == "upgrade";
  });
  return declares_revision(module) || program.lookup(module, "revision") != nullptr || upgrades;
}

std::vector<const ModuleInfo*>
revision_modules(Program& program, const MigrationLayout& layout, MigrationFacts& facts)
{
  std::vector<const ModuleInfo*> modules;
  for (const ModuleInfo* module : layout.revisions) {
    if (is_revision_file(program, *module)) {
      modules.push_back(module);
    } else {
      facts.gaps.push_back(module->path + " lies among the revisions and is none");
    }
  }
  for (const ModuleInfo* module : layout.strays) {
    facts.gaps.push_back(module->path + " lies where Alembic does not look for revisions");
  }
  return modules.empty() ? layout.strays : modules;
}

bool may_name_constraints(const SchemaFacts& schema)
{
  return schema.complete != Truth::yes
         || std::ranges::any_of(schema.metadata, [](const MetadataFacts& metadata) {
              return metadata.naming_convention != Truth::no;
            });
}

/// The downgrade carries its own mark, so only what the upgrades make counts here.
void set_confidence(MigrationFacts& facts)
{
  facts.basis = Basis::reading;
  facts.confidence = facts.kind == MigrationKind::none         ? k_nothing
                     : facts.tables_complete == Truth::yes     ? k_resolved
                     : facts.tables_complete == Truth::unknown ? k_two_branches
                                                               : k_by_name;
}

void read_revisions(Program& program,
                    const std::vector<const ModuleInfo*>& modules,
                    const MigrationLayout& layout,
                    const SchemaFacts& schema,
                    MigrationFacts& facts)
{
  std::vector<ReadRevision> read;
  std::vector<RevisionFile> files;
  for (const ModuleInfo* module : modules) {
    read.push_back(read_revision(program, *module, layout, schema));
    files.push_back(read.back().file);
  }
  RevisionGraph graph = read_graph(files);
  facts.heads = std::move(graph.heads);
  facts.graph_ok = graph.ok;
  facts.graph_problems = std::move(graph.problems);
  std::vector<ReadRevision> ordered;
  for (const std::size_t index : graph.order) {
    ordered.push_back(std::move(read[index]));
  }
  replay(ordered, may_name_constraints(schema), facts);
  for (ReadRevision& revision : ordered) {
    for (const StepList* list : {&revision.upgrade, &revision.downgrade}) {
      facts.gaps.insert(facts.gaps.end(), list->gaps.begin(), list->gaps.end());
    }
    facts.revisions.push_back(std::move(revision.file.facts));
  }
}

MigrationFacts
read_environment_at(Program& program, const MigrationLayout& layout, const SchemaFacts& schema)
{
  MigrationFacts facts;
  facts.kind = layout.flask ? MigrationKind::flask_migrate : MigrationKind::alembic;
  facts.directory = layout.directory;
  facts.config_path = layout.config_path;
  facts.env_path = layout.env_path;
  facts.gaps = layout.gaps;
  facts.where.path = !layout.env_path.empty() ? layout.env_path : layout.config_path;
  read_environment_script(program, layout, schema, facts);
  facts.secrets = find_secrets(program, layout);
  read_revisions(program, revision_modules(program, layout, facts), layout, schema, facts);
  return facts;
}

/// How much of the models' schema an environment builds.
std::size_t tables_in_common(const MigrationFacts& facts, const SchemaFacts& schema)
{
  return static_cast<std::size_t>(std::ranges::count_if(facts.tables, [&](const Table& table) {
    return std::ranges::find(schema.tables, table.name, &Table::name) != schema.tables.end();
  }));
}

void use_lone_revisions(Program& program,
                        const std::vector<const ModuleInfo*>& modules,
                        const SchemaFacts& schema,
                        MigrationFacts& facts)
{
  const bool environment = facts.kind != MigrationKind::none;
  facts.kind = MigrationKind::lone_revision;
  if (environment) {
    facts.environment_problems.emplace_back(
      "the revision files lie outside of the version locations");
  } else {
    facts.directory = folder_of(modules.front()->path);
    facts.environment_loads = Truth::no;
    facts.metadata_wired = Truth::no;
  }
  facts.where.path = modules.front()->path;
  read_revisions(program, modules, MigrationLayout{}, schema, facts);
}

} // namespace

MigrationFacts
read_migration(Program& program, const EnvironmentFacts& environment, const SchemaFacts& schema)
{
  (void)environment;
  const std::vector<MigrationLayout> layouts = find_environments(program);
  MigrationFacts best;
  bool found = false;
  for (std::size_t i = 0; i < layouts.size() && i < k_max_environments; ++i) {
    MigrationFacts facts = read_environment_at(program, layouts[i], schema);
    if (!found || tables_in_common(facts, schema) > tables_in_common(best, schema)) {
      best = std::move(facts);
    }
    found = true;
  }
  if (layouts.size() > 1) {
    best.gaps.push_back("there are " + std::to_string(layouts.size()) + " migration environments; "
                        + (best.directory.empty() ? std::string("the root") : best.directory)
                        + " was read");
  }
  if (best.revisions.empty()) {
    std::vector<std::string> taken;
    for (const MigrationLayout& layout : layouts) {
      taken.insert(taken.end(), layout.version_folders.begin(), layout.version_folders.end());
    }
    const auto lone = find_lone_revisions(program, taken);
    if (!lone.empty()) {
      use_lone_revisions(program, lone, schema, best);
    }
  }
  set_confidence(best);
  return best;
}

} // namespace assay::facts
