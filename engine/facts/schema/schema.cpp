// SPDX-License-Identifier: MIT
// Reads the models of a program into SchemaFacts.
#include "engine/facts/extract.hpp"
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/imports.hpp"
#include "engine/facts/schema/relationship.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

/// What keeps reading from being sure that nothing was missed.
void note_unread(Draft& draft)
{
  const ImportIndex imports(draft.program);
  for (const ModuleInfo* module : draft.program.modules()) {
    if (module->role != FileRole::graded) {
      continue;
    }
    if (!module->syntax->errors.empty()) {
      draft.gap("A part of " + module->path + " (line "
                + std::to_string(module->syntax->errors.front().span.line)
                + ") is not valid Python.");
    }
    const bool maps = std::ranges::any_of(draft.classes, [module](const ClassDraft& drafted) {
      return drafted.info->module == module;
    });
    if (!maps) {
      continue;
    }
    for (const std::string& star : foreign_stars(imports, *module)) {
      draft.gap("The names that " + module->path + " takes from " + star
                + " are not part of the repository.");
    }
  }
}

void keep_relationships_of(Draft& draft)
{
  for (RelationshipDraft& relationship : draft.relationships) {
    draft.facts.relationships.push_back(std::move(relationship.relationship));
  }
}

} // namespace

SchemaFacts read_schema(Program& program, const EnvironmentFacts& environment)
{
  Draft draft(program, environment.dialect);
  draft.sqlalchemy_major = environment.sqlalchemy_major;
  MetadataBook metadata(program);
  ClassGraph graph(program);
  const ModuleEvents events = scan_modules(program);
  read_tables(draft, metadata, events);
  read_declarative(draft, metadata, graph);
  read_imperative(draft, events);
  apply_events(draft, metadata, events);
  for (TableDraft& table : draft.tables) {
    finish_keys(table.table);
  }
  note_unread(draft);
  link_foreign_keys(draft, graph, metadata);
  link_relationships(draft);
  read_validators(draft);
  find_problems(draft);
  read_import_effects(draft);
  keep_relationships_of(draft);
  for (TableDraft& table : draft.tables) {
    draft.facts.tables.push_back(std::move(table.table));
  }
  for (ClassDraft& drafted : draft.classes) {
    draft.by_name = draft.by_name || drafted.by_name;
    draft.facts.classes.push_back(std::move(drafted.mapped));
  }
  draft.facts.metadata = metadata.facts();
  draft.facts.basis = Basis::reading;
  // checks.md section 7: all names resolved to SQLAlchemy imports, or some recognised by name only.
  draft.facts.confidence = draft.by_name ? 0.5 : 0.75;
  draft.facts.complete = draft.facts.gaps.empty() ? Truth::yes : Truth::unknown;
  return std::move(draft.facts);
}

} // namespace assay::facts
