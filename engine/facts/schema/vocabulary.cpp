// SPDX-License-Identifier: MIT
#include "engine/facts/schema/vocabulary.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/interpreter.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

/// Names that speak for SQLAlchemy even where the import behind them could not be resolved.
constexpr std::array<std::string_view, 52> k_telling_names = {"Column",
                                                              "mapped_column",
                                                              "relationship",
                                                              "relation",
                                                              "Relationship",
                                                              "ForeignKey",
                                                              "backref",
                                                              "Table",
                                                              "UniqueConstraint",
                                                              "Index",
                                                              "CheckConstraint",
                                                              "PrimaryKeyConstraint",
                                                              "ForeignKeyConstraint",
                                                              "Integer",
                                                              "String",
                                                              "Text",
                                                              "Boolean",
                                                              "DateTime",
                                                              "Date",
                                                              "Float",
                                                              "Numeric",
                                                              "BigInteger",
                                                              "SmallInteger",
                                                              "UnicodeText",
                                                              "Unicode",
                                                              "LargeBinary",
                                                              "JSONB",
                                                              "JSON",
                                                              "ARRAY",
                                                              "UUID",
                                                              "Uuid",
                                                              "Enum",
                                                              "Time",
                                                              "Interval",
                                                              "Mapped",
                                                              "MetaData",
                                                              "declarative_base",
                                                              "DeclarativeBase",
                                                              "Model",
                                                              "association_proxy",
                                                              "declared_attr",
                                                              "hybrid_property",
                                                              "func",
                                                              "text",
                                                              "Identity",
                                                              "Sequence",
                                                              "column_property",
                                                              "synonym",
                                                              "deferred",
                                                              "registry",
                                                              "dynamic_loader",
                                                              "Computed"};

/// Libraries that use such names for something else.
constexpr std::array<std::string_view, 34> k_other_libraries = {"django",      "peewee",
                                                                "tortoise",    "pony",
                                                                "mongoengine", "odmantic",
                                                                "beanie",      "wtforms",
                                                                "flask_wtf",   "marshmallow",
                                                                "pydantic",    "rich",
                                                                "prettytable", "pandas",
                                                                "numpy",       "graphene",
                                                                "strawberry",  "tkinter",
                                                                "textual",     "dataclasses",
                                                                "typing",      "typing_extensions",
                                                                "enum",        "uuid",
                                                                "datetime",    "builtins",
                                                                "alembic",     "docx",
                                                                "reportlab",   "attr",
                                                                "attrs",       "collections",
                                                                "json",        "factory"};

constexpr std::array<std::string_view, 9> k_dialect_prefixes = {"postgresql.",
                                                                "mysql.",
                                                                "sqlite.",
                                                                "mssql.",
                                                                "oracle.",
                                                                "firebird.",
                                                                "sybase.",
                                                                "base.",
                                                                "types."};

std::string without_dialect(std::string name)
{
  bool changed = true;
  while (changed) {
    changed = false;
    for (const std::string_view prefix : k_dialect_prefixes) {
      if (name.starts_with(prefix)) {
        name.erase(0, prefix.size());
        changed = true;
      }
    }
  }
  return name;
}

bool is_call_of_database_class(Program& program, const Value& value)
{
  return value.kind == ValueKind::call && value.base->kind == ValueKind::class_ref
         && has_library_base(program, *value.base->class_info, {"SQLAlchemy"});
}

/// `db.Column` where db is an object of a project subclass of Flask-SQLAlchemy's SQLAlchemy.
std::string through_database_object(Program& program, const Value& value)
{
  std::string path;
  const Value* current = &value;
  while (current->kind == ValueKind::attribute) {
    path = path.empty() ? current->text : current->text + "." + path;
    current = &settled(*current->base);
    if (is_call_of_database_class(program, *current)) {
      return path;
    }
  }
  return {};
}

/// The unresolved dotted name of a value, free names and parameters included.
std::string free_name(const Value& value)
{
  switch (value.kind) {
  case ValueKind::symbol:
  case ValueKind::unknown:
  case ValueKind::parameter:
    return value.text;
  case ValueKind::attribute: {
    const std::string base = free_name(settled(*value.base));
    return base.empty() ? std::string() : base + "." + value.text;
  }
  case ValueKind::call: {
    const std::string base = free_name(settled(*value.base));
    return base.empty() ? std::string() : base + "()";
  }
  case ValueKind::none:
  case ValueKind::boolean:
  case ValueKind::integer:
  case ValueKind::real:
  case ValueKind::string:
  case ValueKind::format_string:
  case ValueKind::list:
  case ValueKind::tuple:
  case ValueKind::set:
  case ValueKind::dict:
  case ValueKind::module_ref:
  case ValueKind::class_ref:
  case ValueKind::function_ref:
  case ValueKind::subscript:
  case ValueKind::operation:
  case ValueKind::lambda:
  case ValueKind::element:
  case ValueKind::either:
  case ValueKind::comprehension:
    return {};
  }
  return {};
}

Construct by_name(const Value& value)
{
  const std::string name = free_name(value);
  const std::string_view root = std::string_view(name).substr(0, name.find_first_of(".("));
  if (name.empty() || std::ranges::find(k_other_libraries, root) != k_other_libraries.end()) {
    return {};
  }
  const auto function = name.find("func.");
  if (function != std::string::npos && (function == 0 || name[function - 1] == '.')) {
    return {name.substr(function), true};
  }
  const std::string_view last = last_name(name);
  if (std::ranges::find(k_telling_names, last) == k_telling_names.end()) {
    return {};
  }
  return {std::string(last), true};
}

} // namespace

Construct construct(Program& program, const Value& value)
{
  const Value& plain = settled(value);
  if (std::string name = sqlalchemy_name(plain); !name.empty()) {
    return {without_dialect(std::move(name)), false};
  }
  if (plain.kind == ValueKind::class_ref) {
    for (const ValueRef base : program.library_bases(*plain.class_info)) {
      const std::string name = sqlalchemy_name(*base);
      if (name == "Column" || name == "SQLAlchemy" || name == "registry" || name == "MetaData") {
        return {name, false};
      }
    }
    return {};
  }
  if (std::string name = through_database_object(program, plain); !name.empty()) {
    return {std::move(name), false};
  }
  return by_name(plain);
}

Construct called_construct(Program& program, const Value& value)
{
  const Value& call = settled(value);
  return call.kind == ValueKind::call ? construct(program, *call.base) : Construct{};
}

bool calls_any(Program& program, const Value& value, std::initializer_list<std::string_view> names)
{
  const Construct called = called_construct(program, value);
  return called && std::ranges::find(names, std::string_view(called.name)) != names.end();
}

Truth truth_of(ValueRef value, Truth absent)
{
  if (value == nullptr) {
    return absent;
  }
  const Value& plain = settled(*value);
  if (plain.kind == ValueKind::boolean) {
    return truth(plain.truth);
  }
  if (plain.kind == ValueKind::integer) {
    return truth(plain.number != 0);
  }
  return plain.kind == ValueKind::none ? Truth::no : Truth::unknown;
}

bool is_none(ValueRef value)
{
  return value != nullptr && settled(*value).kind == ValueKind::none;
}

std::vector<ValueRef> sequence_items(const Value& value, Truth& whole)
{
  const Value& plain = settled(value);
  if (plain.kind == ValueKind::list || plain.kind == ValueKind::tuple
      || plain.kind == ValueKind::set) {
    return plain.items;
  }
  if (plain.kind == ValueKind::operation && plain.text == "+") {
    std::vector<ValueRef> all;
    for (const ValueRef part : plain.items) {
      const auto items = sequence_items(*part, whole);
      all.insert(all.end(), items.begin(), items.end());
    }
    return all;
  }
  whole = Truth::no;
  return {};
}

std::string source_text(const Value& value)
{
  constexpr std::size_t k_max_text = 120; // one line of a report
  const Value& plain = settled(value);
  if (plain.origin == nullptr || plain.module == nullptr
      || plain.module->syntax->source == nullptr) {
    return dotted_name(plain);
  }
  const std::string& source = *plain.module->syntax->source;
  const auto& span = plain.origin->span;
  if (span.end > source.size() || span.begin >= span.end) {
    return {};
  }
  std::string text;
  bool gap = false;
  for (const char c : std::string_view(source).substr(span.begin, span.end - span.begin)) {
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') {
      gap = true;
      continue;
    }
    const bool tight =
      text.empty() || text.back() == '(' || text.back() == '[' || c == ')' || c == ']' || c == ',';
    text += gap && !tight ? " " : "";
    text += c;
    gap = false;
  }
  return text.size() <= k_max_text ? text : to_utf8_lossy(text.substr(0, k_max_text - 3)) + "...";
}

std::string_view last_name(std::string_view dotted)
{
  const auto dot = dotted.rfind('.');
  return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

bool has_library_base(Program& program,
                      const ClassInfo& info,
                      std::initializer_list<std::string_view> names)
{
  for (const ValueRef base : program.library_bases(info)) {
    const Value& value = base->kind == ValueKind::subscript ? settled(*base->base) : *base;
    const std::string dotted = dotted_name(value);
    if (!dotted.empty() && std::ranges::find(names, last_name(dotted)) != names.end()) {
      return true;
    }
  }
  return false;
}

bool is_python_enum(Program& program, const ClassInfo& info)
{
  return has_library_base(
    program, info, {"Enum", "StrEnum", "IntEnum", "Flag", "IntFlag", "TextChoices", "IntChoices"});
}

ValueRef method_value(Program& program, const FunctionInfo& method, const ClassInfo& info)
{
  std::map<std::string, ValueRef> bindings;
  if (!method.syntax->parameters.empty()) {
    Value self;
    self.kind = ValueKind::class_ref;
    self.class_info = &info;
    self.module = info.module;
    bindings[std::string(method.syntax->parameters.front().name)] = program.make(std::move(self));
  }
  Observer silent;
  return Interpreter(program).run(method, bindings, silent);
}

bool has_decorator(Program& program,
                   const FunctionInfo& function,
                   std::initializer_list<std::string_view> names)
{
  for (const syntax::Expr* decorator : function.syntax->decorators) {
    const syntax::Expr* called =
      decorator->kind == syntax::ExprKind::call ? decorator->value : decorator;
    for (const syntax::Expr* part = called; part != nullptr;
         part = part->kind == syntax::ExprKind::attribute ? part->value : nullptr) {
      if (std::ranges::find(names, part->text) != names.end()) {
        return true;
      }
    }
    const std::string dotted = dotted_name(*program.evaluate(*called, *function.module));
    for (const std::string_view part : split(dotted, '.')) {
      if (std::ranges::find(names, part) != names.end()) {
        return true;
      }
    }
  }
  return false;
}

} // namespace assay::facts
