// SPDX-License-Identifier: MIT
#include "engine/facts/schema/class_graph.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/schema/known_base.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

const ClassAttribute* own_attribute(const ClassInfo& info, std::string_view name)
{
  const ClassAttribute* found = nullptr;
  for (const ClassAttribute& attribute : info.attributes) {
    found = attribute.name == name && attribute.value != nullptr ? &attribute : found;
  }
  return found;
}

const FunctionInfo* own_method(const ClassInfo& info, std::string_view name)
{
  const auto found = std::ranges::find_if(
    info.methods, [name](const FunctionInfo* method) { return method->syntax->name == name; });
  return found == info.methods.end() ? nullptr : *found;
}

} // namespace

ClassGraph::ClassGraph(Program& program)
  : program_(program)
{
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded) {
      continue;
    }
    for (const ClassInfo* info : module->classes) {
      if (decide(*info) && !is_second_definition(*info)) {
        mapped_.insert(info);
      }
    }
  }
  for (const ModuleInfo* module : program.modules()) {
    for (const ClassInfo* info : module->classes) {
      if (mapped_.contains(info)) {
        add(*info);
      }
    }
  }
}

/// Of two definitions in the branches of an if the first is read; of two at top level both are (a
/// mistake to report).
bool ClassGraph::is_second_definition(const ClassInfo& info)
{
  const auto& body = info.module->syntax->body;
  const bool conditional = std::ranges::find(body, info.statement) == body.end();
  const bool second = !mapped_names_.insert(info.qualified).second && conditional;
  if (second) {
    alternatives_.insert(info.qualified);
  }
  return second;
}

void ClassGraph::add(const ClassInfo& info)
{
  std::vector<const ClassInfo*> ancestors = program_.ancestry(info);
  std::ranges::reverse(ancestors); // the farthest first; `info` itself comes last
  for (const ClassInfo* ancestor : ancestors) {
    if (mapped_.contains(ancestor) && ordered_.insert(ancestor).second) {
      order_.push_back(ancestor);
    }
  }
}

const MappingRoot& ClassGraph::root(const ClassInfo& info)
{
  const auto known = roots_.find(&info);
  return known != roots_.end() ? known->second
                               : roots_.emplace(&info, mapping_root(program_, info)).first->second;
}

bool ClassGraph::speaks_of_columns(const ClassInfo& info)
{
  for (const ClassAttribute& attribute : info.attributes) {
    if (attribute.annotation != nullptr
        && read_hint(*program_.annotation(*attribute.annotation, *info.module)).wrapper
             == "Mapped") {
      return true;
    }
    if (attribute.value == nullptr) {
      continue;
    }
    const Value& value = *program_.evaluate(*attribute.value, *info.module, &info);
    if (calls_any(program_,
                  value,
                  {"Column", "mapped_column", "relationship", "relation", "Relationship"})) {
      return true;
    }
  }
  return false;
}

bool ClassGraph::decide(const ClassInfo& info)
{
  const MappingRoot& base = root(info);
  if (base.kind == RootKind::none || is_abstract(program_, info)) {
    return false;
  }
  if (base.kind == RootKind::decorated) {
    return true;
  }
  if (base.kind == RootKind::sqlmodel) {
    const auto& keywords = info.syntax->keywords;
    const auto found =
      std::ranges::find(keywords, std::string_view("table"), &syntax::Keyword::name);
    return found != keywords.end() && found->value != nullptr
           && truth_of(program_.evaluate(*found->value, *info.module)) != Truth::no;
  }
  if (base.kind == RootKind::unresolved || base.by_name) {
    return speaks_of_columns(info);
  }
  const bool named =
    program_.attribute(info, "__tablename__").has_value() || has_table_object(info);
  const auto extends_more = [this, &info] {
    const auto ancestors = program_.ancestry(info);
    return std::ranges::any_of(ancestors, [&](const ClassInfo* other) {
      return other != &info && other->module->role == FileRole::graded && decide(*other);
    });
  };
  const auto sources = lineage(
    program_, info); // mixins give a class of Flask-SQLAlchemy its columns, and so its table
  const bool flask =
    base.kind == RootKind::flask && std::ranges::any_of(sources, [this](const ClassInfo* owner) {
      return speaks_of_columns(*owner);
    });
  return named || flask || speaks_of_columns(info) || extends_more();
}

bool ClassGraph::has_table_object(const ClassInfo& info)
{
  const auto classes = sources(info);
  return std::ranges::any_of(classes, [](const ClassInfo* owner) {
    return own_attribute(*owner, "__table__") != nullptr
           || own_method(*owner, "__table__") != nullptr;
  });
}

const ClassInfo* ClassGraph::parent(const ClassInfo& info)
{
  for (const ClassInfo* ancestor : program_.ancestry(info)) {
    if (ancestor != &info && mapped_.contains(ancestor)) {
      return ancestor;
    }
  }
  return nullptr;
}

std::vector<const ClassInfo*> ClassGraph::sources(const ClassInfo& info)
{
  std::vector<const ClassInfo*> classes = lineage(program_, info);
  std::vector<const ClassInfo*> inherited;
  for (const ClassInfo* ancestor : classes) {
    if (ancestor != &info && mapped_.contains(ancestor)) {
      const auto above = lineage(program_, *ancestor);
      inherited.insert(inherited.end(), above.begin(), above.end());
    }
  }
  std::erase_if(classes, [&](const ClassInfo* owner) {
    return owner != &info && std::ranges::find(inherited, owner) != inherited.end();
  });
  return classes;
}

const ClassGraph::TableName& ClassGraph::table_name(const ClassInfo& info)
{
  const auto known = names_.find(&info);
  if (known != names_.end()) {
    return known->second;
  }
  if (!naming_.insert(&info).second) {
    static const TableName k_circular{{}, true, false};
    return k_circular;
  }
  TableName name = find_name(info);
  naming_.erase(&info);
  return names_[&info] = std::move(name);
}

ClassGraph::TableName
ClassGraph::name_from(const ClassInfo& owner, const FoundAttribute& found, const ClassInfo& info)
{
  TableName result;
  result.computed = true;
  result.written = true;
  ValueRef value = nullptr;
  if (found.method != nullptr) {
    value = method_value(program_, *found.method, info);
  } else {
    value = program_.evaluate(*found.attribute->value, *owner.module, &owner);
    const Value& plain = settled(*value);
    const ValueRef first =
      calls_any(program_, plain, {"declared_attr"}) ? argument(plain, 0) : nullptr;
    if (first != nullptr && settled(*first).kind == ValueKind::lambda
        && settled(*first).origin->value != nullptr) {
      value = program_.evaluate(*settled(*first).origin->value, *owner.module, &owner);
    }
  }
  const auto table_of = [this](const ClassInfo& other) { return table_name(other).name; };
  if (const auto name =
        value == nullptr ? std::nullopt : known_string(program_, *value, table_of, &info)) {
    result.name = *name;
    result.computed = false;
  } else if (value != nullptr && is_none(value)) {
    return {};
  }
  return result;
}

bool ClassGraph::has_own_primary_key(const ClassInfo& info)
{
  for (const ClassInfo* owner : sources(info)) {
    for (const ClassAttribute& attribute : owner->attributes) {
      if (attribute.value == nullptr) {
        continue;
      }
      const ValueRef call =
        column_call(program_, *program_.evaluate(*attribute.value, *owner->module, owner));
      if (call != nullptr && truth_of(keyword(*call, "primary_key")) == Truth::yes) {
        return true;
      }
    }
  }
  return false;
}

/// Source: SQLAlchemy decl_base.py _MapperConfig._scan_attributes(); Flask-SQLAlchemy model.py
/// NameMixin; sqlmodel main.py SQLModel.__tablename__.
ClassGraph::TableName ClassGraph::find_name(const ClassInfo& info)
{
  for (const ClassInfo* owner : lineage(program_, info)) {
    FoundAttribute found;
    found.owner = owner;
    found.attribute = own_attribute(*owner, "__tablename__");
    found.method = own_method(*owner, "__tablename__");
    const bool inherited_literal =
      owner != &info && mapped_.contains(owner) && found.method == nullptr;
    if ((found.attribute == nullptr && found.method == nullptr) || inherited_literal) {
      continue;
    }
    if (found.method != nullptr) {
      found.attribute = nullptr;
    }
    return name_from(*owner, found, info);
  }
  const MappingRoot& base = root(info);
  const std::string simple(info.syntax->name);
  if (base.kind == RootKind::sqlmodel) {
    return {to_lower(simple), false, false};
  }
  if (base.kind == RootKind::flask && (parent(info) == nullptr || has_own_primary_key(info))) {
    return {camel_to_snake(simple), false, false};
  }
  for (const ValueRef library : program_.library_bases(info)) {
    const KnownBase* known = known_base(dotted_name(*library));
    if (known != nullptr && (known->names_by_class || !known->table_name.empty())) {
      return {known->names_by_class ? camel_to_snake(simple) : known->table_name, false, false};
    }
  }
  TableName nothing;
  nothing.computed = base.kind == RootKind::unresolved || !base.unread_bases.empty();
  return nothing;
}

} // namespace assay::facts
