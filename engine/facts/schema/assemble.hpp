// SPDX-License-Identifier: MIT
// The stages that fill a Draft, in the order in which read_schema() runs them.
#pragma once

#include "engine/facts/schema/class_graph.hpp"
#include "engine/facts/schema/draft.hpp"
#include "engine/facts/schema/mapping_root.hpp"

#include <vector>

namespace assay::facts {

/// What walking modules met that concerns mapping but stands outside class bodies.
struct ModuleEvents {
  struct Call {
    ValueRef call = nullptr;
    const ModuleInfo* module = nullptr;
    bool conditional = false;
    const syntax::Expr* written = nullptr; ///< the call of a helper that makes the table
  };

  struct Assignment {
    ValueRef target = nullptr;
    ValueRef value = nullptr;
    const ModuleInfo* module = nullptr;
  };

  std::vector<Call> tables;   ///< Table(...)
  std::vector<Call> mappings; ///< map_imperatively(), mapper()
  std::vector<Call>
    constraints; ///< Index() and other constraints that name their columns themselves
  std::vector<Assignment> assignments; ///< to attributes; setattr() with a known name too
  std::vector<const ClassInfo*>
    extended; ///< classes that get attributes under names that are not known
  std::vector<std::string> gaps;
};

/// Walks every graded module, and the functions that map (start_mappers and its like). Source:
/// checks.md R11.
ModuleEvents scan_modules(Program& program);

/// Core tables.
void read_tables(Draft& draft, MetadataBook& metadata, const ModuleEvents& events);

/// The table draft a value means: a Table() call, Class.__table__, a class, a table's name; k_none
/// if unknown.
std::size_t table_of_value(Draft& draft, const Value& value, const ModuleInfo* module = nullptr);

/// Declarative classes with their tables and relationships.
void read_declarative(Draft& draft, MetadataBook& metadata, ClassGraph& graph);

/// registry.map_imperatively(User, users, properties={...}).
void read_imperative(Draft& draft, const ModuleEvents& events);

/// `User.posts = relationship(...)`, `Index("ix", User.email)` and naming conventions set later.
void apply_events(Draft& draft, MetadataBook& metadata, const ModuleEvents& events);

/// Foreign keys to tables; columns without a type take that of the column they point to.
void link_foreign_keys(Draft& draft, ClassGraph& graph, const MetadataBook& metadata);

/// has_repr.
void read_traits(Draft& draft, ClassDraft& drafted);

/// Validators of columns and soft_delete, once all columns are there.
void read_validators(Draft& draft);

/// What the models' import closure does when it is imported.
void read_import_effects(Draft& draft);

/// Problems that are certain by reading.
void find_problems(Draft& draft);

} // namespace assay::facts
