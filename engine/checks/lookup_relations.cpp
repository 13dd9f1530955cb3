// SPDX-License-Identifier: MIT
#include "engine/base/text.hpp"
#include "engine/checks/lookup.hpp"

#include <algorithm>
#include <tuple>

namespace assay::checks {

namespace {

/// `name` as the table's column is called in the database.
std::string database_name(const Table& table, const std::string& name)
{
  const Column* column = find_column(table, name);
  return column == nullptr ? name : column->name;
}

std::vector<std::string> database_names(const Table& table, const std::vector<std::string>& names)
{
  std::vector<std::string> result;
  result.reserve(names.size());
  for (const std::string& name : names) {
    result.push_back(database_name(table, name));
  }
  return result;
}

std::vector<std::string> sorted(std::vector<std::string> names)
{
  std::ranges::sort(names);
  return names;
}

Truth is_key_of(const Table& target, const std::vector<std::string>& columns)
{
  if (columns.empty()) {
    return Truth::yes;
  }
  const std::vector<std::string> wanted = sorted(database_names(target, columns));
  const bool known = std::ranges::any_of(unique_sets(target), [&](const UniqueSet& set) {
    return !set.partial && !set.functional && sorted(set.columns) == wanted;
  });
  if (known) {
    return Truth::yes;
  }
  return target.complete == Truth::yes ? Truth::no : Truth::unknown;
}

const Table* target_among(const std::vector<const Table*>& tables, const std::string& name)
{
  const auto found =
    std::ranges::find_if(tables, [&](const Table* table) { return names_table(name, *table); });
  return found == tables.end() ? nullptr : *found;
}

/// The foreign key by which joined inheritance ties a table to its base.
bool ties_inheritance(const Table& table,
                      const ForeignKey& key,
                      const Table& target,
                      const std::vector<const Table*>& owners)
{
  const bool same_entity = &table != &target && std::ranges::find(owners, &target) != owners.end();
  return same_entity && database_names(table, key.columns) == primary_key_columns(table);
}

bool prefers(const ForeignKey& key, const std::vector<std::string>& preferred)
{
  return std::ranges::any_of(
    key.columns, [&](const std::string& column) { return has_any_words(column, preferred); });
}

bool all_required(const ForeignKeyRef& reference)
{
  return std::ranges::all_of(reference.key->columns, [&](const std::string& name) {
    const Column* column = find_column(*reference.table, name);
    return column != nullptr && is_nullable({reference.table, column}) == Truth::no;
  });
}

std::vector<ForeignKeyRef> keys_between(const std::vector<const Table*>& from,
                                        const std::vector<const Table*>& to,
                                        const std::vector<std::string>& preferred)
{
  std::vector<ForeignKeyRef> found;
  for (const Table* table : from) {
    for (const ForeignKey& key : table->foreign_keys) {
      const Table* target = target_among(to, key.target_table);
      if (target == nullptr || ties_inheritance(*table, key, *target, from)) {
        continue;
      }
      const bool alias = table != from.front() || target != to.front();
      found.push_back({table, &key, target, alias, is_key_of(*target, key.target_columns)});
    }
  }
  std::ranges::stable_sort(found, {}, [&](const ForeignKeyRef& reference) {
    return std::tuple(reference.target_unique == Truth::no,
                      !prefers(*reference.key, preferred),
                      reference.through_alias,
                      !all_required(reference));
  });
  return found;
}

std::vector<const Table*> migrated(const Subject& subject, const EntityView& view)
{
  std::vector<const Table*> tables;
  for (const Table* table : view.tables) {
    const Table* after = migrated_table(subject, *table);
    if (after != nullptr) {
      tables.push_back(after);
    }
  }
  return tables;
}

bool contains(const std::vector<std::string>& list, const std::string& item)
{
  return std::ranges::find(list, item) != list.end();
}

bool leads_to(const Relationship& relationship, const EntityView& target)
{
  if (!relationship.target.empty()) {
    return contains(target.classes, relationship.target);
  }
  const std::string written = short_name(relationship.target_text);
  return !written.empty() && std::ranges::any_of(target.classes, [&](const std::string& name) {
    return short_name(name) == written;
  });
}

/// `opposite`: the direction that shows it to follow another foreign key, the other way round.
bool follows(const Relationship& relationship, const RelationSpec& relation, Direction opposite)
{
  const bool many =
    relationship.direction == Direction::many_to_many || !relationship.secondary.empty();
  if (relation.cardinality == Cardinality::many_to_many) {
    return many;
  }
  return !many && relationship.direction != opposite;
}

/// Collects the links of one many-to-many from several lists of tables.
class LinkSearch {
public:
  LinkSearch(const Subject& subject, const RelationSpec& relation)
    : subject_(subject),
      from_(view_entity(subject, relation.from)),
      to_(view_entity(subject, relation.to))
  {
  }

  void named(const std::vector<Table>& tables, const std::string& name, EntityOrigin origin)
  {
    const Table* table = name.empty() ? nullptr : find_table(tables, name);
    if (table != nullptr && may_link(*table)) {
      add(*table, origin);
    }
  }

  void secondaries()
  {
    for (const auto& [owner, target] : {std::pair(&from_, &to_), std::pair(&to_, &from_)}) {
      for (const Relationship* relationship : relationships(subject_, *owner, *target)) {
        named(subject_.facts.schema.tables, relationship->secondary, EntityOrigin::core_table);
      }
    }
  }

  /// Tables of no role, and those of a role that the rubric has leading to both: an enrolment.
  void joining(const std::vector<Table>& tables, EntityOrigin origin)
  {
    for (const Table& table : tables) {
      if (may_link(table) && joins_both(table)) {
        add(table, origin);
      }
    }
  }

  std::vector<LinkRef> take() { return std::move(found_); }

private:
  static const ForeignKey*
  key_to(const Table& table, const EntityView& entity, const ForeignKey* except)
  {
    const auto found = std::ranges::find_if(table.foreign_keys, [&](const ForeignKey& key) {
      return &key != except && target_among(entity.tables, key.target_table) != nullptr;
    });
    return found == table.foreign_keys.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool may_link(const Table& table) const
  {
    return std::ranges::all_of(subject_.roles.entities, [&](const auto& entry) {
      return !names_table(entry.second.table, table)
             || (leads(entry.first, from_.role) && leads(entry.first, to_.role));
    });
  }

  [[nodiscard]] bool leads(const std::string& role, const std::string& end) const
  {
    return role != end
           && std::ranges::any_of(subject_.rubric.relations, [&](const RelationSpec& relation) {
                return relation.from == role && relation.to == end
                       && relation.cardinality != Cardinality::many_to_many;
              });
  }

  bool joins_both(const Table& table) const
  {
    const ForeignKey* first = key_to(table, from_, nullptr);
    return first != nullptr && key_to(table, to_, first) != nullptr;
  }

  void add(const Table& table, EntityOrigin origin)
  {
    const bool known = std::ranges::any_of(
      found_, [&](const LinkRef& link) { return names_table(table.name, *link.table); });
    if (known) {
      return;
    }
    LinkRef link;
    link.table = &table;
    link.mapped =
      table.classes.empty() ? nullptr : find_class(subject_.facts.schema, table.classes.front());
    link.from_key = key_to(table, from_, nullptr);
    link.to_key = key_to(table, to_, link.from_key);
    link.origin = link.mapped == nullptr ? origin : EntityOrigin::mapped;
    found_.push_back(link);
  }

  const Subject& subject_;
  EntityView from_;
  EntityView to_;
  std::vector<LinkRef> found_;
};

} // namespace

Truth is_nullable(const ColumnRef& column)
{
  const Column& subject = *column.column;
  if (subject.primary_key == Truth::yes || subject.nullable == Truth::no
      || contains(primary_key_columns(*column.table), subject.name)) {
    return Truth::no;
  }
  const std::string wanted = to_lower(subject.name) + " is not null";
  const bool checked = std::ranges::any_of(column.table->checks, [&](const Check& check) {
    const std::string text = to_lower(check.text);
    return text.find(wanted) != std::string::npos && text.find(" or ") == std::string::npos;
  });
  return checked ? Truth::no : subject.nullable;
}

std::vector<std::string> primary_key_columns(const Table& table)
{
  const auto key = std::ranges::find(table.keys, KeyKind::primary, &Key::kind);
  if (key != table.keys.end()) {
    return database_names(table, key->columns);
  }
  std::vector<std::string> columns;
  for (const Column& column : table.columns) {
    if (column.primary_key == Truth::yes) {
      columns.push_back(column.name);
    }
  }
  return columns;
}

std::vector<UniqueSet> unique_sets(const Table& table)
{
  std::vector<UniqueSet> sets;
  const auto add = [&](UniqueSet set) {
    const bool known = std::ranges::any_of(sets, [&](const UniqueSet& other) {
      return sorted(other.columns) == sorted(set.columns) && other.functional == set.functional
             && other.partial == set.partial;
    });
    if (!known && !set.columns.empty()) {
      sets.push_back(std::move(set));
    }
  };
  for (const Key& key : table.keys) {
    if (key.kind != KeyKind::index) {
      add({database_names(table, key.columns), key.kind, key.functional, key.partial, key.where});
    }
  }
  for (const Column& column : table.columns) {
    if (column.unique == Truth::yes) {
      const bool indexed = column.indexed == Truth::yes;
      add({{column.name},
           indexed ? KeyKind::unique_index : KeyKind::unique_constraint,
           false,
           false,
           column.where});
    }
  }
  add({primary_key_columns(table), KeyKind::primary, false, false, table.where});
  return sets;
}

bool leads_index(const Table& table, std::string_view column)
{
  const Column* found = find_column(table, column);
  if (found == nullptr) {
    return false;
  }
  if (found->indexed == Truth::yes || found->unique == Truth::yes) {
    return true;
  }
  const std::vector<std::string> primary = primary_key_columns(table);
  if (!primary.empty() && primary.front() == found->name) {
    return true;
  }
  return std::ranges::any_of(table.keys, [&](const Key& key) {
    return !key.functional && !key.columns.empty()
           && database_name(table, key.columns.front()) == found->name;
  });
}

std::vector<ForeignKeyRef> foreign_keys(const EntityView& from,
                                        const EntityView& to,
                                        const std::vector<std::string>& preferred)
{
  return keys_between(from.tables, to.tables, preferred);
}

std::vector<ForeignKeyRef> migrated_foreign_keys(const Subject& subject,
                                                 const EntityView& from,
                                                 const EntityView& to,
                                                 const std::vector<std::string>& preferred)
{
  return keys_between(migrated(subject, from), migrated(subject, to), preferred);
}

std::vector<ForeignKeyRef> relation_foreign_keys(const Subject& subject,
                                                 const RelationSpec& relation)
{
  return foreign_keys(
    view_entity(subject, relation.from), view_entity(subject, relation.to), relation.names);
}

std::vector<const Relationship*>
relationships(const Subject& subject, const EntityView& owner, const EntityView& target)
{
  std::vector<const Relationship*> found;
  for (const Relationship& relationship : subject.facts.schema.relationships) {
    if (contains(owner.classes, relationship.owner) && leads_to(relationship, target)) {
      found.push_back(&relationship);
    }
  }
  std::ranges::stable_sort(
    found, {}, [](const Relationship* relationship) { return relationship->viewonly; });
  return found;
}

std::vector<const Relationship*> relationships_down(const Subject& subject,
                                                    const RelationSpec& relation)
{
  std::vector<const Relationship*> found =
    relationships(subject, view_entity(subject, relation.to), view_entity(subject, relation.from));
  std::erase_if(found, [&](const Relationship* relationship) {
    return !follows(*relationship, relation, Direction::many_to_one);
  });
  return found;
}

std::vector<const Relationship*> relationships_up(const Subject& subject,
                                                  const RelationSpec& relation)
{
  std::vector<const Relationship*> found =
    relationships(subject, view_entity(subject, relation.from), view_entity(subject, relation.to));
  std::erase_if(found, [&](const Relationship* relationship) {
    return !follows(*relationship, relation, Direction::one_to_many);
  });
  return found;
}

const Relationship* reverse_of(const Subject& subject, const Relationship& relationship)
{
  if (relationship.reverse.empty()) {
    return nullptr;
  }
  const Relationship* loose = nullptr;
  for (const Relationship& other : subject.facts.schema.relationships) {
    if (&other == &relationship || other.name != relationship.reverse) {
      continue;
    }
    if (other.owner == relationship.target) {
      return &other;
    }
    if (other.reverse == relationship.name && other.target == relationship.owner) {
      loose = &other;
    }
  }
  return loose;
}

std::vector<LinkRef> links(const Subject& subject, const RelationSpec& relation)
{
  const Facts& facts = subject.facts;
  LinkSearch search(subject, relation);
  const auto resolved = subject.roles.relations.find(relation.id);
  if (resolved != subject.roles.relations.end()) {
    for (const std::string& name : resolved->second.links) {
      search.named(facts.schema.tables, name, EntityOrigin::core_table);
    }
  }
  search.secondaries();
  search.joining(facts.schema.tables, EntityOrigin::core_table);
  search.joining(facts.raw_sql_schema.tables, EntityOrigin::raw_sql);
  search.joining(facts.migration.tables, EntityOrigin::migration);
  if (resolved != subject.roles.relations.end()) {
    for (const std::string& name : resolved->second.links) {
      search.named(facts.raw_sql_schema.tables, name, EntityOrigin::raw_sql);
      search.named(facts.migration.tables, name, EntityOrigin::migration);
    }
  }
  return search.take();
}

} // namespace assay::checks
