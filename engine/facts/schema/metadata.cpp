// SPDX-License-Identifier: MIT
// Which MetaData a base, a table or a class belongs to.
#include "engine/facts/schema/mapping_root.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>

namespace assay::facts {

namespace {

using Names = std::map<const syntax::Expr*, std::string>;

void collect_names(const syntax::Block& block, const std::string& prefix, Names& names)
{
  for (const syntax::Stmt* statement : block) {
    const bool assigns =
      statement->kind == syntax::StmtKind::assign || statement->kind == syntax::StmtKind::annotated;
    if (assigns && statement->value != nullptr && !statement->targets.empty()
        && statement->targets.front()->kind == syntax::ExprKind::name) {
      names.emplace(statement->value, prefix + std::string(statement->targets.front()->text));
    }
    collect_names(statement->body, prefix, names);
    if (statement->class_def != nullptr) {
      collect_names(
        statement->class_def->body, prefix + std::string(statement->class_def->name) + ".", names);
    }
    collect_names(statement->orelse, prefix, names);
    for (const syntax::Handler& handler : statement->handlers) {
      collect_names(handler.body, prefix, names);
    }
  }
}

bool has_items(ValueRef value)
{
  const Value& plain = settled(*value);
  return plain.kind != ValueKind::none && !(plain.kind == ValueKind::dict && plain.items.empty());
}

} // namespace

MetadataBook::MetadataBook(Program& program)
  : program_(program)
{
  for (const ModuleInfo* module : program.modules()) {
    collect_names(module->syntax->body, module->name + ".", names_);
  }
}

std::string MetadataBook::named(const Value& value) const
{
  const auto found = names_.find(value.origin);
  if (found != names_.end()) {
    return found->second;
  }
  if (value.module == nullptr || value.origin == nullptr) {
    return {};
  }
  return value.module->name + ":" + std::to_string(value.origin->span.line);
}

std::string MetadataBook::record(std::string id, const Value* metadata, const Location& where)
{
  const auto [entry, fresh] = known_.try_emplace(id);
  MetadataFacts& facts = entry->second;
  if (fresh) {
    facts.id = id;
    facts.where = where;
  }
  if (metadata != nullptr && metadata->kind == ValueKind::call) {
    if (const ValueRef convention = keyword(*metadata, "naming_convention")) {
      facts.naming_convention = truth(has_items(convention));
    } else if (has_unknown_arguments(*metadata) && facts.naming_convention == Truth::no) {
      facts.naming_convention = Truth::unknown;
    }
    if (const ValueRef schema = keyword(*metadata, "schema")) {
      schemas_[id] = known_string(program_, *schema).value_or(std::string());
    }
  }
  return id;
}

std::string MetadataBook::of_flask(const Value& call, int depth)
{
  if (const ValueRef metadata = keyword(call, "metadata")) {
    const Value& given = settled(*metadata);
    if (given.kind == ValueKind::call && !names_.contains(given.origin)) {
      return record("flask:" + named(call), &given, program_.locate(call));
    }
    if (std::string id = of_value_at(given, depth + 1); !id.empty()) {
      return id;
    }
  }
  if (const ValueRef model = keyword(call, "model_class");
      model != nullptr && settled(*model).kind == ValueKind::class_ref) {
    const ClassInfo& base = *settled(*model).class_info;
    if (mapping_root(program_, base).kind != RootKind::none) {
      return of_class_at(base, depth + 1);
    }
  }
  return record("flask:" + named(call), nullptr, program_.locate(call));
}

std::string MetadataBook::of_call(const Value& call, int depth)
{
  const Construct called = construct(program_, *call.base);
  const Value& callee = settled(*call.base);
  const std::string_view name = called ? last_name(called.name) : std::string_view(callee.text);
  if (name == "MetaData") {
    return record(named(call), &call, program_.locate(call));
  }
  if (name == "SQLAlchemy") {
    return of_flask(call, depth);
  }
  if (name == "generate_base" && callee.kind == ValueKind::attribute) {
    return of_value_at(*callee.base, depth + 1);
  }
  if (name == "declarative_base" || name == "automap_base" || name == "registry"
      || name == "as_declarative") {
    if (const ValueRef metadata = keyword(call, "metadata")) {
      const Value& given = settled(*metadata);
      if (given.kind == ValueKind::call && !names_.contains(given.origin)) {
        return record(
          named(call), &given, program_.locate(call)); // made in place: it goes by the base's name
      }
      if (std::string id = of_value_at(given, depth + 1); !id.empty()) {
        return id;
      }
    }
    if (const ValueRef base = keyword(call, "cls");
        base != nullptr && settled(*base).kind == ValueKind::class_ref) {
      if (const auto attribute = program_.attribute(*settled(*base).class_info, "metadata")) {
        return of_class_at(*settled(*base).class_info, depth + 1);
      }
    }
    return record(named(call), nullptr, program_.locate(call));
  }
  return {};
}

std::string MetadataBook::of_base_value(const Value& value, int depth)
{
  const Value& plain = settled(value);
  if (plain.kind == ValueKind::class_ref) {
    return of_class_at(*plain.class_info, depth + 1);
  }
  if (plain.kind == ValueKind::call) {
    return of_call(plain, depth + 1);
  }
  if (plain.kind == ValueKind::attribute
      && (plain.text == "Model" || plain.text == "registry" || plain.text == "metadata")) {
    return of_base_value(*plain.base, depth + 1);
  }
  const std::string dotted = dotted_name(plain);
  if (dotted == "sqlmodel.SQLModel" || dotted == "sqlmodel.SQLModel.metadata") {
    return record("sqlmodel", nullptr, program_.locate(plain));
  }
  if (plain.kind == ValueKind::symbol || plain.kind == ValueKind::unknown
      || plain.kind == ValueKind::parameter || plain.kind == ValueKind::attribute) {
    std::string id = dotted.empty() ? source_text(plain) : dotted;
    for (const std::string_view ending : {".metadata", ".Model"}) {
      id = id.ends_with(ending) ? id.substr(0, id.size() - ending.size()) : id;
    }
    return id.empty() ? id : record(std::move(id), nullptr, program_.locate(plain));
  }
  return {};
}

std::string MetadataBook::of_value_at(const Value& value, int depth)
{
  return depth > 12 ? std::string() : of_base_value(value, depth);
}

std::string MetadataBook::of_class_at(const ClassInfo& info, int depth)
{
  if (depth > 12) {
    return {};
  }
  for (const ClassInfo* owner : lineage(program_, info)) {
    for (const ClassAttribute& attribute : owner->attributes) {
      if (attribute.value == nullptr
          || (attribute.name != "metadata" && attribute.name != "registry")) {
        continue;
      }
      const Value& value = settled(*program_.evaluate(*attribute.value, *owner->module, owner));
      const bool written_here = value.origin == attribute.value && value.kind == ValueKind::call;
      if (!written_here) {
        if (std::string id = of_value_at(value, depth + 1); !id.empty()) {
          return id;
        }
        continue;
      }
      const ValueRef inner = keyword(value, "metadata");
      const Value* metadata = inner != nullptr ? &settled(*inner) : &value;
      const bool names_other =
        inner != nullptr && metadata->origin != nullptr && names_.contains(metadata->origin);
      if (names_other) {
        return of_value_at(*metadata, depth + 1);
      }
      return record(
        owner->qualified, metadata, program_.locate(*owner->module, attribute.statement->span));
    }
  }
  const MappingRoot root = mapping_root(program_, info);
  if (root.base != nullptr && root.library != nullptr && root.library->kind != ValueKind::call) {
    return record(root.base->qualified,
                  nullptr,
                  program_.locate(*root.base->module, root.base->statement->span));
  }
  if (root.base != nullptr && root.library != nullptr && root.library->kind == ValueKind::call) {
    const ValueRef given = keyword(*root.library, "metadata");
    const Value* const made = given == nullptr ? nullptr : &settled(*given);
    const std::string dotted = dotted_name(settled(*root.library->base));
    if (made != nullptr && made->kind == ValueKind::call && !names_.contains(made->origin)
        && last_name(dotted) == "as_declarative") { // made in place: it goes by the base's name
      return record(root.base->qualified, made, program_.locate(*root.library));
    }
  }
  if (root.kind == RootKind::sqlmodel) {
    return record("sqlmodel", nullptr, {});
  }
  if (root.kind == RootKind::decorated && root.library != nullptr
      && root.library->kind == ValueKind::attribute) {
    return of_value_at(*root.library->base, depth + 1);
  }
  if (root.library != nullptr) {
    return of_value_at(*root.library, depth + 1);
  }
  return root.unread_bases.empty() ? std::string() : root.unread_bases.front();
}

std::string MetadataBook::of_value(const Value& value)
{
  return of_value_at(value, 0);
}

std::string MetadataBook::of_class(const ClassInfo& info)
{
  return of_class_at(info, 0);
}

void MetadataBook::assigned(const Value& target, const Value& value)
{
  if (target.kind != ValueKind::attribute) {
    return;
  }
  if (target.text == "naming_convention") {
    const std::string id = of_value(*target.base);
    if (const auto found = known_.find(id); found != known_.end()) {
      found->second.naming_convention = truth(has_items(&value));
    }
  } else if (target.text == "metadata") {
    const std::string id = of_value(*target.base);
    if (!id.empty() && settled(value).kind == ValueKind::call) {
      record(id, &settled(value), program_.locate(value));
    }
  }
}

std::string MetadataBook::schema_of(const std::string& id) const
{
  const auto found = schemas_.find(id);
  return found == schemas_.end() ? std::string() : found->second;
}

std::vector<MetadataFacts> MetadataBook::facts() const
{
  std::vector<MetadataFacts> all;
  for (const auto& [id, facts] : known_) {
    all.push_back(facts);
  }
  return all;
}

} // namespace assay::facts
