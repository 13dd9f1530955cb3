// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_metadata_wired {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .required = true,
   .summary = "Entities whose tables must be in the metadata."},
};

constexpr Level k_levels[] = {
  {"handwritten_none", 0.3, "A hand-written revision with target_metadata = None."},
  {"one_missing", 0.5, "The table of one entity is missing."},
};

constexpr ExampleFile k_hidden_metadata[] = {
  {"models.py", k_library_models},
  {"alembic.ini", k_library_ini},
  {"migrations/env.py",
   "from alembic import context\nfrom company_tools import metadata_of\n\n"
   "context.configure(target_metadata=metadata_of(\"library\"))\ncontext.run_migrations()\n"},
  {"migrations/versions/0001_authors_and_books.py", k_library_revision},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{entities: [author, book]}", "pass"},
  {"No migration at all", k_not_migrated, "{entities: [author, book]}", "fail"},
  {"Metadata from an unknown package",
   k_hidden_metadata,
   "{entities: [author, book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {FactFamily::migration, FactFamily::schema};

Finding missing_tables(const Subject& subject,
                       const std::vector<std::string>& missing,
                       const std::vector<Evidence>& evidence)
{
  const MigrationFacts& migration = subject.facts.migration;
  const std::string reason =
    fmt::format("The metadata that env.py hands to Alembic lacks {}", fmt::join(missing, ", "));
  if (migration.wired_complete != Truth::yes) {
    return undetermined(reason + ", as far as its imports could be followed", 0.8, evidence);
  }
  if (missing.size() == 1) {
    return at_level("one_missing", migration_confidence(subject), reason, evidence);
  }
  return failed(migration_confidence(subject), reason, evidence);
}

/// What env.py handed over when it ran.
Finding by_metadata(const Subject& subject,
                    const Params& params,
                    const MigrationRunView& view,
                    const std::vector<Evidence>& evidence)
{
  if (view.run->has_metadata != Truth::yes || view.run->wired_tables.empty()) {
    const std::string reason = view.run->has_metadata == Truth::yes
                                 ? "The metadata that env.py hands to Alembic has no tables"
                                 : "target_metadata is None";
    const bool handwritten =
      view.run->has_metadata != Truth::yes && !without_schema_work(subject).has_value();
    return handwritten ? at_level("handwritten_none", view.confidence, reason, evidence)
                       : failed(view.confidence, reason, evidence);
  }
  std::vector<std::string> missing;
  bool any = false;
  for (const std::string& role : params.list("entities")) {
    const EntityView entity = view_entity(subject, role);
    if (!entity.found() || !entity.in_models()) {
      continue;
    }
    any = true;
    const bool wired = std::ranges::any_of(view.run->wired_tables, [&](const std::string& name) {
      return entity.table() != nullptr && names_table(name, *entity.table());
    });
    if (!wired) {
      missing.push_back(label(entity));
    }
  }
  if (!any) {
    return nothing_to_inspect(subject);
  }
  if (missing.empty()) {
    return passed(
      view.confidence, "env.py hands the metadata of all entities to Alembic", evidence);
  }
  const std::string reason =
    fmt::format("The metadata that env.py hands to Alembic lacks {}", fmt::join(missing, ", "));
  return missing.size() == 1 ? at_level("one_missing", view.confidence, reason, evidence)
                             : failed(view.confidence, reason, evidence);
}

Finding evaluate(const Subject& subject, const Params& params)
{
  const MigrationFacts& migration = subject.facts.migration;
  const double confidence = migration_confidence(subject);
  std::vector<Evidence> evidence;
  add_evidence(evidence, migration.wired_where, "target_metadata");
  if (migration.env_path.empty()) {
    return failed(confidence, "There is no env.py");
  }
  const MigrationRunView run = view_migration_run(subject);
  const bool seen = run.run != nullptr && run.run->loads == Truth::yes
                    && migration.kind != MigrationKind::lone_revision;
  if (seen) {
    Finding finding = by_metadata(subject, params, run, evidence);
    finding.basis = Basis::observed;
    return finding;
  }
  if (migration.metadata_wired == Truth::no) {
    const bool handwritten = !without_schema_work(subject).has_value();
    return handwritten
             ? at_level("handwritten_none", confidence, "target_metadata is None", evidence)
             : failed(confidence, "target_metadata is None", evidence);
  }
  if (migration.metadata_wired == Truth::unknown) {
    return undetermined(
      "What env.py hands to Alembic as target_metadata could not be read", 0.8, evidence);
  }
  std::vector<std::string> missing;
  bool any = false;
  for (const std::string& role : params.list("entities")) {
    const EntityView view = view_entity(subject, role);
    if (!view.found() || !view.in_models()) {
      continue;
    }
    any = true;
    const bool wired = std::ranges::any_of(migration.wired_tables, [&](const std::string& name) {
      return view.table() != nullptr && names_table(name, *view.table());
    });
    if (!wired) {
      missing.push_back(label(view));
    }
  }
  if (!any) {
    return nothing_to_inspect(subject);
  }
  if (!missing.empty()) {
    return missing_tables(subject, missing, evidence);
  }
  return passed(confidence, "env.py hands the metadata of all entities to Alembic", evidence);
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.metadata_wired",
  .since = "0.1",
  .summary = "The metadata that `env.py` hands to Alembic holds the tables of all entities.",
  .why = "Autogenerate sees only models that were imported when `env.py` runs: it is run, and what "
         "it hands over is kept. Where it cannot run, its imports are followed through the "
         "repository.",
  .blind_spots = "Modules that are imported by name while the program runs.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_metadata_wired
