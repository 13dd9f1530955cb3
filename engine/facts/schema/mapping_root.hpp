// SPDX-License-Identifier: MIT
// Which classes are mapped, and what they hang on. In: a class. Out: the declarative base behind
// it, whatever its name and however it was made, and the MetaData that base carries.
#pragma once

#include "engine/facts/program.hpp"
#include "engine/facts/schema/column.hpp"
#include "engine/model/schema_facts.hpp"

#include <map>
#include <string>
#include <vector>

namespace assay::facts {

enum class RootKind {
  none, ///< no declarative base above it
  declarative,
  flask, ///< db.Model
  sqlmodel,
  decorated, ///< @registry.mapped
  automap,
  unresolved, ///< a base that could not be read; its own body speaks of columns
};

struct MappingRoot {
  RootKind kind = RootKind::none;
  ValueRef library = nullptr; ///< the library base: DeclarativeBase, declarative_base(), db.Model
  const ClassInfo* base =
    nullptr; ///< project class that directly extends it, where that class is the base itself
  bool dataclass = false;
  bool reflected = false; ///< DeferredReflection, automap: columns come from a database
  bool by_name = false;
  std::vector<std::string> unread_bases; ///< names of bases that may add columns
};

/// The classes that give `info` its attributes: itself, its bases, and what its declarative base
/// was made from (declarative_base(cls=...), SQLAlchemy(model_class=...)).
std::vector<const ClassInfo*> lineage(Program& program, const ClassInfo& info);

/// What `info` hangs on.
MappingRoot mapping_root(Program& program, const ClassInfo& info);

/// True if `info` says `__abstract__ = True` itself, or is a declarative base.
bool is_abstract(Program& program, const ClassInfo& info);

/// Entries of the type_annotation_map that applies to `info`.
TypeMap type_map(Program& program, const ClassInfo& info);

/// `@name` or `@name(...)` on the class: the decorator's value (a call's callee), or null.
ValueRef class_decorator(Program& program, const ClassInfo& info, std::string_view last);

/// The MetaData collections of a program and the names they go by.
class MetadataBook {
public:
  explicit MetadataBook(Program& program);

  /// Identifies the MetaData that `value` is; empty if it is none that is known.
  std::string of_value(const Value& value);
  std::string of_class(const ClassInfo& info);

  /// `X.naming_convention = {...}`, `Base.metadata = MetaData(...)`: an assignment found while
  /// walking a module.
  void assigned(const Value& target, const Value& value);

  /// `schema=` of the MetaData with that id.
  [[nodiscard]] std::string schema_of(const std::string& id) const;

  /// Those that were asked for, sorted by id.
  [[nodiscard]] std::vector<MetadataFacts> facts() const;

private:
  std::string of_call(const Value& call, int depth);
  std::string of_flask(const Value& call, int depth);
  std::string of_base_value(const Value& value, int depth);
  std::string of_value_at(const Value& value, int depth);
  std::string of_class_at(const ClassInfo& info, int depth);
  std::string named(const Value& value) const;
  std::string record(std::string id, const Value* metadata, const Location& where);

  Program& program_;
  std::map<const syntax::Expr*, std::string> names_; ///< assigned expression -> "app.db.metadata"
  std::map<std::string, MetadataFacts, std::less<>> known_;
  std::map<std::string, std::string, std::less<>> schemas_;
};

} // namespace assay::facts
