// SPDX-License-Identifier: MIT
#include "engine/facts/schema/column_type.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/schema/type_names.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::facts {

namespace {

using Family = TypeFamily;

std::optional<int> integer_of(ValueRef value)
{
  if (value == nullptr || settled(*value).kind != ValueKind::integer) {
    return std::nullopt;
  }
  const long long number = settled(*value).number;
  return number > 0 && number < 1'000'000'000 ? std::optional(static_cast<int>(number))
                                              : std::nullopt;
}

/// What `class Color(enum.Enum)` stores: its member names, or their values with values_callable.
std::vector<std::string> enum_members(Program& program, const ClassInfo& info, bool values)
{
  std::vector<std::string> labels;
  for (const ClassAttribute& attribute : info.attributes) {
    if (attribute.name.starts_with('_') || attribute.value == nullptr) {
      continue;
    }
    const Value& value = settled(*program.evaluate(*attribute.value, *info.module, &info));
    labels.push_back(values && value.kind == ValueKind::string ? value.text : attribute.name);
  }
  return labels;
}

void add_strings(const std::vector<ValueRef>& items, std::vector<std::string>& labels)
{
  for (const ValueRef item : items) {
    const Value& plain = settled(*item);
    if (plain.kind == ValueKind::string) {
      labels.push_back(plain.text);
    }
  }
}

/// Labels of Enum("a", "b"), Enum(Status), Enum(*LABELS), enum.Enum("Status", "a b").
std::vector<std::string> enum_labels(Program& program, const Value& call)
{
  std::vector<std::string> labels;
  const bool values = keyword(call, "values_callable") != nullptr;
  for (const ValueRef item : call.items) {
    const Value& plain = settled(*item);
    if (plain.kind == ValueKind::class_ref) {
      labels = enum_members(program, *plain.class_info, values);
    } else if (plain.kind == ValueKind::call
               && last_name(dotted_name(*plain.base)).ends_with("Enum")) {
      for (std::size_t i = 1; i < plain.items.size(); ++i) {
        add_strings(settled(*plain.items[i]).items, labels);
        add_strings(settled(*plain.items[i]).keys, labels);
      }
    }
  }
  add_strings(call.items, labels);
  return labels;
}

class TypeReader {
public:
  explicit TypeReader(Program& program)
    : program_(program)
  {
  }

  TypeReading read(const Value& value, int depth)
  {
    const Value& plain = settled(value);
    if (depth > 8) {
      return {};
    }
    if (plain.kind == ValueKind::call) {
      return of_call(plain, depth);
    }
    if (plain.kind == ValueKind::class_ref) {
      return of_class(*plain.class_info, depth);
    }
    TypeReading reading;
    const Construct named = construct(program_, plain);
    std::string_view name = last_name(named.name);
    const std::string dotted = dotted_name(plain);
    if (!named && plain.kind == ValueKind::symbol && !dotted.starts_with("uuid.")
        && !dotted.starts_with("datetime.") && !dotted.starts_with("enum.")) {
      name = last_name(dotted);
    }
    if (const auto family = family_named(name)) {
      reading.family = *family;
      reading.is_type = true;
    } else if (looks_like_type(name)) {
      reading.is_type = true;
    }
    return reading;
  }

private:
  /// An unknown type of a library: a capitalised name that says so.
  static bool looks_like_type(std::string_view name)
  {
    return name.ends_with("Type") || name == "UserDefinedType" || name == "TypeDecorator"
           || name == "NullType" || name == "INT4RANGE" || name == "DATERANGE" || name == "CIDR"
           || name == "MACADDR" || name == "OID";
  }

  TypeReading of_call(const Value& call, int depth)
  {
    const Value& callee = settled(*call.base);
    if (callee.kind == ValueKind::attribute && callee.text == "as_mutable" && !call.items.empty()) {
      return read(*call.items.front(), depth + 1);
    }
    if (callee.kind == ValueKind::attribute
        && (callee.text == "with_variant" || callee.text == "evaluates_none"
            || callee.text == "copy")) {
      return read(*callee.base, depth + 1);
    }
    if (construct(program_, callee).name.ends_with(".as_mutable") && !call.items.empty()) {
      return read(*call.items.front(), depth + 1);
    }
    TypeReading reading = read(callee, depth + 1);
    if (!reading.is_type) {
      return reading;
    }
    if (reading.family == Family::string || reading.family == Family::text
        || reading.family == Family::binary) {
      if (const auto length = integer_of(argument_or_keyword(call, 0, "length"))) {
        reading.length = length;
      }
    }
    if (reading.family == Family::enumeration) {
      reading.labels = enum_labels(program_, call);
    }
    return reading;
  }

  /// A type of the candidate's: its `impl`, or the library type it extends.
  TypeReading of_class(const ClassInfo& info, int depth)
  {
    TypeReading reading;
    if (is_python_enum(program_, info)) {
      return reading;
    }
    const std::string words = to_lower(info.syntax->name);
    const bool decorator =
      has_library_base(program_, info, {"TypeDecorator", "UserDefinedType", "TypeEngine"});
    if (const auto impl = program_.attribute(info, "impl");
        impl && impl->attribute != nullptr && impl->attribute->value != nullptr && decorator) {
      reading = read(*program_.evaluate(*impl->attribute->value, *impl->owner->module, impl->owner),
                     depth + 1);
    } else {
      for (const ValueRef base : program_.library_bases(info)) {
        const TypeReading inherited = read(*base, depth + 1);
        if (inherited.is_type && inherited.family != Family::unknown) {
          reading = inherited;
          break;
        }
      }
    }
    reading.is_type = reading.is_type || decorator;
    if (reading.is_type
        && (words.find("uuid") != std::string::npos || words.find("guid") != std::string::npos)) {
      reading.family = Family::uuid;
    } else if (reading.is_type && reading.family == Family::unknown
               && has_library_base(program_, info, {"UserDefinedType"})) {
      reading.family = Family::other;
    }
    return reading;
  }

  Program& program_;
};

} // namespace

TypeReading read_type(Program& program, const Value& value)
{
  TypeReading reading = TypeReader(program).read(value, 0);
  if (reading.is_type) {
    reading.text = source_text(value);
  }
  return reading;
}

TypeReading read_python_type(Program& program, const Value& value)
{
  constexpr auto k_python = std::to_array<std::pair<std::string_view, Family>>({
    {"int", Family::integer},
    {"str", Family::string},
    {"bool", Family::boolean},
    {"float", Family::real},
    {"bytes", Family::binary},
    {"datetime", Family::datetime},
    {"date", Family::date},
    {"time", Family::time},
    {"timedelta", Family::interval},
    {"Decimal", Family::numeric},
    {"UUID", Family::uuid},
    {"UUID1", Family::uuid},
    {"UUID3", Family::uuid},
    {"UUID4", Family::uuid},
    {"UUID5", Family::uuid},
    {"EmailStr", Family::string},
    {"NameEmail", Family::string},
    {"SecretStr", Family::string},
    {"HttpUrl", Family::string},
    {"AnyUrl", Family::string},
    {"AnyHttpUrl", Family::string},
    {"constr", Family::string},
    {"conint", Family::integer},
    {"PositiveInt", Family::integer},
    {"NonNegativeInt", Family::integer},
    {"NonEmptyStr", Family::string},
    {"AwareDatetime", Family::datetime},
    {"NaiveDatetime", Family::datetime},
    {"PastDatetime", Family::datetime},
    {"condecimal", Family::numeric},
    {"StrictStr", Family::string},
    {"StrictInt", Family::integer},
    {"StrictBool", Family::boolean},
  });
  const Value& plain = settled(value);
  TypeReading reading;
  reading.text = source_text(plain);
  if (plain.kind == ValueKind::class_ref && is_python_enum(program, *plain.class_info)) {
    reading.family = Family::enumeration;
    reading.labels = enum_members(program, *plain.class_info, false);
    reading.is_type = true;
    return reading;
  }
  if (plain.kind == ValueKind::call) {
    const std::string callee = dotted_name(*plain.base);
    if (last_name(callee) == "NewType" && plain.items.size() == 2) {
      return read_python_type(program, *plain.items[1]);
    }
    reading.length = integer_of(keyword(plain, "max_length"));
  }
  if (plain.kind == ValueKind::subscript) {
    const std::string container = dotted_name(*plain.base);
    if (last_name(container) == "Literal") {
      reading.family = Family::enumeration;
      add_strings(plain.items, reading.labels);
      reading.is_type = true;
    }
    return reading;
  }
  const std::string dotted = dotted_name(plain.kind == ValueKind::call ? *plain.base : plain);
  const auto* const found =
    std::ranges::find(k_python, last_name(dotted), &std::pair<std::string_view, Family>::first);
  if (found != k_python.end()) {
    reading.family = found->second;
    reading.is_type = true;
  }
  return reading;
}

namespace {

class HintReader {
public:
  explicit HintReader(TypeHint& hint)
    : hint_(hint)
  {
  }

  void read(const Value& value, int depth)
  {
    const Value& plain = settled(value);
    if (depth > 16) {
      return;
    }
    hint_.aliases.push_back(&plain);
    if (plain.kind == ValueKind::operation && plain.text == "|") {
      alternatives(plain.items, depth);
    } else if (plain.kind == ValueKind::subscript && !plain.items.empty()) {
      subscript(plain, depth);
    } else if (plain.kind == ValueKind::none) {
      hint_.optional = Truth::yes;
    } else {
      hint_.type = &plain;
      if (plain.kind == ValueKind::call && dotted_name(*plain.base).ends_with("NewType")
          && plain.items.size() == 2) {
        hint_.aliases.push_back(&settled(*plain.items[1]));
      }
    }
  }

private:
  void alternatives(const std::vector<ValueRef>& items, int depth)
  {
    std::vector<ValueRef> rest;
    for (const ValueRef item : items) {
      if (is_none(item) || dotted_name(*item).ends_with("NoneType")) {
        hint_.optional = Truth::yes;
      } else {
        rest.push_back(item);
      }
    }
    if (!rest.empty()) {
      read(*rest.front(), depth + 1);
    }
  }

  void subscript(const Value& value, int depth)
  {
    const std::string dotted = dotted_name(*value.base);
    const std::string_view name = last_name(dotted);
    constexpr std::array<std::string_view, 11> k_wrappers = {"Mapped",
                                                             "DynamicMapped",
                                                             "WriteOnlyMapped",
                                                             "AssociationProxy",
                                                             "ClassVar",
                                                             "Final",
                                                             "SQLORMOperations",
                                                             "InstrumentedAttribute",
                                                             "DynamicMappedCollection",
                                                             "AppenderQuery",
                                                             "Required"};
    if (std::ranges::find(k_wrappers, name) != k_wrappers.end()) {
      hint_.wrapper = std::string(name);
      read(*value.items.front(), depth + 1);
    } else if (name == "Optional") {
      hint_.optional = Truth::yes;
      read(*value.items.front(), depth + 1);
    } else if (name == "Union") {
      alternatives(value.items, depth);
    } else if (name == "Annotated") {
      read(*value.items.front(), depth + 1);
      hint_.extras.insert(hint_.extras.end(), value.items.begin() + 1, value.items.end());
    } else {
      hint_.type = &value;
      collection(value, name);
    }
  }

  void collection(const Value& value, std::string_view name)
  {
    constexpr auto k_collections = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"list", "list"},
      {"List", "list"},
      {"Sequence", "list"},
      {"MutableSequence", "list"},
      {"Iterable", "list"},
      {"Collection", "list"},
      {"OrderingList", "list"},
      {"InstrumentedList", "list"},
      {"set", "set"},
      {"Set", "set"},
      {"AbstractSet", "set"},
      {"MutableSet", "set"},
      {"FrozenSet", "set"},
      {"dict", "dict"},
      {"Dict", "dict"},
      {"tuple", "tuple"},
      {"Tuple", "tuple"},
    });
    const auto* const found =
      std::ranges::find(k_collections, name, &std::pair<std::string_view, std::string_view>::first);
    const bool mapping = name == "Mapping" || name == "MutableMapping" || name == "MappedCollection"
                         || name == "KeyFuncDict";
    if (found == k_collections.end() && !mapping) {
      return;
    }
    hint_.collection = mapping ? "dict" : std::string(found->second);
    hint_.element = &settled(*value.items.back());
  }

  TypeHint& hint_;
};

} // namespace

TypeHint read_hint(const Value& annotation)
{
  TypeHint hint;
  hint.present = true;
  hint.text = source_text(annotation);
  HintReader(hint).read(annotation, 0);
  return hint;
}

} // namespace assay::facts
