// SPDX-License-Identifier: MIT
#include "engine/probe/seed_tables.hpp"

#include "engine/base/text.hpp"

#include <algorithm>

namespace assay::probe {

bool same_table(std::string_view name, const Table& table)
{
  const auto dot = name.rfind('.');
  return name == table.name
         || (dot != std::string_view::npos && name.substr(dot + 1) == table.name);
}

const Table* find_table(const SchemaFacts& schema, std::string_view name)
{
  const auto found = std::ranges::find_if(
    schema.tables, [&](const Table& table) { return same_table(name, table); });
  return found == schema.tables.end() ? nullptr : &*found;
}

const Table* table_of(const SchemaFacts& schema, const Resolution& roles, const std::string& role)
{
  const auto found = roles.entities.find(role);
  if (found == roles.entities.end()) {
    return nullptr;
  }
  const Table* table = find_table(schema, found->second.table);
  if (table == nullptr && !found->second.class_name.empty()) {
    const auto mapped =
      std::ranges::find(schema.classes, found->second.class_name, &MappedClass::name);
    table = mapped == schema.classes.end() || mapped->table.empty()
              ? nullptr
              : find_table(schema, mapped->table);
  }
  return table;
}

bool in_primary_key(const Table& table, std::string_view column)
{
  return std::ranges::any_of(table.keys,
                             [&](const Key& key) {
                               return key.kind == KeyKind::primary
                                      && std::ranges::find(key.columns, column)
                                           != key.columns.end();
                             })
         || std::ranges::any_of(table.columns, [&](const Column& each) {
              return each.name == column && each.primary_key == Truth::yes;
            });
}

bool extends(const Table& table, const ForeignKey& key)
{
  std::size_t primary = 0;
  for (const Column& column : table.columns) {
    primary += in_primary_key(table, column.name) ? 1U : 0U;
  }
  return primary == key.columns.size() && std::ranges::all_of(key.columns, [&](const auto& name) {
           return in_primary_key(table, name);
         });
}

bool is_unique(const Table& table, const ForeignKey& key)
{
  if (key.columns.size() == 1) {
    const auto column = std::ranges::find(table.columns, key.columns.front(), &Column::name);
    if (column != table.columns.end() && column->unique == Truth::yes) {
      return true;
    }
  }
  return std::ranges::any_of(table.keys, [&](const Key& each) {
    return (each.kind == KeyKind::unique_constraint || each.kind == KeyKind::unique_index)
           && each.columns == key.columns && !each.partial;
  });
}

bool is_required(const Table& table, const ForeignKey& key)
{
  return std::ranges::any_of(key.columns, [&](const std::string& name) {
    const auto column = std::ranges::find(table.columns, name, &Column::name);
    return column != table.columns.end()
           && (column->nullable == Truth::no || in_primary_key(table, name));
  });
}

void imply_keys(SchemaFacts& schema, const Resolution& roles, const Rubric& rubric)
{
  for (const RelationSpec& relation : rubric.relations) {
    const Table* from = table_of(schema, roles, relation.from);
    const Table* to = table_of(schema, roles, relation.to);
    const bool said = from != nullptr && to != nullptr
                      && std::ranges::any_of(from->foreign_keys, [&](const ForeignKey& key) {
                           return same_table(key.target_table, *to);
                         });
    if (from == nullptr || to == nullptr || said
        || relation.cardinality == Cardinality::many_to_many) {
      continue;
    }
    for (Column& column :
         schema.tables[static_cast<std::size_t>(from - schema.tables.data())].columns) {
      const std::vector<std::string> words = identifier_words(column.name);
      const bool key =
        !words.empty() && (words.back() == "id" || words.back() == "uuid" || words.back() == "pk");
      const bool named = std::ranges::any_of(words, [&](const std::string& word) {
        return std::ranges::find(relation.names, word) != relation.names.end()
               || word == singular(to->name);
      });
      const bool says = std::ranges::any_of(from->foreign_keys, [&](const ForeignKey& own) {
        return std::ranges::find(own.columns, column.name) != own.columns.end();
      });
      if (key && named && !says && !in_primary_key(*from, column.name)) {
        ForeignKey implied;
        implied.columns = {column.name};
        implied.target_table = to->name;
        column.nullable = Truth::no; // so that it is filled
        schema.tables[static_cast<std::size_t>(from - schema.tables.data())].foreign_keys.push_back(
          implied);
        break;
      }
    }
  }
}

} // namespace assay::probe
