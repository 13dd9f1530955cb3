// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
#include "engine/checks/migration_run_view.hpp"
#include "engine/checks/migration_view.hpp"

#include <fmt/format.h>

namespace assay::checks::migration_tables {

namespace {

constexpr Param k_params[] = {
  {.name = "entities",
   .type = ParamType::entity_list,
   .fallback = "[]",
   .summary = "Entities whose tables must be created."},
  {.name = "relations",
   .type = ParamType::relation_list,
   .fallback = "[]",
   .summary = "Many-to-many relations whose link tables must be created."},
};

constexpr Level k_levels[] = {
  {"renamed", 0.3, "A table of that kind is created under a name that no model uses."},
};

constexpr Example k_examples[] = {
  {"A migrated library", k_migrated, "{entities: [author, book]}", "pass"},
  {"No migration at all", k_not_migrated, "{entities: [author, book]}", "fail"},
  {"Work that is hidden in a helper package",
   k_opaque_migration,
   "{entities: [author, book]}",
   "unverified"},
};

constexpr FactFamily k_requests[] = {
  FactFamily::migration, FactFamily::schema, FactFamily::environment};

/// The tables there are in the end, by the run or by reading.
struct Migrated {
  const Subject& subject;
  const MigrationRunView view;
  const UpgradeReading reading;
  const std::vector<Table>* by_run; ///< null: reading judges
  const std::vector<Table>& tables;

  explicit Migrated(const Subject& judged)
    : subject(judged),
      view(view_migration_run(judged)),
      reading(read_upgrade(judged)),
      by_run(migrated_tables(view)),
      tables(by_run != nullptr ? *by_run : judged.facts.migration.tables)
  {
  }

  [[nodiscard]] double confidence() const
  {
    return by_run != nullptr ? view.confidence : migration_confidence(subject);
  }
};

const Table* renamed(const Migrated& migrated, const std::string& role)
{
  const EntitySpec* spec = find_entity_spec(migrated.subject, role);
  for (const Table& table : migrated.tables) {
    const bool used = find_table(migrated.subject.facts.schema.tables, table.name) != nullptr;
    for (const auto& tier :
         spec == nullptr ? std::vector<std::vector<std::string>>{} : spec->names) {
      if (!used && has_any_words(singular(to_lower(table.name)), tier)) {
        return &table;
      }
    }
  }
  return nullptr;
}

Part judge_table(const Migrated& migrated, const std::string& name)
{
  Part part;
  part.confidence = migrated.confidence();
  const Table* made = find_migrated(migrated.tables, name);
  if (made != nullptr
      && (migrated.by_run != nullptr
          || is_delivered(migrated.subject, migrated.reading, made->name))) {
    part.value = 1;
    add_evidence(part.evidence, made->where, "creates " + made->name);
    return part;
  }
  if (migrated.by_run != nullptr) {
    part.value = 0;
    part.remark = fmt::format("table {} is not there after the upgrade", name);
    return part;
  }
  if (made != nullptr) {
    part.remark =
      fmt::format("table {} is not there in the end, because {}", name, migrated.reading.reason);
    return part;
  }
  part.known = !migrations_may_hide(migrated.subject);
  part.value = part.known ? 0 : 0.7;
  part.remark = fmt::format("no revision creates table {}", name);
  return part;
}

Part judge_entity(const Migrated& migrated, const Params& params, const std::string& role)
{
  const Subject& subject = migrated.subject;
  const EntityView view = view_entity(subject, role);
  if (!view.found() || view.entity->table.empty()) {
    Part part;
    part.confidence = migration_confidence(subject);
    part.known = !view.found() && absence_proves(subject);
    part.value = part.known ? 0 : 0.5;
    part.remark = missing_reason(subject, view);
    return part;
  }
  Part part = judge_table(migrated, view.entity->table);
  if (part.value < 1 && part.known
      && find_migrated(migrated.tables, view.entity->table) == nullptr) {
    if (const Table* other = renamed(migrated, role)) {
      part.value = params.credit("renamed");
      part.noted = "renamed";
      part.remark += fmt::format("; it creates {}, which no model uses", other->name);
    }
  }
  return part;
}

Part judge_link(const Migrated& migrated, const std::string& id)
{
  const Subject& subject = migrated.subject;
  const RelationSpec* relation = find_relation_spec(subject, id);
  const std::vector<LinkRef> candidates =
    relation == nullptr ? std::vector<LinkRef>{} : links(subject, *relation);
  for (const LinkRef& link : candidates) {
    Part part = judge_table(migrated, link.table->name);
    if (part.value >= 1) {
      return part;
    }
  }
  if (!candidates.empty()) {
    return judge_table(migrated, candidates.front().table->name);
  }
  Part part;
  part.confidence = migration_confidence(subject);
  part.known = absence_proves(subject) && !migrations_may_hide(subject);
  part.value = part.known ? 0 : 0.5;
  part.remark = relation == nullptr ? "there is no link table"
                                    : fmt::format("there is no table that links {} and {}",
                                                  role_title(subject, relation->from),
                                                  role_title(subject, relation->to));
  return part;
}

Finding evaluate(const Subject& subject, const Params& params)
{
  if (auto nothing = without_schema_work(subject)) {
    return *nothing;
  }
  const Migrated migrated(subject);
  std::vector<Part> parts;
  for (const std::string& role : params.list("entities")) {
    parts.push_back(judge_entity(migrated, params, role));
  }
  for (const std::string& relation : params.list("relations")) {
    parts.push_back(judge_link(migrated, relation));
  }
  Finding finding =
    total(parts, parts.size() == 1 ? "The table is created" : "All tables are created");
  return migrated.by_run != nullptr ? by_run(std::move(finding), migrated.view) : finding;
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.tables",
  .since = "0.1",
  .summary = "The tables exist after the upgrade.",
  .why = "The database is looked at after the upgrade; a table counts when it is there under the "
         "name its model uses. Where the upgrade cannot be run, the revisions are replayed by "
         "reading.",
  .blind_spots = "Where it could not be run: tables that SQL creates in a way that is not read.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_tables
