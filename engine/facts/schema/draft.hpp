// SPDX-License-Identifier: MIT
// What is known while SchemaFacts are being put together: tables, classes and relationships with
// the values behind them, before names are linked. Indices into the vectors are stable: nothing is
// ever removed.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/facts/schema/column.hpp"
#include "engine/facts/schema/table_args.hpp"
#include "engine/facts/schema/vocabulary.hpp"
#include "engine/model/facts.hpp"
#include "engine/model/schema_facts.hpp"

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace assay::facts {

inline constexpr std::size_t k_none = static_cast<std::size_t>(-1);

struct TableDraft {
  Table table;
  std::vector<std::vector<ValueRef>>
    foreign_targets; ///< for each of table.foreign_keys, one value per column
  std::vector<const ClassInfo*>
    foreign_scopes; ///< the class in whose body each foreign key stands, or null
  std::map<ValueRef, std::string> by_value;               ///< Column call -> column name
  std::map<std::string, std::string, std::less<>> by_key; ///< attribute or key -> column name
  const syntax::Expr* origin = nullptr;                   ///< of the Table() call
  const ModuleInfo* module = nullptr;
  bool extends_existing = false;
  bool conditional = false; ///< defined under an if or in an except clause
  bool inferred_name = false;
};

struct ClassDraft {
  MappedClass mapped;
  const ClassInfo* info = nullptr;
  std::size_t table = k_none;
  std::size_t parent = k_none;                   ///< mapped class it extends
  bool by_name = false;                          ///< only names say that it is mapped
  std::set<std::string, std::less<>> attributes; ///< every class-level name, own and inherited
};

struct RelationshipDraft {
  Relationship relationship;
  std::size_t owner = k_none;
  std::size_t target = k_none;
  ValueRef call = nullptr;
  TypeHint hint;
  const ModuleInfo* module = nullptr;
  const ClassInfo* scope = nullptr;   ///< class in whose body it is written
  std::vector<ValueRef> foreign_keys; ///< foreign_keys=, as given
  std::vector<ValueRef> remote_side;
  std::vector<ValueRef> joined; ///< columns that primaryjoin mentions
  ValueRef target_value = nullptr;
  ValueRef secondary = nullptr;
  ValueRef backref = nullptr;
  std::size_t reverse = k_none;
  std::size_t candidates = 0; ///< foreign keys between the two classes, before foreign_keys= chose
  bool sqlmodel = false;
  bool conflict = false;  ///< its backref's name is taken on the other class
  bool inherited = false; ///< from a mixin: written once, present on several classes
};

struct Draft {
  Draft(Program& graded, Dialect judged)
    : program(graded),
      dialect(judged)
  {
  }

  Program& program;
  Dialect dialect;
  SchemaFacts facts;
  std::deque<TableDraft> tables;
  std::deque<ClassDraft> classes;
  std::deque<RelationshipDraft> relationships;
  std::map<const ClassInfo*, std::size_t> class_of;
  std::map<std::string, std::vector<std::size_t>, std::less<>> tables_by_name;
  bool by_name = false;
  int sqlalchemy_major = 0;

  void gap(std::string sentence)
  {
    for (const std::string& known : facts.gaps) {
      if (known == sentence) {
        return;
      }
    }
    facts.gaps.push_back(std::move(sentence));
  }

  /// The first table of that name; k_none if there is none.
  [[nodiscard]] std::size_t find_table(std::string_view name) const
  {
    const auto found = tables_by_name.find(name);
    return found == tables_by_name.end() ? k_none : found->second.front();
  }

  std::size_t add_table(TableDraft table)
  {
    const std::size_t index = tables.size();
    if (!table.table.name.empty()) {
      tables_by_name[table.table.name].push_back(index);
    }
    tables.push_back(std::move(table));
    return index;
  }

  [[nodiscard]] const ClassDraft* find_class(const ClassInfo* info) const
  {
    const auto found = class_of.find(info);
    return found == class_of.end() ? nullptr : &classes[found->second];
  }
};

/// Adds a column and what is written on it to a table.
void add_column(TableDraft& table, ColumnReading reading, ValueRef value, const ClassInfo* scope);

/// Adds an item of __table_args__ or Table(); false if it was not understood.
bool add_table_argument(Draft& draft, TableDraft& table, const Value& item, const ClassInfo* scope);

/// Puts the single-column keys (primary_key=, unique=, index=) and the primary key into table.keys.
void finish_keys(Table& table);

/// The table's name for the column that `value` means: a string, a Column call, Class.attribute,
/// table.c.name.
std::string column_name(Draft& draft, const TableDraft& table, const Value& value);

/// "users" with schema "blog" -> "blog.users".
std::string qualified_table(std::string_view schema, std::string_view name);

} // namespace assay::facts
