// SPDX-License-Identifier: MIT
#include "engine/facts/schema/other_mapper.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/schema/draft.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::facts {

namespace {

enum class Mapper { none, django, peewee, tortoise };

Mapper mapper_of(Program& program, const ClassInfo& info)
{
  for (const ValueRef base : program.library_bases(info)) {
    const std::string dotted = dotted_name(*base);
    if (dotted == "django.db.models.Model" || dotted == "django.contrib.auth.models.AbstractUser"
        || dotted == "django.contrib.auth.models.AbstractBaseUser") {
      return Mapper::django;
    }
    if (dotted == "peewee.Model") {
      return Mapper::peewee;
    }
    if (dotted == "tortoise.models.Model") {
      return Mapper::tortoise;
    }
  }
  return Mapper::none;
}

/// Source: field references of Django 5, Peewee 3 and Tortoise 0.20.
TypeFamily family_of(std::string_view field)
{
  using Family = TypeFamily;
  constexpr auto k_fields = std::to_array<std::pair<std::string_view, Family>>({
    {"AutoField", Family::integer},
    {"BigAutoField", Family::big_integer},
    {"IntegerField", Family::integer},
    {"IntField", Family::integer},
    {"PositiveIntegerField", Family::integer},
    {"BigIntegerField", Family::big_integer},
    {"SmallIntegerField", Family::small_integer},
    {"BooleanField", Family::boolean},
    {"CharField", Family::string},
    {"FixedCharField", Family::string},
    {"EmailField", Family::string},
    {"SlugField", Family::string},
    {"URLField", Family::string},
    {"TextField", Family::text},
    {"UUIDField", Family::uuid},
    {"DateTimeField", Family::datetime},
    {"DatetimeField", Family::datetime},
    {"TimestampField", Family::datetime},
    {"DateField", Family::date},
    {"TimeField", Family::time},
    {"FloatField", Family::real},
    {"DoubleField", Family::real},
    {"DecimalField", Family::numeric},
    {"JSONField", Family::json},
    {"BinaryField", Family::binary},
    {"BlobField", Family::binary},
    {"ForeignKey", Family::integer},
    {"ForeignKeyField", Family::integer},
    {"OneToOneField", Family::integer},
    {"PrimaryKeyField", Family::integer},
  });
  const auto* const found =
    std::ranges::find(k_fields, field, &std::pair<std::string_view, Family>::first);
  return found == k_fields.end() ? Family::unknown : found->second;
}

class OtherReader {
public:
  OtherReader(Program& program, SchemaFacts& facts, const ClassInfo& info, Mapper mapper)
    : program_(program),
      facts_(facts),
      info_(info),
      mapper_(mapper)
  {
  }

  void read()
  {
    table_.name = table_name(info_);
    table_.where = program_.locate(*info_.module, info_.syntax->name_span);
    for (const ClassInfo* owner : program_.ancestry(info_)) {
      for (const ClassAttribute& attribute : owner->attributes) {
        if (attribute.value != nullptr) {
          field(attribute,
                settled(*program_.evaluate(*attribute.value, *owner->module, owner)),
                *owner);
        }
      }
    }
    unique_together();
    const bool keyed = std::ranges::any_of(
      table_.columns, [](const Column& column) { return column.primary_key == Truth::yes; });
    if (!keyed) {
      Column id;
      id.name = "id";
      id.attribute = "id";
      id.family = TypeFamily::integer;
      id.primary_key = Truth::yes;
      id.nullable = Truth::no;
      id.where = table_.where;
      table_.columns.insert(table_.columns.begin(), std::move(id));
    }
    finish_keys(table_);
    MappedClass mapped;
    mapped.name = info_.qualified;
    mapped.table = table_.name;
    mapped.has_docstring = !info_.syntax->docstring.empty();
    mapped.where = table_.where;
    table_.classes = {mapped.name};
    facts_.classes.push_back(std::move(mapped));
    facts_.tables.push_back(std::move(table_));
    std::ranges::move(links_, std::back_inserter(facts_.tables));
  }

private:
  const ClassInfo* meta(const ClassInfo& info) const
  {
    const auto found = std::ranges::find_if(info.module->classes, [&](const ClassInfo* inner) {
      return inner->outer == &info && inner->syntax->name == "Meta";
    });
    return found == info.module->classes.end() ? nullptr : *found;
  }

  std::string meta_text(const ClassInfo& info, std::string_view name)
  {
    const ClassInfo* options = meta(info);
    const auto found = options == nullptr ? std::nullopt : program_.attribute(*options, name);
    if (!found || found->attribute == nullptr || found->attribute->value == nullptr) {
      return {};
    }
    return known_string(program_,
                        *program_.evaluate(*found->attribute->value, *options->module, options))
      .value_or(std::string());
  }

  std::string table_name(const ClassInfo& info)
  {
    for (const char* option : {"db_table", "table_name", "table"}) {
      if (std::string name = meta_text(info, option); !name.empty()) {
        return name;
      }
    }
    const std::string lower = to_lower(info.syntax->name);
    if (mapper_ != Mapper::django) {
      return lower;
    }
    const std::string& module = info.module->name; // "blog.models" -> app label "blog"
    const auto models = module.rfind(".models");
    const std::string app = models == std::string::npos
                              ? std::string()
                              : std::string(last_name(std::string_view(module).substr(0, models)));
    return app.empty() ? lower : app + "_" + lower;
  }

  void field(const ClassAttribute& attribute, const Value& call, const ClassInfo& owner)
  {
    if (call.kind != ValueKind::call) {
      return;
    }
    const std::string dotted = dotted_name(*call.base);
    const std::string_view kind = last_name(dotted);
    if (kind == "ManyToManyField") {
      many_to_many(attribute.name, call);
      return;
    }
    const bool reference =
      kind == "ForeignKey" || kind == "ForeignKeyField" || kind == "OneToOneField";
    if (!reference && !kind.ends_with("Field")) {
      return;
    }
    Column column;
    column.attribute = attribute.name;
    column.name = reference ? attribute.name + "_id" : attribute.name;
    column.family = family_of(kind);
    column.type_text = source_text(call);
    column.where = program_.locate(*owner.module, attribute.statement->span);
    column.nullable = truth_of(keyword(call, "null"), Truth::no);
    column.unique =
      kind == "OneToOneField" ? Truth::yes : truth_of(keyword(call, "unique"), Truth::no);
    const bool indexed = (reference || kind == "SlugField") && mapper_ != Mapper::tortoise;
    column.indexed =
      indexed
        ? Truth::yes
        : truth_of(keyword(call, mapper_ == Mapper::django ? "db_index" : "index"), Truth::no);
    column.primary_key =
      truth_of(keyword(call, mapper_ == Mapper::tortoise ? "pk" : "primary_key"), Truth::no);
    if (kind == "PrimaryKeyField" || kind.ends_with("AutoField")) {
      column.primary_key = Truth::yes;
    }
    if (const ValueRef length = keyword(call, "max_length");
        length != nullptr && settled(*length).kind == ValueKind::integer) {
      column.length = static_cast<int>(settled(*length).number);
    }
    if (const ValueRef value = keyword(call, "default")) {
      const DefaultReading standard = read_default(program_, *value);
      column.default_kind = standard.kind;
      column.default_text = standard.text;
    }
    if (truth_of(keyword(call, "auto_now_add"), Truth::no) == Truth::yes) {
      column.default_kind = DefaultKind::callable;
    }
    if (reference) {
      foreign_key(call, column.name);
    }
    table_.columns.push_back(std::move(column));
  }

  std::string target_table(const Value& call)
  {
    const ValueRef target = argument(call, 0) != nullptr ? argument(call, 0) : keyword(call, "to");
    if (target == nullptr) {
      return {};
    }
    const Value& plain = settled(*target);
    if (plain.kind == ValueKind::class_ref) {
      return table_name(*plain.class_info);
    }
    const std::string text = known_string(program_, plain).value_or(std::string());
    if (text == "self") {
      return table_.name;
    }
    for (const ModuleInfo* module : program_.modules()) {
      for (const ClassInfo* info : module->classes) {
        if (!text.empty() && info->syntax->name == last_name(text)) {
          return table_name(*info);
        }
      }
    }
    return plain.kind == ValueKind::symbol || plain.kind == ValueKind::attribute ? "auth_user"
                                                                                 : text;
  }

  void foreign_key(const Value& call, const std::string& column)
  {
    ForeignKey key;
    key.columns = {column};
    key.target_table = target_table(call);
    key.where = program_.locate(call);
    if (const ValueRef action = keyword(call, "on_delete")) {
      const std::string dotted = dotted_name(settled(*action));
      key.ondelete = dotted.empty()
                       ? referential_action(known_string(program_, *action).value_or(std::string()))
                       : referential_action(last_name(dotted));
    }
    table_.foreign_keys.push_back(std::move(key));
  }

  /// Django makes the link table itself unless `through=` names a model.
  void many_to_many(const std::string& name, const Value& call)
  {
    if (keyword(call, "through") != nullptr) {
      return;
    }
    Table link;
    link.name = table_.name + "_" + name;
    link.where = program_.locate(call);
    const std::string other = target_table(call);
    for (const std::string& target : {table_.name, other}) {
      Column column;
      column.name = target + "_id";
      column.family = TypeFamily::integer;
      column.nullable = Truth::no;
      column.where = link.where;
      ForeignKey key;
      key.columns = {column.name};
      key.target_table = target;
      key.where = link.where;
      link.columns.push_back(std::move(column));
      link.foreign_keys.push_back(std::move(key));
    }
    Key unique;
    unique.kind = KeyKind::unique_constraint;
    unique.columns = {link.columns[0].name, link.columns[1].name};
    unique.where = link.where;
    link.keys.push_back(std::move(unique));
    links_.push_back(std::move(link));
  }

  void unique_together()
  {
    const ClassInfo* options = meta(info_);
    const auto found =
      options == nullptr ? std::nullopt : program_.attribute(*options, "unique_together");
    if (!found || found->attribute == nullptr || found->attribute->value == nullptr) {
      return;
    }
    Truth whole = Truth::yes;
    const Value& value = *program_.evaluate(*found->attribute->value, *options->module, options);
    const auto items = sequence_items(value, whole);
    const bool nested = !items.empty() && settled(*items.front()).kind != ValueKind::string;
    std::vector<std::vector<ValueRef>> sets;
    if (nested) {
      for (const ValueRef item : items) {
        sets.push_back(sequence_items(*item, whole));
      }
    } else {
      sets.push_back(items);
    }
    for (const auto& set : sets) {
      Key key;
      key.kind = KeyKind::unique_constraint;
      key.where = table_.where;
      for (const ValueRef item : set) {
        const std::string name = known_string(program_, *item).value_or(std::string());
        const auto column = std::ranges::find(table_.columns, name, &Column::attribute);
        key.columns.push_back(column == table_.columns.end() ? name : column->name);
      }
      table_.keys.push_back(std::move(key));
    }
  }

  Program& program_;
  SchemaFacts& facts_;
  const ClassInfo& info_;
  Mapper mapper_;
  Table table_;
  std::vector<Table> links_;
};

bool is_abstract_model(Program& program, const ClassInfo& info)
{
  const auto options = std::ranges::find_if(info.module->classes, [&](const ClassInfo* inner) {
    return inner->outer == &info && inner->syntax->name == "Meta";
  });
  if (options == info.module->classes.end()) {
    return false;
  }
  const auto found = program.attribute(**options, "abstract");
  return found && found->attribute != nullptr && found->attribute->value != nullptr
         && truth_of(program.evaluate(*found->attribute->value, *(*options)->module)) == Truth::yes;
}

} // namespace

void read_other_mappers(Program& program, SchemaFacts& facts)
{
  for (const ModuleInfo* module : program.modules()) {
    if (module->role != FileRole::graded) {
      continue;
    }
    for (const ClassInfo* info : module->classes) {
      const Mapper mapper = mapper_of(program, *info);
      const bool has_fields =
        std::ranges::any_of(info->attributes, [](const ClassAttribute& attribute) {
          return attribute.value != nullptr && attribute.value->kind == syntax::ExprKind::call;
        });
      if (mapper != Mapper::none && has_fields && !is_abstract_model(program, *info)) {
        OtherReader(program, facts, *info, mapper).read();
      }
    }
  }
}

} // namespace assay::facts
