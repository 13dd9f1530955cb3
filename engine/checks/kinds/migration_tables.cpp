// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"
#include "engine/checks/migration_examples.hpp"
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

const Table* renamed(const Subject& subject, const std::string& role)
{
  const EntitySpec* spec = find_entity_spec(subject, role);
  for (const Table& table : subject.facts.migration.tables) {
    const bool used = find_table(subject.facts.schema.tables, table.name) != nullptr;
    for (const auto& tier :
         spec == nullptr ? std::vector<std::vector<std::string>>{} : spec->names) {
      if (!used && has_any_words(table.name, tier)) {
        return &table;
      }
    }
  }
  return nullptr;
}

Part judge_table(const Subject& subject, const UpgradeReading& reading, const std::string& name)
{
  Part part;
  part.confidence = migration_confidence(subject);
  const Table* made = find_table(subject.facts.migration.tables, name);
  if (made != nullptr && is_delivered(subject, reading, made->name)) {
    part.value = 1;
    add_evidence(part.evidence, made->where, "creates " + made->name);
    return part;
  }
  if (made != nullptr) {
    part.remark = fmt::format("table {} is not there in the end, because {}", name, reading.reason);
    return part;
  }
  part.known = !migrations_may_hide(subject);
  part.value = part.known ? 0 : 0.7;
  part.remark = fmt::format("no revision creates table {}", name);
  return part;
}

Part judge_entity(const Subject& subject,
                  const Params& params,
                  const UpgradeReading& reading,
                  const std::string& role)
{
  const EntityView view = view_entity(subject, role);
  if (!view.found() || view.entity->table.empty()) {
    Part part;
    part.confidence = migration_confidence(subject);
    part.known = !view.found() && absence_proves(subject);
    part.value = part.known ? 0 : 0.5;
    part.remark = missing_reason(subject, view);
    return part;
  }
  Part part = judge_table(subject, reading, view.entity->table);
  if (part.value < 1 && part.known
      && find_table(subject.facts.migration.tables, view.entity->table) == nullptr) {
    if (const Table* other = renamed(subject, role)) {
      part.value = params.credit("renamed");
      part.noted = "renamed";
      part.remark += fmt::format("; it creates {}, which no model uses", other->name);
    }
  }
  return part;
}

Part judge_link(const Subject& subject, const UpgradeReading& reading, const std::string& id)
{
  const RelationSpec* relation = find_relation_spec(subject, id);
  const std::vector<LinkRef> candidates =
    relation == nullptr ? std::vector<LinkRef>{} : links(subject, *relation);
  for (const LinkRef& link : candidates) {
    Part part = judge_table(subject, reading, link.table->name);
    if (part.value >= 1) {
      return part;
    }
  }
  if (!candidates.empty()) {
    return judge_table(subject, reading, candidates.front().table->name);
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
  const UpgradeReading reading = read_upgrade(subject);
  std::vector<Part> parts;
  for (const std::string& role : params.list("entities")) {
    parts.push_back(judge_entity(subject, params, reading, role));
  }
  for (const std::string& relation : params.list("relations")) {
    parts.push_back(judge_link(subject, reading, relation));
  }
  return total(parts, parts.size() == 1 ? "The table is created" : "All tables are created");
}

} // namespace

extern constinit const Kind kind{
  .id = "migration.tables",
  .since = "0.1",
  .summary = "The tables exist after the upgrade.",
  .why = "The revisions are replayed in order; a table counts when it is there at the end, under "
         "the name its model uses.",
  .blind_spots = "Tables that SQL creates in a way that is not read.",
  .params = k_params,
  .levels = k_levels,
  .examples = k_examples,
  .requests = k_requests,
  .evaluate = on_migration<evaluate>,
};

} // namespace assay::checks::migration_tables
