// SPDX-License-Identifier: MIT
#include "engine/facts/resolve/candidates.hpp"

#include "engine/base/text.hpp"
#include "engine/model/schema_lookup.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace assay::facts {

namespace {

std::string last_part(const std::string& qualified)
{
  const auto dot = qualified.rfind('.');
  return dot == std::string::npos ? qualified : qualified.substr(dot + 1);
}

bool is_audit(const Column& column)
{
  constexpr std::array<std::string_view, 12> k_words = {"created",
                                                        "updated",
                                                        "modified",
                                                        "deleted",
                                                        "assigned",
                                                        "added",
                                                        "creado",
                                                        "creada",
                                                        "criado",
                                                        "criada",
                                                        "timestamp",
                                                        "version"};
  return std::ranges::any_of(identifier_words(column.name), [&](const std::string& word) {
    return std::ranges::find(k_words, word) != k_words.end();
  });
}

/// checks.md 3.1: two foreign keys to different tables that form its key, or little else besides
/// them.
bool is_link(const Table& table)
{
  std::set<std::string> targets;
  std::set<std::string> key_columns;
  for (const ForeignKey& key : table.foreign_keys) {
    if (key.target_table != table.name) {
      targets.insert(key.target_table);
      key_columns.insert(key.columns.begin(), key.columns.end());
    }
  }
  if (targets.size() < 2) {
    return false;
  }
  for (const Key& key : table.keys) {
    const std::set<std::string> columns(key.columns.begin(), key.columns.end());
    if (key.kind != KeyKind::index && columns.size() >= 2
        && std::ranges::includes(key_columns, columns)) {
      return true;
    }
  }
  int others = 0;
  for (const Column& column : table.columns) {
    const bool own =
      !key_columns.contains(column.name) && column.primary_key != Truth::yes && !is_audit(column);
    others += own ? 1 : 0;
    const bool prose =
      column.family == TypeFamily::text || column.family == TypeFamily::unknown
      || (column.family == TypeFamily::string && column.length.value_or(1000) > 100);
    if (own && prose) {
      return false;
    }
  }
  return others <= 2;
}

constexpr std::size_t k_most_tables = 16;

/// A class whose only identity is a one-to-one reference: joined subclass or profile.
bool stands_for(const Table& table, const Table& base)
{
  return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
    if (key.target_table != base.name || key.columns.size() != 1) {
      return false;
    }
    return std::ranges::any_of(table.keys, [&](const Key& unique) {
      return unique.kind != KeyKind::index && unique.columns == key.columns;
    });
  });
}

Candidate from_class(const SchemaFacts& schema, const MappedClass& mapped)
{
  Candidate candidate;
  candidate.class_name = mapped.name;
  candidate.simple_name = last_part(mapped.name);
  candidate.table = find_table(schema.tables, mapped.table);
  candidate.where = mapped.where;
  if (candidate.table != nullptr) {
    candidate.tables.push_back(candidate.table);
    candidate.link = is_link(*candidate.table);
  }
  return candidate;
}

void add_classes(const SchemaFacts& schema, std::vector<Candidate>& candidates)
{
  std::map<std::string, const MappedClass*> by_name;
  for (const MappedClass& mapped : schema.classes) {
    by_name[mapped.name] = &mapped;
  }
  const auto root_of = [&](const MappedClass& mapped) {
    const MappedClass* current = &mapped;
    for (int steps = 0;
         steps < 16 && !current->inherits.empty() && by_name.contains(current->inherits);
         ++steps) {
      current = by_name[current->inherits];
    }
    return current->name;
  };
  for (const MappedClass& mapped : schema.classes) {
    if (mapped.single_table && by_name.contains(mapped.inherits)) {
      continue;
    }
    candidates.push_back(from_class(schema, mapped));
  }
  const auto add_table = [](Candidate& candidate, const Table* table) {
    if (table != nullptr && std::ranges::find(candidate.tables, table) == candidate.tables.end()) {
      candidate.tables.push_back(table);
    }
  };
  for (Candidate& candidate : candidates) {
    for (const MappedClass& other : schema.classes) {
      if (other.name == candidate.class_name) {
        continue;
      }
      const Table* table = find_table(schema.tables, other.table);
      const bool subclass = !other.inherits.empty() && root_of(other) == candidate.class_name;
      const bool profile = table != nullptr && candidate.table != nullptr
                           && table != candidate.table && stands_for(*table, *candidate.table);
      if (subclass || profile) {
        candidate.aliases.push_back(other.name);
        add_table(candidate, table);
      }
    }
    // A joined subclass has the columns of the classes that it extends; where it is the only one,
    // the class that it extends is the entity.
    for (auto base = by_name.find(by_name[candidate.class_name]->inherits);
         base != by_name.end() && candidate.tables.size() < k_most_tables;
         base = by_name.find(base->second->inherits)) {
      const auto below = std::ranges::count(schema.classes, base->first, &MappedClass::inherits);
      if (below > 1) {
        add_table(candidate, find_table(schema.tables, base->second->table));
      }
    }
  }
}

void add_tables(const std::vector<Table>& tables,
                EntityOrigin origin,
                std::vector<Candidate>& candidates)
{
  for (const Table& table : tables) {
    const bool known =
      !table.classes.empty() || std::ranges::any_of(candidates, [&](const Candidate& candidate) {
        return candidate.table != nullptr && candidate.table->name == table.name;
      });
    if (!known) {
      Candidate candidate;
      candidate.table = &table;
      candidate.tables = {&table};
      candidate.origin = origin;
      candidate.link = is_link(table);
      candidate.where = table.where;
      candidates.push_back(std::move(candidate));
    }
  }
}

} // namespace

const Table* find_table(const std::vector<Table>& tables, const std::string& name)
{
  const auto found = std::ranges::find_if(tables, [&](const Table& table) {
    return table.name == name || (!table.schema.empty() && table.schema + "." + table.name == name);
  });
  return name.empty() || found == tables.end() ? nullptr : &*found;
}

std::vector<Candidate> find_candidates(const Facts& facts)
{
  std::vector<Candidate> candidates;
  add_classes(facts.schema, candidates);
  add_tables(facts.schema.tables, EntityOrigin::core_table, candidates);
  add_tables(facts.migration.tables, EntityOrigin::migration, candidates);
  add_tables(facts.raw_sql_schema.tables, EntityOrigin::raw_sql, candidates);
  return candidates;
}

bool refers_to(const Candidate& from, const Candidate& to, Mandatory mandatory)
{
  for (const Table* table : from.tables) {
    for (const ForeignKey& key : table->foreign_keys) {
      const bool hits = std::ranges::any_of(to.tables, [&](const Table* target) {
        return key.target_table == target->name
               || (!target->schema.empty()
                   && key.target_table == target->schema + "." + target->name);
      });
      if (!hits || table == to.table) {
        continue;
      }
      const Column* column =
        key.columns.empty() ? nullptr : find_column(*table, key.columns.front());
      if (mandatory == Mandatory::no || (column != nullptr && column->nullable == Truth::no)) {
        return true;
      }
    }
  }
  return false;
}

} // namespace assay::facts
