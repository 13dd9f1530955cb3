// SPDX-License-Identifier: MIT
// Mapping outside class bodies: map_imperatively(), attributes added to classes, indexes written
// after the table.
#include "engine/facts/schema/assemble.hpp"
#include "engine/facts/schema/relationship.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

class ImperativeReader {
public:
  ImperativeReader(Draft& draft, const ModuleEvents::Call& event)
    : draft_(draft),
      program_(draft.program),
      event_(event),
      call_(*event.call)
  {
  }

  void read()
  {
    const ValueRef mapped = argument_or_keyword(call_, 0, "class_");
    if (mapped == nullptr || settled(*mapped).kind != ValueKind::class_ref) {
      draft_.gap("The class mapped at " + program_.locate(call_).path + " could not be read.");
      return;
    }
    const ClassInfo& info = *settled(*mapped).class_info;
    if (draft_.class_of.contains(&info)) {
      return;
    }
    describe(info);
    const std::size_t index = draft_.classes.size();
    if (const ValueRef options = keyword(call_, "properties")) {
      properties(settled(*options), index);
    }
    name_attributes();
    read_traits(draft_, class_);
    draft_.class_of[&info] = index;
    draft_.classes.push_back(std::move(class_));
  }

private:
  void describe(const ClassInfo& info)
  {
    class_.info = &info;
    MappedClass& mapped = class_.mapped;
    mapped.name = info.qualified;
    mapped.style = MappingStyle::imperative;
    mapped.explicit_tablename = true;
    mapped.has_docstring = !info.syntax->docstring.empty();
    mapped.where = program_.locate(*info.module, info.syntax->name_span);
    mapped.where.end_line = info.statement->span.end_line;
    for (const ValueRef base : program_.bases(info)) {
      const std::string dotted = dotted_name(*base);
      mapped.bases.push_back(dotted.empty() ? source_text(*base) : dotted);
    }
    for (const ClassInfo* ancestor : program_.ancestry(info)) {
      for (const ClassAttribute& attribute : ancestor->attributes) {
        class_.attributes.insert(attribute.name);
        mapped.annotated = mapped.annotated || attribute.annotation != nullptr;
      }
      for (const FunctionInfo* method : ancestor->methods) {
        class_.attributes.insert(std::string(method->syntax->name));
        mapped.annotated = mapped.annotated || annotated_constructor(*method);
      }
    }
    if (const ValueRef parent = keyword(call_, "inherits");
        parent != nullptr && settled(*parent).kind == ValueKind::class_ref) {
      const auto found = draft_.class_of.find(settled(*parent).class_info);
      class_.parent = found == draft_.class_of.end() ? k_none : found->second;
      mapped.inherits = settled(*parent).class_info->qualified;
    }
    if (const ValueRef table = argument_or_keyword(call_, 1, "local_table")) {
      class_.table = table_of_value(draft_, *table, event_.module);
    }
    if (class_.table != k_none) {
      Table& table = draft_.tables[class_.table].table;
      table.classes.push_back(mapped.name);
      mapped.table = table.name;
      mapped.metadata = table.metadata;
    } else if (class_.parent != k_none) {
      class_.table = draft_.classes[class_.parent].table;
      mapped.single_table = true;
      mapped.table = draft_.classes[class_.parent].mapped.table;
      mapped.metadata = draft_.classes[class_.parent].mapped.metadata;
    } else {
      mapped.complete = Truth::no;
      draft_.gap("The table of " + mapped.name + " could not be read.");
    }
  }

  static bool annotated_constructor(const FunctionInfo& method)
  {
    const auto& parameters = method.syntax->parameters;
    return method.syntax->name == "__init__"
           && std::ranges::any_of(
             parameters, [](const auto& parameter) { return parameter.annotation != nullptr; });
  }

  void properties(const Value& dict, std::size_t index)
  {
    if (dict.kind != ValueKind::dict) {
      class_.mapped.complete = Truth::no;
      draft_.gap("The properties of " + class_.mapped.name + " could not be read.");
      return;
    }
    for (std::size_t i = 0; i < dict.keys.size(); ++i) {
      const auto name =
        dict.keys[i] == nullptr ? std::nullopt : known_string(program_, *dict.keys[i]);
      if (!name) {
        class_.mapped.complete = Truth::no;
        continue;
      }
      class_.attributes.insert(*name);
      property(*name, settled(*dict.items[i]), index);
    }
  }

  void property(const std::string& name, const Value& value, std::size_t index)
  {
    if (is_relationship(program_, value)) {
      RelationshipSource source;
      source.name = name;
      source.call = &value;
      source.module = event_.module;
      source.where = program_.locate(value);
      RelationshipDraft relationship = read_relationship(draft_, source);
      relationship.owner = index;
      relationship.relationship.owner = class_.mapped.name;
      draft_.relationships.push_back(std::move(relationship));
    } else if (class_.table != k_none
               && (value.kind == ValueKind::attribute || value.kind == ValueKind::subscript)) {
      TableDraft& table = draft_.tables[class_.table];
      const auto found =
        std::ranges::find(table.table.columns, column_name(draft_, table, value), &Column::name);
      if (found != table.table.columns.end()) {
        found->attribute = name;
      }
    }
  }

  void name_attributes()
  {
    if (class_.table == k_none) {
      return;
    }
    TableDraft& table = draft_.tables[class_.table];
    for (Column& column : table.table.columns) {
      column.attribute = column.attribute.empty() ? column.name : column.attribute;
      table.by_key.emplace(column.attribute, column.name);
      class_.attributes.insert(column.attribute);
    }
  }

  Draft& draft_;
  Program& program_;
  const ModuleEvents::Call& event_;
  const Value& call_;
  ClassDraft class_;
};

/// The class or table that the columns of a constraint belong to.
std::size_t table_mentioned(Draft& draft, const Value& value, int depth)
{
  const Value& plain = settled(value);
  if (depth > 8) {
    return k_none;
  }
  if (plain.kind == ValueKind::attribute) {
    const Value& base = settled(*plain.base);
    if (const std::size_t table = table_of_value(draft, base);
        table != k_none && base.kind != ValueKind::string) {
      return table;
    }
    return table_mentioned(draft, base, depth + 1);
  }
  if (plain.kind == ValueKind::call || plain.kind == ValueKind::subscript) {
    for (const ValueRef item : plain.items) {
      if (const std::size_t table = table_mentioned(draft, *item, depth + 1); table != k_none) {
        return table;
      }
    }
    return plain.base == nullptr ? k_none : table_mentioned(draft, *plain.base, depth + 1);
  }
  return k_none;
}

void add_attribute(Draft& draft, const ModuleEvents::Assignment& event)
{
  const Value& base = settled(*event.target->base);
  const auto found =
    base.kind == ValueKind::class_ref ? draft.class_of.find(base.class_info) : draft.class_of.end();
  if (found == draft.class_of.end()) {
    return;
  }
  ClassDraft& drafted = draft.classes[found->second];
  const Value& value = settled(*event.value);
  const std::string& name = event.target->text;
  if (is_relationship(draft.program, value)) {
    RelationshipSource source;
    source.name = name;
    source.call = &value;
    source.module = event.module;
    source.where = draft.program.locate(*event.target);
    RelationshipDraft relationship = read_relationship(draft, source);
    relationship.owner = found->second;
    relationship.relationship.owner = drafted.mapped.name;
    draft.relationships.push_back(std::move(relationship));
  } else if (const ValueRef call = column_call(draft.program, value);
             call != nullptr && drafted.table != k_none) {
    ColumnSource source;
    source.attribute = name;
    source.value = call;
    source.where = draft.program.locate(*event.target);
    add_column(
      draft.tables[drafted.table], read_column(draft.program, source, {}), call, drafted.info);
  } else if (calls_any(draft.program, value, {"association_proxy"})) {
    drafted.mapped.proxies.push_back(name);
  }
  drafted.attributes.insert(name);
}

} // namespace

void read_imperative(Draft& draft, const ModuleEvents& events)
{
  for (const ModuleEvents::Call& event : events.mappings) {
    ImperativeReader(draft, event).read();
  }
}

void apply_events(Draft& draft, MetadataBook& metadata, const ModuleEvents& events)
{
  for (const ModuleEvents::Assignment& event : events.assignments) {
    metadata.assigned(*event.target, *event.value);
    add_attribute(draft, event);
  }
  std::set<const syntax::Expr*> seen;
  for (const ModuleEvents::Call& event : events.constraints) {
    std::size_t table = k_none;
    for (const ValueRef item : event.call->items) {
      table = table == k_none ? table_mentioned(draft, *item, 0) : table;
    }
    if (table != k_none && seen.insert(event.call->origin).second) {
      add_table_argument(draft, draft.tables[table], *event.call, nullptr);
    }
  }
  for (const std::string& gap : events.gaps) {
    draft.gap(gap);
  }
  for (const ClassInfo* info : events.extended) {
    const auto found = draft.class_of.find(info);
    if (found != draft.class_of.end()) {
      ClassDraft& drafted = draft.classes[found->second];
      drafted.mapped.complete = Truth::no;
      if (drafted.table != k_none) {
        draft.tables[drafted.table].table.complete = Truth::no;
      }
    }
  }
}

} // namespace assay::facts
