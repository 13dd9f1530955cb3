// SPDX-License-Identifier: MIT
#include "engine/checks/query_restriction.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

/// Foreign keys that lead from the root to the object, those of a link table included.
struct KeysToOne {
  std::vector<ForeignKeyRef> keys;
  std::vector<const Table*> linking;
};

KeysToOne keys_to_one(const Subject& subject, const QueryView& view)
{
  KeysToOne found{foreign_keys(view.root, view.by), {}};
  for (const RelationSpec& relation : subject.rubric.relations) {
    const bool joins = relation.cardinality == Cardinality::many_to_many
                       && ((relation.from == view.root.role && relation.to == view.by.role)
                           || (relation.from == view.by.role && relation.to == view.root.role));
    for (const LinkRef& link : joins ? links(subject, relation) : std::vector<LinkRef>{}) {
      const ForeignKey* to_one = relation.from == view.by.role ? link.from_key : link.to_key;
      if (to_one != nullptr) {
        found.keys.push_back({link.table, to_one, nullptr, false, Truth::unknown});
        found.linking.push_back(link.table);
      }
    }
  }
  return found;
}

bool is_of(const std::string& name, const EntityView& entity)
{
  return std::ranges::find(entity.classes, name) != entity.classes.end()
         || std::ranges::any_of(entity.tables,
                                [&](const Table* table) { return names_table(name, *table); });
}

} // namespace

Restriction restriction_of(const Subject& subject, const QueryView& view, const Filter& filter)
{
  const KeysToOne to_one = keys_to_one(subject, view);
  const bool own_key = std::ranges::any_of(to_one.keys, [&](const ForeignKeyRef& reference) {
    return std::ranges::any_of(reference.key->columns, [&](const std::string& name) {
      const Column* column = find_column(*reference.table, name);
      return name == filter.attribute
             || (column != nullptr && column->attribute == filter.attribute);
    });
  });
  const bool named_key =
    std::ranges::any_of(subject.rubric.relations, [&](const RelationSpec& relation) {
      return relation.from == view.root.role && relation.to == view.by.role
             && has_any_words(filter.attribute, relation.names);
    });
  const bool by_relationship = std::ranges::any_of(
    relationships(subject, view.root, view.by),
    [&](const Relationship* relationship) { return relationship->name == filter.attribute; });
  if (is_of(filter.class_name, view.root) && (own_key || named_key || by_relationship)) {
    return Restriction::firm;
  }
  const bool of_link = std::ranges::any_of(to_one.linking, [&](const Table* table) {
    return names_table(filter.class_name, *table)
           || std::ranges::find(table->classes, filter.class_name) != table->classes.end();
  });
  if (is_of(filter.class_name, view.by) || (of_link && own_key)) {
    return filter.joined ? Restriction::firm : Restriction::loose;
  }
  return Restriction::none;
}

bool restricts(const Subject& subject, const QueryView& view, const Statement& statement)
{
  return statement.style == StatementStyle::relationship || statement.style == StatementStyle::get
         || std::ranges::any_of(statement.filters, [&](const Filter& filter) {
              return restriction_of(subject, view, filter) == Restriction::firm;
            });
}

bool asks_for_one(const Subject& subject, const QueryView& view)
{
  const bool filtered = std::ranges::any_of(view.statements, [&](const Statement* statement) {
    return restricts(subject, view, *statement)
           || std::ranges::any_of(statement->filters, [&](const Filter& filter) {
                return restriction_of(subject, view, filter) == Restriction::loose;
              });
  });
  const auto from_one = relationships(subject, view.by, view.root);
  return filtered
         || std::ranges::any_of(view.callable->accesses, [&](const RelationAccess& access) {
              return std::ranges::any_of(from_one, [&](const Relationship* relationship) {
                return relationship->name == access.attribute
                       && (access.class_name.empty() || access.class_name == relationship->owner);
              });
            });
}

} // namespace assay::checks
