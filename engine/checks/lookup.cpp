// SPDX-License-Identifier: MIT
#include "engine/checks/lookup.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <cctype>

namespace assay::checks {

namespace {

void add_unique(std::vector<std::string>& list, const std::string& item)
{
  if (!item.empty() && std::ranges::find(list, item) == list.end()) {
    list.push_back(item);
  }
}

bool plays_a_role(const Resolution& roles, const std::string& class_name)
{
  return std::ranges::any_of(
    roles.entities, [&](const auto& entry) { return entry.second.class_name == class_name; });
}

/// The class, the classes it extends, and those extending it that play no role of their own.
std::vector<std::string> family_of(const Subject& subject, const std::string& class_name)
{
  const SchemaFacts& schema = subject.facts.schema;
  std::vector<std::string> family;
  add_unique(family, class_name);
  for (const MappedClass* at = find_class(schema, class_name);
       at != nullptr && !at->inherits.empty();
       at = find_class(schema, at->inherits)) {
    if (std::ranges::find(family, at->inherits) != family.end()) {
      break;
    }
    family.push_back(at->inherits);
  }
  std::vector<std::string> below{class_name};
  while (!below.empty()) {
    const std::string parent = below.back();
    below.pop_back();
    for (const MappedClass& mapped : schema.classes) {
      const bool known = std::ranges::find(family, mapped.name) != family.end();
      if (mapped.inherits == parent && !known && !plays_a_role(subject.roles, mapped.name)) {
        family.push_back(mapped.name);
        below.push_back(mapped.name);
      }
    }
  }
  return family;
}

const std::vector<Table>& tables_of_origin(const Facts& facts, EntityOrigin origin)
{
  switch (origin) {
  case EntityOrigin::migration:
    return facts.migration.tables;
  case EntityOrigin::raw_sql:
    return facts.raw_sql_schema.tables;
  case EntityOrigin::mapped:
  case EntityOrigin::core_table:
    break;
  }
  return facts.schema.tables;
}

double confidence_of_origin(const Facts& facts, EntityOrigin origin)
{
  switch (origin) {
  case EntityOrigin::migration:
    return facts.migration.confidence;
  case EntityOrigin::raw_sql:
    return facts.raw_sql_schema.confidence;
  case EntityOrigin::mapped:
  case EntityOrigin::core_table:
    break;
  }
  return facts.schema.confidence;
}

Truth completeness_of_origin(const Subject& subject, EntityOrigin origin)
{
  switch (origin) {
  case EntityOrigin::migration:
    return subject.facts.migration.tables_complete;
  case EntityOrigin::raw_sql:
    return subject.facts.raw_sql_schema.complete;
  case EntityOrigin::mapped:
  case EntityOrigin::core_table:
    break;
  }
  return truth(absence_proves(subject));
}

void add_table(EntityView& view, const std::vector<Table>& tables, const std::string& name)
{
  const Table* table = name.empty() ? nullptr : find_table(tables, name);
  if (table != nullptr && std::ranges::find(view.tables, table) == view.tables.end()) {
    view.tables.push_back(table);
  }
}

void collect_classes(EntityView& view, const Subject& subject)
{
  view.mapped = find_class(subject.facts.schema, view.entity->class_name);
  if (!view.entity->class_name.empty()) {
    view.classes = family_of(subject, view.entity->class_name);
  }
  for (const std::string& alias : view.entity->aliases) {
    add_unique(view.classes, alias);
  }
}

void collect_tables(EntityView& view, const Subject& subject)
{
  const std::vector<Table>& tables = tables_of_origin(subject.facts, view.entity->origin);
  add_table(view, tables, view.entity->table);
  for (const std::string& name : view.classes) {
    const MappedClass* mapped = find_class(subject.facts.schema, name);
    if (mapped != nullptr) {
      add_table(view, tables, mapped->table);
    }
  }
  for (const std::string& alias : view.entity->alias_tables) {
    add_table(view, tables, alias);
  }
}

Truth completeness(const EntityView& view, const Subject& subject)
{
  Truth complete = completeness_of_origin(subject, view.entity->origin);
  for (const std::string& name : view.classes) {
    const MappedClass* mapped = find_class(subject.facts.schema, name);
    complete = both(complete, mapped == nullptr ? Truth::unknown : mapped->complete);
  }
  for (const Table* table : view.tables) {
    complete = both(complete, table->complete);
  }
  return view.tables.empty() ? both(complete, Truth::unknown) : complete;
}

/// A sentence as the end of another one.
std::string clause(std::string text)
{
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) {
    text.pop_back();
  }
  const bool plain_word = text.size() > 1 && std::islower(static_cast<unsigned char>(text[1])) != 0
                          && text.substr(0, text.find(' ')).find('.') == std::string::npos;
  if (plain_word || (text.size() > 1 && text[1] == ' ')) {
    text.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(text.front())));
  }
  return text;
}

bool unreadable(const SourceFile& file)
{
  return file.role == FileRole::graded && file.path.ends_with(".py")
         && (!file.parsed || !file.syntax_errors.empty());
}

} // namespace

bool EntityView::in_models() const
{
  return entity != nullptr
         && (entity->origin == EntityOrigin::mapped || entity->origin == EntityOrigin::core_table);
}

const EntitySpec* find_entity_spec(const Subject& subject, std::string_view role)
{
  const auto found = std::ranges::find(subject.rubric.entities, role, &EntitySpec::id);
  return found == subject.rubric.entities.end() ? nullptr : &*found;
}

const RelationSpec* find_relation_spec(const Subject& subject, std::string_view id)
{
  const auto found = std::ranges::find(subject.rubric.relations, id, &RelationSpec::id);
  return found == subject.rubric.relations.end() ? nullptr : &*found;
}

std::string role_title(const Subject& subject, std::string_view role)
{
  const EntitySpec* spec = find_entity_spec(subject, role);
  return spec == nullptr || spec->title.empty() ? std::string(role) : spec->title;
}

std::string short_name(std::string_view qualified)
{
  return std::string(qualified.substr(qualified.rfind('.') + 1));
}

std::string qualified_name(const Relationship& relationship)
{
  return relationship.owner + "." + relationship.name;
}

bool names_table(std::string_view name, const Table& table)
{
  if (name.empty()) {
    return false;
  }
  const std::string full = table.schema.empty() ? table.name : table.schema + "." + table.name;
  return to_lower(name) == to_lower(table.name) || to_lower(name) == to_lower(full);
}

bool has_words(std::string_view name, std::string_view wanted)
{
  const std::vector<std::string> words = identifier_words(name);
  const std::vector<std::string> pattern = identifier_words(wanted);
  return !pattern.empty() && std::ranges::search(words, pattern).begin() != words.end();
}

bool has_any_words(std::string_view name, const std::vector<std::string>& wanted)
{
  return std::ranges::any_of(wanted,
                             [&](const std::string& word) { return has_words(name, word); });
}

bool has_any_words(std::string_view name, std::span<const std::string_view> wanted)
{
  return std::ranges::any_of(wanted, [&](std::string_view word) { return has_words(name, word); });
}

const MappedClass* find_class(const SchemaFacts& schema, std::string_view qualified)
{
  const auto found = std::ranges::find(schema.classes, qualified, &MappedClass::name);
  return qualified.empty() || found == schema.classes.end() ? nullptr : &*found;
}

const Table* find_table(const std::vector<Table>& tables, std::string_view name)
{
  const auto exact = std::ranges::find(tables, name, &Table::name);
  if (exact != tables.end()) {
    return &*exact;
  }
  const auto found =
    std::ranges::find_if(tables, [&](const Table& table) { return names_table(name, table); });
  return found == tables.end() ? nullptr : &*found;
}

const Table* migrated_table(const Subject& subject, const Table& table)
{
  return find_table(subject.facts.migration.tables, table.name);
}

EntityView view_entity(const Subject& subject, std::string_view role)
{
  EntityView view;
  view.role = std::string(role);
  view.spec = find_entity_spec(subject, role);
  const auto found = subject.roles.entities.find(view.role);
  if (found == subject.roles.entities.end()) {
    const SchemaFacts& sql = subject.facts.raw_sql_schema;
    view.complete =
      both(truth(absence_proves(subject)), sql.tables.empty() ? Truth::yes : sql.complete);
    view.confidence = subject.facts.schema.confidence;
    return view;
  }
  view.entity = &found->second;
  view.confidence = confidence_of_origin(subject.facts, view.entity->origin);
  collect_classes(view, subject);
  collect_tables(view, subject);
  view.complete = completeness(view, subject);
  return view;
}

std::vector<EntityView> view_entities(const Subject& subject)
{
  std::vector<EntityView> views;
  for (const EntitySpec& spec : subject.rubric.entities) {
    views.push_back(view_entity(subject, spec.id));
  }
  return views;
}

std::vector<ColumnRef> columns_of(const EntityView& view, std::string_view column_role)
{
  std::vector<ColumnRef> found;
  if (view.entity == nullptr) {
    return found;
  }
  const auto names = view.entity->columns.find(std::string(column_role));
  if (names == view.entity->columns.end()) {
    return found;
  }
  for (const std::string& name : names->second) {
    for (const Table* table : view.tables) {
      const Column* column = find_column(*table, name);
      if (column != nullptr) {
        found.push_back({table, column});
        break;
      }
    }
  }
  return found;
}

std::pair<std::string, std::string> split_column_role(std::string_view dotted)
{
  const std::size_t dot = dotted.find('.');
  if (dot == std::string_view::npos) {
    return {};
  }
  return {std::string(dotted.substr(0, dot)), std::string(dotted.substr(dot + 1))};
}

std::vector<ColumnRef> all_columns(const EntityView& view)
{
  std::vector<ColumnRef> columns;
  for (const Table* table : view.tables) {
    for (const Column& column : table->columns) {
      columns.push_back({table, &column});
    }
  }
  return columns;
}

bool absence_proves(const Subject& subject)
{
  return why_incomplete(subject).empty();
}

std::string why_incomplete(const Subject& subject)
{
  const SchemaFacts& schema = subject.facts.schema;
  if (schema.basis == Basis::none) {
    return "the models were not read";
  }
  if (schema.complete != Truth::yes) {
    return schema.gaps.empty() ? "a part of the models could not be understood by reading"
                               : clause(schema.gaps.front());
  }
  const auto broken = std::ranges::find_if(subject.facts.files, unreadable);
  return broken == subject.facts.files.end() ? std::string()
                                             : "a part of " + broken->path + " could not be parsed";
}

double confidence_of(const Subject& subject, std::initializer_list<const EntityView*> views)
{
  double lowest = subject.facts.schema.confidence;
  bool first = true;
  for (const EntityView* view : views) {
    lowest = first ? view->confidence : std::min(lowest, view->confidence);
    first = false;
  }
  return lowest;
}

bool anything_mapped(const Subject& subject)
{
  return !subject.facts.schema.classes.empty() || !subject.facts.schema.tables.empty();
}

std::string label(const ColumnRef& column)
{
  const bool mapped = !column.table->classes.empty() && !column.column->attribute.empty();
  return mapped ? short_name(column.table->classes.front()) + "." + column.column->attribute
                : column.table->name + "." + column.column->name;
}

std::string label(const EntityView& view)
{
  if (view.entity == nullptr) {
    return view.spec == nullptr || view.spec->title.empty() ? view.role : view.spec->title;
  }
  return view.entity->class_name.empty() ? "table " + view.entity->table
                                         : short_name(view.entity->class_name);
}

void add_evidence(std::vector<Evidence>& evidence, const Location& where, std::string note)
{
  if (!where.path.empty()) {
    evidence.push_back({where, std::move(note)});
  }
}

} // namespace assay::checks
