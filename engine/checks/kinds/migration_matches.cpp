// SPDX-License-Identifier: MIT
#include "engine/checks/execution_view.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"
#include "engine/checks/schema_difference.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace assay::checks::migration_matches {

namespace {

constexpr std::string_view k_aspects[] = {
  "columns", "nullable", "types", "foreign_keys", "ondelete", "uniques", "indexes"};

constexpr Param k_params[] = {
  {.name = "aspects",
   .type = ParamType::text_list,
   .required = true,
   .summary = "What is compared.",
   .choices = k_aspects},
  {.name = "index_weight",
   .type = ParamType::number,
   .fallback = "0.5",
   .unit = "0..1",
   .summary = "Weight of an index that is not unique, against 1 for everything else."},
};

constexpr ExampleFile k_drifted[] = {
  {"models.py", k_library_models},
  {"alembic.ini", k_library_ini},
  {"migrations/env.py", k_library_env},
  {"migrations/versions/0001_authors.py", R"("""authors

Revision ID: 0001
"""
from alembic import op
import sqlalchemy as sa

revision = "0001"
down_revision = None

def upgrade():
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(200), nullable=False),
    )

def downgrade():
    op.drop_table("authors")
)"},
};

constexpr Example k_examples[] = {
  {"Models and migration agree", k_migrated, "{aspects: [columns, nullable, types]}", "pass"},
  {"One of two tables is migrated", k_drifted, "{aspects: [columns, nullable, types]}", "partial"},
  {"No migration at all", k_not_migrated, "{aspects: [columns]}", "fail"},
  {"Work that is hidden in a helper package",
   k_opaque_migration,
   "{aspects: [columns]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::migration, FactFamily::schema, FactFamily::environment};

Part to_part(const SchemaDifference& difference, double index_weight, double confidence)
{
  Part part;
  part.value = difference.same == Truth::no ? 0 : 1;
  part.known = difference.same != Truth::unknown;
  part.weight = difference.aspect == DifferenceAspect::index ? index_weight : 1;
  part.confidence = confidence;
  if (difference.same == Truth::no) {
    part.remark = difference.text;
    add_evidence(part.evidence, difference.model, "the model");
    add_evidence(part.evidence, difference.revision, "the migration");
  }
  return part;
}

Finding sum_up(const Subject& subject,
               const Params& params,
               const std::vector<SchemaDifference>& differences,
               double confidence)
{
  std::vector<Part> parts;
  for (const SchemaDifference& difference : differences) {
    parts.push_back(to_part(difference, params.number("index_weight"), confidence));
  }
  if (parts.empty()) {
    return not_applicable("Neither the models nor the migration have any");
  }
  Finding finding =
    total(parts, fmt::format("Models and migration agree in all {} facts", parts.size()));
  if (finding.evidence.empty()) {
    finding.evidence = revision_evidence(subject);
  }
  return finding;
}

/// Both databases, as the engine reads them; nothing where one of them is not known.
std::optional<Finding> by_databases(const Subject& subject, const Params& params)
{
  const MigrationRunView view = view_migration_run(subject);
  const std::vector<Table>* migrated = migrated_tables(view);
  if (migrated != nullptr && migrated->empty()) {
    const RunError& error = view.cannot_start ? view.run->load_error : view.upgrade->error;
    return by_run(failed(view.confidence,
                         fmt::format("Nothing is migrated in the end: {}", describe(error)),
                         evidence_of(error)),
                  view);
  }
  const auto created = created_tables(subject);
  if (migrated == nullptr || !created) {
    return std::nullopt;
  }
  const Affinity affinity = judged_on_postgresql(subject) ? Affinity::told_apart : Affinity::alike;
  return by_run(sum_up(subject,
                       params,
                       compare_databases(*created, *migrated, params.list("aspects"), affinity),
                       view.confidence),
                view);
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  if (auto found = by_databases(subject, params)) {
    return *found;
  }
  const UpgradeReading reading = read_upgrade(subject);
  if (reading.state == UpgradeReading::State::stops && reading.rolled_back && !reading.trivial) {
    return failed(migration_confidence(subject),
                  fmt::format("Nothing is migrated in the end, because {}", reading.reason),
                  revision_evidence(subject));
  }
  return sum_up(subject,
                params,
                compare_schemas(subject, params.list("aspects")),
                std::min(migration_confidence(subject), subject.facts.schema.confidence));
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.matches",
  .since = "0.1",
  .summary = "The migrated schema is the schema that the models describe.",
  .why = "The database that the models create is compared with the one that the migration leaves; "
         "where one of them cannot be made, what was read of it. Facts are the union of both "
         "sides: one for each column (type, length, nullable), each "
         "foreign key "
         "(columns, target, ON DELETE) and each unique set, and a part of one for each index. A "
         "fact that "
         "differs, or that one side lacks, does not count. Names of constraints, a unique index in "
         "place of a "
         "constraint, server defaults, comments and the order of columns make no difference.",
  .blind_spots = "Where it could not be run: statements of SQL that are only read loosely.",
  .params = k_params,
  .levels = {},
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_matches
