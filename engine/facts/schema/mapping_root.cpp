// SPDX-License-Identifier: MIT
#include "engine/facts/schema/mapping_root.hpp"

#include "engine/facts/schema/known_base.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

const Value& without_subscript(const Value& value)
{
  const Value& plain = settled(value);
  if (plain.kind == ValueKind::call && plain.items.size() == 2
      && dotted_name(*plain.base).ends_with("typing.cast")) {
    return settled(*plain.items[1]);
  }
  return plain.kind == ValueKind::subscript ? settled(*plain.base) : plain;
}

/// Bases that add no columns, by package or by name. Source: the standard library and the usual
/// companions of models.
bool adds_no_columns(std::string_view dotted)
{
  constexpr std::array<std::string_view, 17> k_packages = {"abc.",
                                                           "typing.",
                                                           "typing_extensions.",
                                                           "enum.",
                                                           "dataclasses.",
                                                           "collections.",
                                                           "flask_login.",
                                                           "sqlalchemy.",
                                                           "sqlalchemy_serializer.",
                                                           "sqlalchemy_mixins.",
                                                           "flask_admin.",
                                                           "sqlmodel.",
                                                           "pydantic.",
                                                           "alembic_utils.",
                                                           "marshmallow.",
                                                           "sqlalchemy_utils.",
                                                           "sqlalchemy_searchable."};
  constexpr std::array<std::string_view, 13> k_names = {"object",
                                                        "ABC",
                                                        "SerializableMixin",
                                                        "Generic",
                                                        "Protocol",
                                                        "UserMixin",
                                                        "RoleMixin",
                                                        "SerializerMixin",
                                                        "AllFeaturesMixin",
                                                        "ActiveRecordMixin",
                                                        "ReprMixin",
                                                        "Exception",
                                                        "dict"};
  if (dotted == "oslo_db.sqlalchemy.models.ModelBase") {
    return true;
  }
  return std::ranges::any_of(
           k_packages, [dotted](std::string_view package) { return dotted.starts_with(package); })
         || std::ranges::find(k_names, last_name(dotted)) != k_names.end();
}

class RootFinder {
public:
  RootFinder(Program& program, const ClassInfo& info)
    : program_(program),
      info_(info)
  {
  }

  MappingRoot find()
  {
    for (const ClassInfo* ancestor : program_.ancestry(info_)) {
      decorators(*ancestor);
      metaclass(*ancestor);
      for (const ValueRef base : program_.bases(*ancestor)) {
        const Value& value = without_subscript(*base);
        if (value.kind != ValueKind::class_ref) {
          library_base(*ancestor, value);
        }
      }
    }
    if (root_.kind == RootKind::none && !root_.unread_bases.empty()) {
      root_.kind = RootKind::unresolved;
    }
    return root_;
  }

private:
  void set(RootKind kind, const Value* library, const ClassInfo* base, bool by_name)
  {
    if (root_.kind == RootKind::none) {
      root_.kind = kind;
      root_.library = library;
      root_.base = base;
      root_.by_name = by_name;
    }
  }

  void decorators(const ClassInfo& ancestor)
  {
    if (const ValueRef found = class_decorator(program_, ancestor, "as_declarative")) {
      set(RootKind::declarative, whole_decorator(ancestor, *found), &ancestor, false);
    } else if (const ValueRef made = class_decorator(program_, ancestor, "as_declarative_base")) {
      set(RootKind::declarative, made, &ancestor, false);
    }
    if (&ancestor != &info_) {
      return;
    }
    for (const char* name : {"mapped", "mapped_as_dataclass"}) {
      if (const ValueRef found = class_decorator(program_, ancestor, name)) {
        set(RootKind::decorated,
            found,
            nullptr,
            !called_construct(program_, *found) && !construct(program_, *found));
        root_.dataclass = root_.dataclass || std::string_view(name) == "mapped_as_dataclass";
      }
    }
  }

  /// The call with its arguments, where the decorator is one that is given metadata.
  ValueRef whole_decorator(const ClassInfo& ancestor, const Value& callee)
  {
    for (const syntax::Expr* decorator : ancestor.syntax->decorators) {
      if (decorator->kind != syntax::ExprKind::call || decorator->value == nullptr) {
        continue;
      }
      const Value& call = settled(*program_.evaluate(*decorator, *ancestor.module));
      if (call.kind == ValueKind::call && keyword(call, "metadata") != nullptr
          && call.origin == decorator && settled(*call.base).text == callee.text) {
        return &call;
      }
    }
    return &callee;
  }

  void metaclass(const ClassInfo& ancestor)
  {
    for (const syntax::Keyword& keyword : ancestor.syntax->keywords) {
      if (keyword.name != "metaclass" || keyword.value == nullptr) {
        continue;
      }
      const Value& value = settled(*program_.evaluate(*keyword.value, *ancestor.module));
      const std::string dotted = dotted_name(value);
      const std::string_view name = last_name(dotted);
      const bool declarative =
        name == "DeclarativeMeta" || name == "DCTransformDeclarative"
        || name == "DeclarativeAttributeIntercept"
        || (value.kind == ValueKind::class_ref
            && has_library_base(program_, *value.class_info, {"DeclarativeMeta"}));
      if (declarative) {
        set(RootKind::declarative, &value, &ancestor, false);
      }
    }
  }

  void library_base(const ClassInfo& owner, const Value& value)
  {
    if (value.kind == ValueKind::call) {
      called_base(value);
      return;
    }
    const Construct named = construct(program_, value);
    const std::string dotted = dotted_name(value);
    const std::string_view name = last_name(named.name);
    if (name == "DeclarativeBase" || name == "DeclarativeBaseNoMeta") {
      set(RootKind::declarative, &value, &owner, named.by_name);
    } else if (name == "MappedAsDataclass") {
      root_.dataclass = true;
    } else if (name == "SQLModel" || dotted == "sqlmodel.SQLModel") {
      set(RootKind::sqlmodel, &value, nullptr, false);
    } else if (is_flask_model(value, named, dotted)) {
      set(RootKind::flask, &value, nullptr, named.by_name);
    } else if (name == "DeferredReflection" || name == "AbstractConcreteBase"
               || name == "ConcreteBase") {
      root_.reflected = root_.reflected || name == "DeferredReflection";
    } else if (const KnownBase* known = known_base(dotted)) {
      if (known->is_root) {
        set(RootKind::declarative, &value, nullptr, false);
      }
    } else if (!adds_no_columns(dotted.empty() ? std::string_view(value.text)
                                               : std::string_view(dotted))) {
      root_.unread_bases.push_back(
        dotted.empty() ? (value.text.empty() ? source_text(value) : value.text) : dotted);
    }
  }

  /// `db.Model`; a class that just happens to be called Model is not.
  static bool is_flask_model(const Value& value, const Construct& named, std::string_view dotted)
  {
    if (last_name(named.name) != "Model" || dotted.starts_with("flask_sqlalchemy.model.")
        || dotted == "flask_sqlalchemy.Model") {
      return false;
    }
    return !named.by_name || value.kind == ValueKind::attribute || dotted.ends_with("db.Model");
  }

  void called_base(const Value& call)
  {
    const Construct called = construct(program_, *call.base);
    const Value& callee = settled(*call.base);
    const std::string_view name = called ? last_name(called.name) : std::string_view(callee.text);
    if (name == "declarative_base" || name == "generate_base" || name == "as_declarative_base") {
      set(RootKind::declarative, &call, nullptr, called.by_name || !called);
    } else if (name == "automap_base") {
      set(RootKind::automap, &call, nullptr, called.by_name);
      root_.reflected = true;
    } else if (name == "with_metaclass") {
      set(RootKind::declarative, &call, nullptr, true);
    } else if (!adds_no_columns(dotted_name(callee))) {
      root_.unread_bases.push_back(source_text(call));
    }
  }

  Program& program_;
  const ClassInfo& info_;
  MappingRoot root_;
};

/// The project class a library base was made from: declarative_base(cls=X),
/// SQLAlchemy(model_class=X).
const ClassInfo* made_from(Program& program, const Value& base)
{
  const Value* call = &settled(base);
  if (call->kind == ValueKind::attribute && call->text == "Model") {
    call = &settled(*call->base);
  }
  if (call->kind != ValueKind::call) {
    return nullptr;
  }
  const bool flask = construct(program, *call->base).name == "SQLAlchemy"
                     || dotted_name(*call->base) == "flask_sqlalchemy.SQLAlchemy";
  const ValueRef given = keyword(*call, flask ? "model_class" : "cls");
  return given != nullptr && settled(*given).kind == ValueKind::class_ref
           ? settled(*given).class_info
           : nullptr;
}

} // namespace

std::vector<const ClassInfo*> lineage(Program& program, const ClassInfo& info)
{
  std::vector<const ClassInfo*> classes = program.ancestry(info);
  for (const ValueRef base : program.library_bases(info)) {
    if (const ClassInfo* source = made_from(program, *base)) {
      for (const ClassInfo* ancestor : program.ancestry(*source)) {
        if (std::ranges::find(classes, ancestor) == classes.end()) {
          classes.push_back(ancestor);
        }
      }
    }
  }
  return classes;
}

MappingRoot mapping_root(Program& program, const ClassInfo& info)
{
  return RootFinder(program, info).find();
}

bool is_abstract(Program& program, const ClassInfo& info)
{
  for (const ClassAttribute& attribute : info.attributes) {
    if (attribute.name == "__abstract__" && attribute.value != nullptr) {
      return truth_of(program.evaluate(*attribute.value, *info.module, &info)) != Truth::no;
    }
  }
  return mapping_root(program, info).base == &info;
}

TypeMap type_map(Program& program, const ClassInfo& info)
{
  TypeMap map;
  const auto add = [&map](const Value& value) {
    const Value& dict = settled(value);
    for (std::size_t i = 0; dict.kind == ValueKind::dict && i < dict.keys.size(); ++i) {
      if (dict.keys[i] != nullptr) {
        map.emplace_back(dict.keys[i], dict.items[i]);
      }
    }
  };
  for (const ClassInfo* owner : lineage(program, info)) {
    for (const ClassAttribute& attribute : owner->attributes) {
      if (attribute.value == nullptr
          || (attribute.name != "type_annotation_map" && attribute.name != "registry")) {
        continue;
      }
      const Value& value = settled(*program.evaluate(*attribute.value, *owner->module, owner));
      add(value);
      if (const ValueRef types =
            value.kind == ValueKind::call ? keyword(value, "type_annotation_map") : nullptr) {
        add(*types);
      }
    }
    for (const ValueRef base : program.bases(*owner)) {
      for (const Value* part = base; part != nullptr;
           part = part->kind == ValueKind::call || part->kind == ValueKind::attribute ? part->base
                                                                                      : nullptr) {
        if (const ValueRef types =
              part->kind == ValueKind::call ? keyword(*part, "type_annotation_map") : nullptr) {
          add(*types);
        }
      }
    }
  }
  return map;
}

ValueRef class_decorator(Program& program, const ClassInfo& info, std::string_view last)
{
  for (const syntax::Expr* decorator : info.syntax->decorators) {
    const syntax::Expr* callee =
      decorator->kind == syntax::ExprKind::call ? decorator->value : decorator;
    if (callee == nullptr) {
      continue;
    }
    const Value& value = settled(*program.evaluate(*callee, *info.module));
    const std::string dotted = dotted_name(value);
    const std::string_view name = dotted.empty() ? std::string_view(value.text) : last_name(dotted);
    if (name == last) {
      return &value;
    }
  }
  return nullptr;
}

} // namespace assay::facts
