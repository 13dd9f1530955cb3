// SPDX-License-Identifier: MIT
#include "engine/facts/queries/schema_index.hpp"

#include <algorithm>

namespace assay::facts::queries {

namespace {

// Deeper chains of mapped inheritance than this are a loop in broken facts.
constexpr int k_max_inheritance = 16;

} // namespace

SchemaIndex::SchemaIndex(const SchemaFacts& schema)
  : schema_(schema)
{
  for (const MappedClass& mapped : schema.classes) {
    classes_.emplace(mapped.name, &mapped);
  }
  for (const Table& table : schema.tables) {
    tables_.emplace(table.schema.empty() ? table.name : table.schema + "." + table.name, &table);
    tables_.emplace(table.name, &table);
  }
  for (const Relationship& relation : schema.relationships) {
    by_owner_[relation.owner].push_back(&relation);
    by_name_[relation.name].push_back(&relation);
  }
}

const MappedClass* SchemaIndex::mapped(std::string_view qualified) const
{
  const auto found = classes_.find(qualified);
  return found == classes_.end() ? nullptr : found->second;
}

const MappedClass* SchemaIndex::mapped_by_short_name(std::string_view name) const
{
  const MappedClass* only = nullptr;
  for (const MappedClass& mapped : schema_.classes) {
    if (short_name(mapped.name) == name) {
      if (only != nullptr) {
        return nullptr;
      }
      only = &mapped;
    }
  }
  return only;
}

const Relationship* SchemaIndex::relationship(std::string_view owner, std::string_view name) const
{
  for (int depth = 0; depth < k_max_inheritance; ++depth) {
    if (const auto found = by_owner_.find(owner); found != by_owner_.end()) {
      for (const Relationship* relation : found->second) {
        if (relation->name == name) {
          return relation;
        }
      }
    }
    const MappedClass* info = mapped(owner);
    if (info == nullptr || info->inherits.empty()) {
      return nullptr;
    }
    owner = info->inherits;
  }
  return nullptr;
}

std::vector<const Relationship*> SchemaIndex::relationships_named(std::string_view name) const
{
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::vector<const Relationship*>() : found->second;
}

std::vector<const Relationship*> SchemaIndex::relationships_of(std::string_view owner) const
{
  std::vector<const Relationship*> all;
  for (int depth = 0; depth < k_max_inheritance; ++depth) {
    if (const auto found = by_owner_.find(owner); found != by_owner_.end()) {
      all.insert(all.end(), found->second.begin(), found->second.end());
    }
    const MappedClass* info = mapped(owner);
    if (info == nullptr || info->inherits.empty()) {
      break;
    }
    owner = info->inherits;
  }
  return all;
}

const Relationship* SchemaIndex::reverse(const Relationship& relation) const
{
  for (const std::string& name : {relation.reverse, relation.back_populates, relation.backref}) {
    if (!name.empty()) {
      if (const Relationship* other = relationship(relation.target, name)) {
        return other;
      }
    }
  }
  return nullptr;
}

const Column* SchemaIndex::column(std::string_view owner, std::string_view attribute) const
{
  for (int depth = 0; depth < k_max_inheritance; ++depth) {
    const MappedClass* info = mapped(owner);
    if (info == nullptr) {
      return nullptr;
    }
    if (const Table* columns = table(info->table)) {
      for (const Column& column : columns->columns) {
        if (column.attribute == attribute
            || (column.attribute.empty() && column.name == attribute)) {
          return &column;
        }
      }
    }
    if (info->inherits.empty()) {
      return nullptr;
    }
    owner = info->inherits;
  }
  return nullptr;
}

const Table* SchemaIndex::table(std::string_view name) const
{
  const auto found = tables_.find(name);
  return found == tables_.end() ? nullptr : found->second;
}

std::string SchemaIndex::class_of_table(std::string_view name) const
{
  const Table* found = table(name);
  return found != nullptr && found->classes.size() == 1 ? found->classes.front() : std::string();
}

bool SchemaIndex::is_unique(std::string_view owner, std::string_view attribute) const
{
  const MappedClass* info = mapped(owner);
  const Table* owned = table(info == nullptr ? owner : std::string_view(info->table));
  const Column* found = column(owner, attribute);
  if (info == nullptr && owned != nullptr) { // a Core table
    const auto named = std::ranges::find(owned->columns, attribute, &Column::name);
    found = named == owned->columns.end() ? nullptr : &*named;
  }
  if (found == nullptr) {
    return false;
  }
  if (found->unique == Truth::yes) {
    return true;
  }
  if (owned == nullptr) {
    return found->primary_key == Truth::yes;
  }
  const auto keys = [](const Column& column) { return column.primary_key == Truth::yes; };
  if (found->primary_key == Truth::yes && std::ranges::count_if(owned->columns, keys) == 1) {
    return true;
  }
  return std::ranges::any_of(owned->keys, [&](const Key& key) {
    return key.kind != KeyKind::index && !key.partial && !key.functional && key.columns.size() == 1
           && key.columns.front() == found->name;
  });
}

std::string SchemaIndex::primary_key(std::string_view owner) const
{
  std::string found;
  const MappedClass* info = mapped(owner);
  const Table* owned = info == nullptr ? nullptr : table(info->table);
  if (owned == nullptr) {
    return found;
  }
  for (const Column& column : owned->columns) {
    if (column.primary_key == Truth::yes) {
      if (!found.empty()) {
        return {};
      }
      found = column.attribute.empty() ? column.name : column.attribute;
    }
  }
  return found;
}

bool SchemaIndex::is_kind_of(std::string_view derived, std::string_view base) const
{
  for (int depth = 0; depth < k_max_inheritance; ++depth) {
    if (derived == base) {
      return true;
    }
    const MappedClass* info = mapped(derived);
    if (info == nullptr || info->inherits.empty()) {
      return false;
    }
    derived = info->inherits;
  }
  return false;
}

bool SchemaIndex::has_proxy(std::string_view owner, std::string_view name) const
{
  const MappedClass* info = mapped(owner);
  return info != nullptr && std::ranges::find(info->proxies, name) != info->proxies.end();
}

bool is_to_many(const Relationship& relation)
{
  if (relation.uselist != Truth::unknown) {
    return relation.uselist == Truth::yes;
  }
  return relation.direction == Direction::one_to_many
         || relation.direction == Direction::many_to_many;
}

std::string_view short_name(std::string_view qualified)
{
  const auto dot = qualified.rfind('.');
  return dot == std::string_view::npos ? qualified : qualified.substr(dot + 1);
}

} // namespace assay::facts::queries
