// SPDX-License-Identifier: MIT
#include "engine/checks/examples.hpp"
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

namespace assay::checks::module_import_clean {

namespace {

/// In the order of ImportEffectKind.
constexpr std::array<std::string_view, 9> k_effects = {"create_tables",
                                                       "data_change",
                                                       "connect",
                                                       "server",
                                                       "patch",
                                                       "write_file",
                                                       "print",
                                                       "network",
                                                       "other"};

constexpr Param k_params[] = {
  {.name = "forbid",
   .type = ParamType::text_list,
   .fallback = "[create_tables, data_change, connect, server, patch, write_file, print, network]",
   .summary = "What importing a model module must not do.",
   .choices = k_effects},
};

constexpr Level k_levels[] = {
  {"only_create_tables", 0.5, "Importing creates tables and does nothing else."},
};

constexpr ExampleFile k_quiet[] = {{"models.py", R"(
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///library.db")

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

if __name__ == "__main__":
    Base.metadata.create_all(engine)
)"}};

constexpr ExampleFile k_creating[] = {{"models.py", R"(
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

engine = create_engine("sqlite:///library.db")

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

Base.metadata.create_all(engine)
)"}};

constexpr ExampleFile k_writing[] = {{"models.py", R"(
from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

engine = create_engine("sqlite:///library.db")

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str]

session = Session(engine)
session.add(Author(email="ann@example.com"))
session.commit()
)"}};

constexpr Example k_examples[] = {
  {"An engine object and a guarded demo", k_quiet, "{}", "pass"},
  {"Tables created at import", k_creating, "{}", "partial"},
  {"Rows written at import", k_writing, "{}", "fail"},
  {"Classes made from an existing database", k_reflected_models, "{}", "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::schema, FactFamily::execution};

std::string_view effect_name(ImportEffectKind kind)
{
  return k_effects[static_cast<std::size_t>(kind)];
}

std::string describe(const ImportEffect& effect)
{
  switch (effect.kind) {
  case ImportEffectKind::create_tables:
    return "creates tables";
  case ImportEffectKind::data_change:
    return "changes data";
  case ImportEffectKind::connect:
    return "connects to a database";
  case ImportEffectKind::server:
    return "starts a server";
  case ImportEffectKind::patch:
    return "patches a library";
  case ImportEffectKind::write_file:
    return "writes a file";
  case ImportEffectKind::print:
    return "prints";
  case ImportEffectKind::network:
    return "uses the network";
  case ImportEffectKind::other:
    break;
  }
  return effect.detail;
}

bool is_of_database(ImportEffectKind kind)
{
  return kind == ImportEffectKind::create_tables || kind == ImportEffectKind::data_change
         || kind == ImportEffectKind::connect;
}

/// What a statement at import does; nothing for what only looks at settings.
std::optional<ImportEffectKind> effect_of(const ImportStatement& statement)
{
  if (statement.kind == "ddl") {
    return ImportEffectKind::create_tables;
  }
  if (statement.kind == "insert" || statement.kind == "update" || statement.kind == "delete") {
    return ImportEffectKind::data_change;
  }
  return statement.kind == "select" ? std::optional(ImportEffectKind::connect) : std::nullopt;
}

/// Effects on the database as the run showed them, the others as they were read.
std::vector<ImportEffect> effects_of(const Subject& subject, const ModelsRun& run)
{
  std::vector<ImportEffect> effects;
  std::set<ImportEffectKind> found;
  for (const ModuleImport* module : run.modules) {
    for (const ImportStatement& statement : subject.facts.execution.import_statements) {
      const auto kind = statement.module == module->name ? effect_of(statement) : std::nullopt;
      if (kind && found.insert(*kind).second) {
        ImportEffect effect;
        effect.kind = *kind;
        effect.detail = statement.sql;
        effect.where.path = module->path;
        effects.push_back(std::move(effect));
      }
    }
  }
  for (const ImportEffect& effect : subject.facts.schema.import_effects) {
    const auto same = std::ranges::find(effects, effect.kind, &ImportEffect::kind);
    if (!is_of_database(effect.kind)) {
      effects.push_back(effect);
    } else if (same != effects.end() && same->where.line == 0) {
      same->where = effect.where; // the line that reading found for what the run showed
    }
  }
  return effects;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const SchemaFacts& schema = subject.facts.schema;
  if (!anything_mapped(subject)) {
    return nothing_to_inspect(subject);
  }
  const std::vector<std::string> forbidden = params.list("forbid");
  std::vector<const ImportEffect*> effects;
  std::vector<Evidence> evidence;
  const ModelsRun run = models_run(subject);
  const bool seen = run.usable && run.failed == nullptr;
  const std::vector<ImportEffect> all = seen ? effects_of(subject, run) : schema.import_effects;
  const double confidence = seen ? observed_confidence(run) : schema.confidence;
  const auto conclude = [&](Finding finding) {
    return seen ? observed(std::move(finding)) : finding;
  };
  for (const ImportEffect& effect : all) {
    if (std::ranges::find(forbidden, effect_name(effect.kind)) != forbidden.end()) {
      effects.push_back(&effect);
      add_evidence(evidence, effect.where, describe(effect));
    }
  }
  if (!effects.empty()) {
    const std::string reason =
      fmt::format("Importing {} {}", effects.front()->where.path, describe(*effects.front()));
    const bool tables_only = std::ranges::all_of(effects, [](const ImportEffect* effect) {
      return effect->kind == ImportEffectKind::create_tables;
    });
    return conclude(tables_only
                      ? at_level("only_create_tables", confidence, reason, std::move(evidence))
                      : failed(confidence, reason, std::move(evidence)));
  }
  if (!seen && schema.classes.empty() && !absence_proves(subject)) {
    return undetermined(
      "Importing does nothing else in what could be read, but " + why_incomplete(subject), 1);
  }
  return conclude(passed(confidence, "Importing the models only defines them"));
}

} // namespace

extern constinit const Kind kind{
  .id = "module.import_clean",
  .since = "0.1",
  .summary = "Importing the models only defines them.",
  .why =
    "Model modules are imported by migrations, tests and tools; importing them must not connect, "
    "create "
    "tables, change rows, start servers, patch libraries, write files or print. Engine and session "
    "factory objects are fine, and so is a demo under the `__main__` guard.",
  .blind_spots = "Calls whose effect lies in other packages.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_schema<evaluate>,
};

} // namespace assay::checks::module_import_clean
