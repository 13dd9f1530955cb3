// SPDX-License-Identifier: MIT
#include "engine/checks/query_restriction.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::checks {

namespace {

bool is_of(const std::string& name, const EntityView& entity)
{
  return std::ranges::find(entity.classes, name) != entity.classes.end()
         || std::ranges::any_of(entity.tables,
                                [&](const Table* table) { return names_table(name, *table); });
}

} // namespace

Restrictions::Restrictions(const Subject& subject, const QueryView& view)
  : subject_(subject),
    view_(view),
    keys_(foreign_keys(view.root, view.by)),
    to_one_(relationships(subject, view.root, view.by))
{
  for (const RelationSpec& relation : subject.rubric.relations) {
    const bool joins = relation.cardinality == Cardinality::many_to_many
                       && ((relation.from == view.root.role && relation.to == view.by.role)
                           || (relation.from == view.by.role && relation.to == view.root.role));
    for (const LinkRef& link : joins ? links(subject, relation) : std::vector<LinkRef>{}) {
      const ForeignKey* to_one = relation.from == view.by.role ? link.from_key : link.to_key;
      if (to_one != nullptr) {
        keys_.push_back({link.table, to_one, nullptr, false, Truth::unknown});
        linking_.push_back(link.table);
      }
    }
  }
}

bool Restrictions::leads_to_one(const std::string& attribute) const
{
  return std::ranges::any_of(keys_, [&](const ForeignKeyRef& reference) {
    return std::ranges::any_of(reference.key->columns, [&](const std::string& name) {
      const Column* column = find_column(*reference.table, name);
      return name == attribute || (column != nullptr && column->attribute == attribute);
    });
  });
}

Restriction Restrictions::of(const Filter& filter) const
{
  const bool own_key = leads_to_one(filter.attribute);
  const bool named_key =
    std::ranges::any_of(subject_.rubric.relations, [&](const RelationSpec& relation) {
      return relation.from == view_.root.role && relation.to == view_.by.role
             && has_any_words(filter.attribute, relation.names);
    });
  const bool by_relationship = std::ranges::any_of(to_one_, [&](const Relationship* relationship) {
    return relationship->name == filter.attribute;
  });
  if (is_of(filter.class_name, view_.root) && (own_key || named_key || by_relationship)) {
    return Restriction::firm;
  }
  const bool of_link = std::ranges::any_of(linking_, [&](const Table* table) {
    return names_table(filter.class_name, *table)
           || std::ranges::find(table->classes, filter.class_name) != table->classes.end();
  });
  if (is_of(filter.class_name, view_.by) || (of_link && own_key)) {
    return filter.joined ? Restriction::firm : Restriction::loose;
  }
  return Restriction::none;
}

bool Restrictions::restricts(const Statement& statement) const
{
  return statement.style == StatementStyle::relationship || statement.style == StatementStyle::get
         || std::ranges::any_of(statement.filters, [&](const Filter& filter) {
              return of(filter) == Restriction::firm;
            });
}

bool asks_for_one(const Subject& subject, const QueryView& view)
{
  const Restrictions restrictions(subject, view);
  const bool filtered = std::ranges::any_of(view.statements, [&](const Statement* statement) {
    return restrictions.restricts(*statement)
           || std::ranges::any_of(statement->filters, [&](const Filter& filter) {
                return restrictions.of(filter) == Restriction::loose;
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
