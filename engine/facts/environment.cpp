// SPDX-License-Identifier: MIT
// The technology around the models: libraries, versions, database.
#include "engine/base/text.hpp"
#include "engine/facts/extract.hpp"
#include "engine/facts/schema/dialect.hpp"
#include "engine/facts/schema/imports.hpp"
#include "engine/facts/schema/requirements.hpp"
#include "engine/facts/schema/standard_library.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

namespace assay::facts {

namespace {

/// What the imports of the graded code say.
struct ImportSummary {
  std::set<std::string> roots; ///< third-party packages of graded code
  std::set<std::string> names; ///< dotted, of graded code, standard library included
  std::set<std::string> migration_roots;
  bool creates_tables_in_sql = false;
};

bool mentions_create_table(const ModuleInfo& module)
{
  return std::ranges::any_of(module.syntax->expressions, [](const syntax::Expr& expression) {
    const bool text = expression.kind == syntax::ExprKind::string
                      || expression.kind == syntax::ExprKind::format_string;
    return text && to_lower(expression.text).find("create table") != std::string::npos;
  });
}

ImportSummary summarise(const ImportIndex& index)
{
  const Program& program = index.program();
  ImportSummary summary;
  for (const ModuleInfo* module : program.modules()) {
    const bool graded = module->role == FileRole::graded;
    if (!graded && module->role != FileRole::migration) {
      continue;
    }
    for (const std::string& name : foreign_imports(index, *module)) {
      const std::string root = name.substr(0, name.find('.'));
      if (graded) {
        summary.names.insert(name);
      }
      if (!is_standard_library(root)) {
        (graded ? summary.roots : summary.migration_roots).insert(root);
      }
    }
    summary.creates_tables_in_sql =
      summary.creates_tables_in_sql || (graded && mentions_create_table(*module));
  }
  for (const auto& [path, blob] : program.snapshot().files) {
    const bool schema = path.ends_with(".sql") && blob.content
                        && to_lower(*blob.content).find("create table") != std::string::npos;
    summary.creates_tables_in_sql = summary.creates_tables_in_sql || schema;
  }
  return summary;
}

/// Idioms that only one major version of SQLAlchemy understands. Source: "What's New in
/// SQLAlchemy 2.0", migration_20.
int major_by_idioms(const Program& program)
{
  constexpr std::array<std::string_view, 5> k_modern = {"mapped_column",
                                                        "DeclarativeBase",
                                                        "MappedAsDataclass",
                                                        "WriteOnlyMapped",
                                                        "DeclarativeBaseNoMeta"};
  constexpr std::array<std::string_view, 3> k_old = {
    "engine.execute(", "MetaData(bind=", "MetaData(engine"};
  bool old = false;
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded && module->role != FileRole::test) {
      continue;
    }
    const std::string& source = *module->syntax->source;
    const auto occurs = [&source](std::string_view idiom) {
      return source.find(idiom) != std::string::npos;
    };
    const bool names_library = occurs("sqlalchemy") || occurs("sqlmodel");
    if (names_library && std::ranges::any_of(k_modern, occurs)) {
      return 20;
    }
    old = old || (names_library && std::ranges::any_of(k_old, occurs));
  }
  return old ? 14 : 0;
}

void read_version(const Program& program,
                  const std::vector<Requirement>& requirements,
                  EnvironmentFacts& facts)
{
  for (const bool locked : {false, true}) {
    for (const Requirement& requirement : requirements) {
      if (requirement.name == "sqlalchemy" && requirement.locked == locked
          && facts.sqlalchemy_pin.empty()) {
        facts.sqlalchemy_pin = requirement.version;
      }
    }
  }
  facts.sqlalchemy_major = sqlalchemy_major(facts.sqlalchemy_pin);
  if (facts.sqlalchemy_major == 0) {
    facts.sqlalchemy_major = major_by_idioms(program);
  }
  const auto modern = [](const Requirement& requirement) { return requirement.name == "sqlmodel"; };
  if (facts.sqlalchemy_major == 0 && facts.sqlalchemy_pin.empty()
      && std::ranges::any_of(requirements, modern)) {
    facts.sqlalchemy_major = 20; // sqlmodel needs SQLAlchemy 2.0 since 0.0.14
  }
}

void read_frameworks(const ImportSummary& imports, EnvironmentFacts& facts)
{
  constexpr auto k_frameworks = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"flask", "flask"},
    {"fastapi", "fastapi"},
    {"sqlmodel", "sqlmodel"},
    {"flask_sqlalchemy", "flask-sqlalchemy"},
    {"flask_migrate", "flask-migrate"},
    {"django", "django"},
    {"peewee", "peewee"},
    {"starlette", "starlette"},
    {"quart", "quart"},
    {"litestar", "litestar"},
    {"aiohttp", "aiohttp"},
    {"tornado", "tornado"},
    {"sanic", "sanic"},
    {"pyramid", "pyramid"},
    {"tortoise", "tortoise"},
    {"pony", "pony"},
    {"graphene", "graphene"},
    {"strawberry", "strawberry"},
    {"streamlit", "streamlit"},
    {"typer", "typer"},
    {"click", "click"},
    {"flask_marshmallow", "flask-marshmallow"},
    {"marshmallow", "marshmallow"},
    {"pydantic", "pydantic"},
  });
  for (const auto& [module, name] : k_frameworks) {
    if (imports.roots.contains(std::string(module))
        || imports.migration_roots.contains(std::string(module))) {
      facts.frameworks.emplace_back(name);
    }
  }
  std::ranges::sort(facts.frameworks);
}

std::string other_technology(const ImportSummary& imports)
{
  constexpr auto k_mappers = std::to_array<std::pair<std::string_view, std::string_view>>({
    {"django", "django"},
    {"peewee", "peewee"},
    {"playhouse", "peewee"},
    {"tortoise", "tortoise"},
    {"pony", "pony"},
  });
  for (const auto& [module, name] : k_mappers) {
    if (imports.roots.contains(std::string(module))) {
      return std::string(name);
    }
  }
  constexpr std::array<std::string_view, 9> k_drivers = {"sqlite3",
                                                         "psycopg2",
                                                         "psycopg",
                                                         "asyncpg",
                                                         "pymysql",
                                                         "MySQLdb",
                                                         "aiosqlite",
                                                         "mysql.connector",
                                                         "oracledb"};
  const bool driver = std::ranges::any_of(
    k_drivers, [&](std::string_view name) { return imports.names.contains(std::string(name)); });
  return driver || imports.creates_tables_in_sql ? "raw-sql" : "none";
}

bool imports_sqlalchemy(const std::set<std::string>& roots)
{
  constexpr std::array<std::string_view, 6> k_packages = {"sqlalchemy",
                                                          "sqlmodel",
                                                          "flask_sqlalchemy",
                                                          "flask_sqlalchemy_lite",
                                                          "advanced_alchemy",
                                                          "sqlalchemy_utils"};
  return std::ranges::any_of(
    k_packages, [&](std::string_view name) { return roots.contains(std::string(name)); });
}

} // namespace

EnvironmentFacts read_environment(Program& program)
{
  EnvironmentFacts facts;
  const std::vector<Requirement> requirements = read_requirements(program.snapshot());
  const ImportIndex index(program);
  const ImportSummary imports = summarise(index);
  DialectReading dialect = read_dialect(index, requirements);
  facts.dialect = dialect.dialect;
  facts.dialect_evidence = std::move(dialect.evidence);
  read_version(program, requirements, facts);
  read_frameworks(imports, facts);
  std::set<std::string> names;
  for (const Requirement& requirement : requirements) {
    if (!requirement.locked) {
      names.insert(requirement.name);
    }
  }
  facts.requirements.assign(names.begin(), names.end());
  facts.foreign_modules.assign(imports.roots.begin(), imports.roots.end());
  facts.uses_async = imports.names.contains("sqlalchemy.ext.asyncio")
                     || imports.names.contains("sqlmodel.ext.asyncio.session")
                     || imports.names.contains("databases") || imports.names.contains("asyncpg");
  const std::string other = other_technology(imports);
  const bool through_alembic = other == "none" && imports_sqlalchemy(imports.migration_roots);
  facts.uses_sqlalchemy = imports_sqlalchemy(imports.roots) || through_alembic;
  facts.other_technology = facts.uses_sqlalchemy ? std::string() : other;
  return facts;
}

} // namespace assay::facts
