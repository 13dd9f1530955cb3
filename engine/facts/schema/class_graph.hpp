// SPDX-License-Identifier: MIT
// The mapped classes among the graded modules, which of them extend which, and the names of their
// tables.
#pragma once

#include "engine/facts/schema/mapping_root.hpp"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace assay::facts {

class ClassGraph {
public:
  explicit ClassGraph(Program& program);

  /// Declaratively mapped classes of graded modules, bases before the classes that extend them.
  [[nodiscard]] const std::vector<const ClassInfo*>& mapped() const { return order_; }

  [[nodiscard]] bool is_mapped(const ClassInfo& info) const { return mapped_.contains(&info); }

  /// True if another definition of the class stands in the other branch of an if or try.
  [[nodiscard]] bool has_alternative(const ClassInfo& info) const
  {
    return alternatives_.contains(info.qualified);
  }

  const MappingRoot& root(const ClassInfo& info);

  /// The nearest mapped class that `info` extends, or null.
  const ClassInfo* parent(const ClassInfo& info);

  /// `lineage` without the mapped classes above `info`: those whose attributes become columns of
  /// its own.
  std::vector<const ClassInfo*> sources(const ClassInfo& info);

  struct TableName {
    std::string name;      ///< without schema; empty if it has none or it could not be computed
    bool computed = false; ///< something gives it a name that reading does not know
    bool written = false;  ///< by the candidate, not by a rule of the library
  };

  /// The table of `info` alone; a class that shares its parent's table has none.
  const TableName& table_name(const ClassInfo& info);

  /// True if the class says `__table__ = ...`, itself or through a mixin.
  bool has_table_object(const ClassInfo& info);

private:
  bool decide(const ClassInfo& info);
  bool is_second_definition(const ClassInfo& info);
  bool speaks_of_columns(const ClassInfo& info);
  void add(const ClassInfo& info);
  TableName find_name(const ClassInfo& info);
  TableName name_from(const ClassInfo& owner, const FoundAttribute& found, const ClassInfo& info);
  bool has_own_primary_key(const ClassInfo& info);

  Program& program_;
  std::map<const ClassInfo*, MappingRoot> roots_;
  std::map<const ClassInfo*, TableName> names_;
  std::set<const ClassInfo*> naming_;
  std::set<const ClassInfo*> mapped_;
  std::set<const ClassInfo*> ordered_;
  std::set<std::string> mapped_names_;
  std::set<std::string> alternatives_;
  std::vector<const ClassInfo*> order_;
};

} // namespace assay::facts
