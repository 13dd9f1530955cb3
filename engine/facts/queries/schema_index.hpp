// SPDX-License-Identifier: MIT
// Look-ups over SchemaFacts that the query readers need: classes, their relationships (inherited
// ones and backrefs included), columns and tables by name. Refers to the facts it was made from;
// they must outlive it.
#pragma once

#include "engine/model/schema_facts.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace assay::facts::queries {

class SchemaIndex {
public:
  explicit SchemaIndex(const SchemaFacts& schema);

  /// The mapped class of that qualified name, or null.
  [[nodiscard]] const MappedClass* mapped(std::string_view qualified) const;

  /// The mapped class whose last name part is `name`, if exactly one is; else null.
  [[nodiscard]] const MappedClass* mapped_by_short_name(std::string_view name) const;

  /// Relationship `name` of the class or of a class it inherits from, or null.
  [[nodiscard]] const Relationship* relationship(std::string_view owner,
                                                 std::string_view name) const;

  /// Relationships of that name on any class.
  [[nodiscard]] std::vector<const Relationship*> relationships_named(std::string_view name) const;

  [[nodiscard]] std::vector<const Relationship*> relationships_of(std::string_view owner) const;

  /// The relationship that is the other side of `relation`, or null.
  [[nodiscard]] const Relationship* reverse(const Relationship& relation) const;

  /// Column by attribute name on a class, inherited ones included, or null.
  [[nodiscard]] const Column* column(std::string_view owner, std::string_view attribute) const;

  [[nodiscard]] const Table* table(std::string_view name) const;

  /// The class mapped to the table, or empty if none or several are.
  [[nodiscard]] std::string class_of_table(std::string_view name) const;

  /// True if the column alone identifies a row: a one-column primary key or unique set.
  [[nodiscard]] bool is_unique(std::string_view owner, std::string_view attribute) const;

  /// Attribute of the single-column primary key, or empty.
  [[nodiscard]] std::string primary_key(std::string_view owner) const;

  /// True if `derived` is `base` or inherits from it.
  [[nodiscard]] bool is_kind_of(std::string_view derived, std::string_view base) const;

  [[nodiscard]] bool has_proxy(std::string_view owner, std::string_view name) const;

private:
  const SchemaFacts& schema_;
  std::map<std::string, const MappedClass*, std::less<>> classes_;
  std::map<std::string, const Table*, std::less<>> tables_;
  std::map<std::string, std::vector<const Relationship*>, std::less<>> by_owner_;
  std::map<std::string, std::vector<const Relationship*>, std::less<>> by_name_;
};

/// True if reading the relationship gives a collection.
bool is_to_many(const Relationship& relation);

/// What follows the last dot.
std::string_view short_name(std::string_view qualified);

} // namespace assay::facts::queries
