// SPDX-License-Identifier: MIT
#include "engine/report/html/diagram.hpp"

#include "engine/base/text.hpp"
#include "engine/codec/enums.hpp"
#include "engine/report/words.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace assay::report::html {

namespace {

constexpr std::size_t k_most_tables = 24;
constexpr std::size_t k_most_columns = 16;
constexpr std::size_t k_most_links = 60;

std::string simple_name(std::string_view qualified)
{
  return std::string(qualified.substr(qualified.rfind('.') + 1));
}

bool speaks_of_models(std::string_view kind)
{
  constexpr std::string_view k_prefixes[] = {"entity.", "relation.", "schema."};
  return starts_with_any(kind, k_prefixes);
}

/// A check that lost points on something of the models.
struct Fault {
  std::string_view title;
  std::string_view reason;
};

const CheckSpec* spec_of(const Rubric& rubric, std::string_view id)
{
  const auto found = std::ranges::find(rubric.checks, id, &CheckSpec::id);
  return found == rubric.checks.end() ? nullptr : &*found;
}

std::vector<Fault> model_faults(const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  std::vector<Fault> faults;
  for (const CheckFigures& check : checks) {
    const CheckSpec* spec = spec_of(record.rubric, check.id);
    if (check.lost != Points{} && spec != nullptr && speaks_of_models(spec->kind)) {
      faults.push_back({check.title, check.verdict->reason});
    }
  }
  return faults;
}

bool has_key(const Table& table, std::string_view column, KeyKind kind)
{
  return std::ranges::any_of(table.keys, [&](const Key& key) {
    return key.kind == kind && key.columns.size() == 1 && key.columns.front() == column;
  });
}

DrawnColumn drawn_column(const Table& table,
                         const Column& column,
                         const std::vector<Fault>& faults,
                         const std::string& class_name)
{
  DrawnColumn drawn;
  drawn.name = column.name.empty() ? column.attribute : column.name;
  drawn.type = column.family == TypeFamily::unknown ? column.type_text
                                                    : std::string(codec::word(column.family));
  std::ranges::replace(drawn.type, '_', ' ');
  if (column.length) {
    drawn.type += "(" + std::to_string(*column.length) + ")";
  }
  const auto in_key = [&](const Key& key) {
    return key.kind == KeyKind::primary
           && std::ranges::find(key.columns, column.name) != key.columns.end();
  };
  drawn.key = column.primary_key == Truth::yes || std::ranges::any_of(table.keys, in_key);
  drawn.foreign = std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    return std::ranges::find(key.columns, column.name) != key.columns.end();
  });
  drawn.unique = column.unique == Truth::yes
                 || has_key(table, column.name, KeyKind::unique_constraint)
                 || has_key(table, column.name, KeyKind::unique_index);
  drawn.required = column.nullable == Truth::no && !drawn.key;
  for (const Fault& fault : faults) {
    const std::string attribute = column.attribute.empty() ? column.name : column.attribute;
    const bool by_class = !class_name.empty() && names(fault.reason, class_name + "." + attribute);
    if (by_class || names(fault.reason, table.name + "." + column.name)) {
      drawn.faults.push_back(fault.title);
    }
  }
  return drawn;
}

/// Table name -> title of the entity it plays.
std::map<std::string, std::string> roles_of(const RunRecord& record)
{
  std::map<std::string, std::string> roles;
  for (const EntitySpec& spec : record.rubric.entities) {
    const auto found = record.judgement.resolution.entities.find(spec.id);
    if (found != record.judgement.resolution.entities.end() && !found->second.table.empty()) {
      roles.emplace(found->second.table, spec.title.empty() ? spec.id : spec.title);
    }
  }
  return roles;
}

std::string full_name(const Table& table)
{
  return table.schema.empty() ? table.name : table.schema + "." + table.name;
}

/// Those with a role first, then link tables and others; the order of the source otherwise.
std::vector<const Table*> chosen_tables(const std::vector<Table>& tables,
                                        const std::map<std::string, std::string>& roles)
{
  std::vector<const Table*> chosen;
  for (const Table& table : tables) {
    chosen.push_back(&table);
  }
  std::ranges::stable_sort(chosen, [&](const Table* a, const Table* b) {
    const auto rank = [&](const Table* table) {
      return roles.contains(full_name(*table)) || roles.contains(table->name) ? 0
             : table->foreign_keys.size() > 1                                 ? 1
                                                                              : 2;
    };
    return rank(a) < rank(b);
  });
  return chosen;
}

std::string role_of(const Table& table, const std::map<std::string, std::string>& roles)
{
  auto found = roles.find(full_name(table));
  if (found == roles.end()) {
    found = roles.find(table.name);
  }
  return found == roles.end() ? std::string() : found->second;
}

DrawnTable drawn_table(const Table& table,
                       const std::map<std::string, std::string>& roles,
                       const std::vector<Fault>& faults)
{
  DrawnTable drawn;
  drawn.name = full_name(table);
  drawn.class_name = table.classes.empty() ? std::string() : simple_name(table.classes.front());
  drawn.role = role_of(table, roles);
  for (const Column& column : table.columns) {
    if (drawn.columns.size() == k_most_columns) {
      drawn.more_columns = table.columns.size() - k_most_columns;
      break;
    }
    drawn.columns.push_back(drawn_column(table, column, faults, drawn.class_name));
  }
  return drawn;
}

std::optional<std::size_t> table_at(const Diagram& diagram, std::string_view name)
{
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    const DrawnTable& table = diagram.tables[i];
    if (!table.missing && (table.name == name || simple_name(table.name) == name)) {
      return i;
    }
  }
  return std::nullopt;
}

void add_links(Diagram& diagram, const std::vector<const Table*>& tables)
{
  for (std::size_t from = 0; from < tables.size(); ++from) {
    const Table& table = *tables[from];
    for (const ForeignKey& key : table.foreign_keys) {
      const auto to = table_at(diagram, key.target_table);
      if (!to || diagram.links.size() == k_most_links) {
        continue;
      }
      DrawnLink& link = diagram.links.emplace_back();
      link.from = from;
      link.to = *to;
      link.label = join(key.columns, ", ");
      link.rule = key.ondelete;
      link.required = std::ranges::all_of(key.columns, [&](const std::string& name) {
        const auto column = std::ranges::find(table.columns, name, &Column::name);
        return column != table.columns.end()
               && (column->nullable == Truth::no || column->primary_key == Truth::yes);
      });
      link.one_to_one = key.columns.size() == 1
                        && (has_key(table, key.columns.front(), KeyKind::unique_constraint)
                            || has_key(table, key.columns.front(), KeyKind::unique_index));
    }
  }
}

/// Where the entity of that role is drawn.
std::optional<std::size_t>
place_of_role(const Diagram& diagram, const RunRecord& record, std::string_view role)
{
  const auto found = record.judgement.resolution.entities.find(std::string(role));
  if (found != record.judgement.resolution.entities.end()) {
    return table_at(diagram, found->second.table);
  }
  const auto spec = std::ranges::find(record.rubric.entities, role, &EntitySpec::id);
  if (spec == record.rubric.entities.end()) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < diagram.tables.size(); ++i) {
    if (diagram.tables[i].missing && diagram.tables[i].role == spec->title) {
      return i;
    }
  }
  return std::nullopt;
}

std::string relation_of(const CheckSpec& spec)
{
  for (const auto& [key, value] : spec.params.fields) {
    if (key == "relation") {
      return value.text;
    }
  }
  return {};
}

void add_missing(Diagram& diagram, const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  for (const EntitySpec& spec : record.rubric.entities) {
    if (spec.required && !record.judgement.resolution.entities.contains(spec.id)) {
      DrawnTable& table = diagram.tables.emplace_back();
      table.role = spec.title;
      table.name = spec.title.empty() ? spec.id : spec.title;
      table.missing = true;
    }
  }
  for (const CheckFigures& check : checks) {
    const CheckSpec* spec = spec_of(record.rubric, check.id);
    if (check.verdict->outcome != Outcome::fail || spec == nullptr
        || (spec->kind != "relation.fk" && spec->kind != "relation.many_to_many")) {
      continue;
    }
    const auto relation =
      std::ranges::find(record.rubric.relations, relation_of(*spec), &RelationSpec::id);
    if (relation == record.rubric.relations.end()) {
      continue;
    }
    const auto from = place_of_role(diagram, record, relation->from);
    const auto to = place_of_role(diagram, record, relation->to);
    if (from && to) {
      DrawnLink& link = diagram.links.emplace_back();
      link.from = *from;
      link.to = *to;
      link.label =
        relation->cardinality == Cardinality::many_to_many ? "no link table" : "no foreign key";
      link.missing = true;
    }
  }
}

} // namespace

Diagram diagram_of(const RunRecord& record, const std::vector<CheckFigures>& checks)
{
  Diagram diagram;
  const Facts& facts = record.facts;
  diagram.from_migration = facts.schema.tables.empty() && !facts.migration.tables.empty();
  const auto& source = diagram.from_migration        ? facts.migration.tables
                       : facts.schema.tables.empty() ? facts.raw_sql_schema.tables
                                                     : facts.schema.tables;
  const auto roles = roles_of(record);
  const auto faults = model_faults(record, checks);
  std::vector<const Table*> tables = chosen_tables(source, roles);
  if (tables.size() > k_most_tables) {
    diagram.more_tables = tables.size() - k_most_tables;
    tables.resize(k_most_tables);
  }
  for (const Table* table : tables) {
    diagram.tables.push_back(drawn_table(*table, roles, faults));
  }
  if (tables.empty()) {
    return diagram;
  }
  add_links(diagram, tables);
  add_missing(diagram, record, checks);
  return diagram;
}

} // namespace assay::report::html
