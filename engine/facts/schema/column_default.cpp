// SPDX-License-Identifier: MIT
// Defaults: a reference is called for each row, a call was made once, at import.
#include "engine/facts/schema/column.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>

namespace assay::facts {

namespace {

/// Calls whose answer differs each time, so that keeping one answer is a mistake.
bool is_fresh_each_time(std::string_view dotted)
{
  const std::string_view root = dotted.substr(0, dotted.find('.'));
  const std::string_view last = last_name(dotted);
  if (root == "random" || root == "secrets" || root == "ulid" || root == "shortuuid"
      || root == "nanoid") {
    return true;
  }
  constexpr std::array<std::string_view, 16> k_fresh = {"now",
                                                        "utcnow",
                                                        "today",
                                                        "uuid1",
                                                        "uuid3",
                                                        "uuid4",
                                                        "uuid6",
                                                        "uuid7",
                                                        "urandom",
                                                        "monotonic",
                                                        "time_ns",
                                                        "perf_counter",
                                                        "getrandbits",
                                                        "token_hex",
                                                        "token_urlsafe",
                                                        "gmtime"};
  return std::ranges::find(k_fresh, last) != k_fresh.end() || dotted == "time.time";
}

bool names_sql(std::string_view name)
{
  constexpr std::array<std::string_view, 26> k_sql = {
    "text",         "literal",      "literal_column", "select",       "cast",
    "null",         "true",         "false",          "case",         "type_coerce",
    "extract",      "Sequence",     "bindparam",      "now",          "current_timestamp",
    "current_date", "current_time", "localtimestamp", "FetchedValue", "utcnow",
    "coalesce",     "next_value",   "TextClause",     "Identity",     "sysdate",
    "user"};
  return name.starts_with("func.") || name == "func"
         || std::ranges::find(k_sql, last_name(name)) != k_sql.end();
}

class DefaultReader {
public:
  explicit DefaultReader(Program& program)
    : program_(program)
  {
  }

  DefaultKind read(const Value& value, int depth)
  {
    const Value& plain = settled(value);
    if (depth > 12) {
      return DefaultKind::unknown;
    }
    switch (plain.kind) {
    case ValueKind::none:
      return DefaultKind::none;
    case ValueKind::boolean:
    case ValueKind::integer:
    case ValueKind::real:
    case ValueKind::string:
      return DefaultKind::constant;
    case ValueKind::tuple:
    case ValueKind::format_string:
    case ValueKind::operation:
    case ValueKind::subscript:
      return of_parts(plain, depth);
    case ValueKind::list:
    case ValueKind::set:
    case ValueKind::dict:
    case ValueKind::comprehension:
      return DefaultKind::frozen;
    case ValueKind::lambda:
    case ValueKind::function_ref:
    case ValueKind::class_ref:
      return DefaultKind::callable;
    case ValueKind::symbol:
      return of_symbol(plain);
    case ValueKind::call:
      return of_call(plain, depth);
    case ValueKind::attribute:
      return of_attribute(plain, depth);
    case ValueKind::unknown:
    case ValueKind::parameter:
    case ValueKind::module_ref:
    case ValueKind::element:
    case ValueKind::either:
      return DefaultKind::unknown;
    }
    return DefaultKind::unknown;
  }

private:
  /// Of an expression made of others: frozen if a part is, SQL if a part is, constant if all are.
  DefaultKind of_parts(const Value& value, int depth)
  {
    std::vector<ValueRef> parts = value.items;
    if (value.base != nullptr) {
      parts.push_back(value.base);
    }
    bool constant = true;
    for (const ValueRef part : parts) {
      const DefaultKind kind = part == nullptr ? DefaultKind::unknown : read(*part, depth + 1);
      if (kind == DefaultKind::sql || kind == DefaultKind::frozen) {
        return kind;
      }
      constant = constant && (kind == DefaultKind::constant || kind == DefaultKind::none);
    }
    return constant ? DefaultKind::constant : DefaultKind::unknown;
  }

  DefaultKind of_symbol(const Value& symbol)
  {
    const std::string_view last = last_name(symbol.text);
    if (const std::string name = sqlalchemy_name(symbol); !name.empty()) {
      return names_sql(name) ? DefaultKind::sql : DefaultKind::unknown;
    }
    const bool constant =
      std::ranges::all_of(last, [](char c) { return (c >= 'A' && c <= 'Z') || c == '_'; });
    if (constant && last != "UUID" && last != "ULID") {
      return DefaultKind::unknown;
    }
    const bool fixed =
      last == "utc" || last == "UTC"
      || (symbol.text.starts_with("datetime.") && (last == "min" || last == "max"));
    return fixed ? DefaultKind::constant : DefaultKind::callable;
  }

  DefaultKind of_attribute(const Value& value, int depth)
  {
    const Construct named = construct(program_, value);
    if (named && names_sql(named.name)) {
      return DefaultKind::sql;
    }
    const Value& base = settled(*value.base);
    if (base.kind == ValueKind::class_ref) {
      return is_python_enum(program_, *base.class_info) ? DefaultKind::constant
                                                        : DefaultKind::unknown;
    }
    if (base.kind == ValueKind::attribute && settled(*base.base).kind == ValueKind::class_ref) {
      return DefaultKind::constant; // Status.draft.value
    }
    if (base.kind == ValueKind::call || base.kind == ValueKind::string) {
      const DefaultKind inner = read(base, depth + 1); // uuid4().hex
      return inner == DefaultKind::callable ? DefaultKind::unknown : inner;
    }
    return is_fresh_each_time(value.text) ? DefaultKind::callable
                                          : DefaultKind::unknown; // an unresolved datetime.utcnow
  }

  DefaultKind of_call(const Value& call, int depth)
  {
    const Value& callee = settled(*call.base);
    const Construct called = construct(program_, callee);
    if (called && names_sql(called.name)) {
      return DefaultKind::sql;
    }
    const std::string dotted = dotted_name(callee);
    const std::string_view last =
      last_name(dotted.empty() ? std::string_view(callee.text) : std::string_view(dotted));
    if (dotted == "functools.partial" || last == "partial" || last == "ColumnDefault") {
      return DefaultKind::callable;
    }
    if (callee.kind == ValueKind::class_ref) {
      return of_object(*callee.class_info);
    }
    if (dotted == "list" || dotted == "dict" || dotted == "set" || is_fresh_each_time(dotted)
        || (dotted.empty() && is_fresh_each_time(callee.text))) {
      return DefaultKind::frozen;
    }
    if (callee.kind == ValueKind::attribute || callee.kind == ValueKind::symbol) {
      return of_method(call, callee, dotted, depth);
    }
    return DefaultKind::unknown;
  }

  /// datetime(2024, 1, 1), str(uuid4()), now().isoformat(): what goes in decides.
  DefaultKind of_method(const Value& call, const Value& callee, std::string_view dotted, int depth)
  {
    std::vector<ValueRef> parts = call.items;
    for (const auto& [name, value] : call.keywords) {
      parts.push_back(value);
    }
    if (callee.kind == ValueKind::attribute) {
      parts.push_back(callee.base);
    }
    bool constant = true;
    for (const ValueRef part : parts) {
      const DefaultKind kind = read(*part, depth + 1);
      if (kind == DefaultKind::sql || kind == DefaultKind::frozen) {
        return kind;
      }
      constant = constant && (kind == DefaultKind::constant || kind == DefaultKind::none);
    }
    constexpr std::array<std::string_view, 12> k_pure = {"str",
                                                         "int",
                                                         "float",
                                                         "bool",
                                                         "bytes",
                                                         "decimal.Decimal",
                                                         "datetime.datetime",
                                                         "datetime.date",
                                                         "datetime.time",
                                                         "datetime.timedelta",
                                                         "uuid.UUID",
                                                         "frozenset"};
    const bool pure =
      std::ranges::find(k_pure, dotted) != k_pure.end() || callee.kind == ValueKind::attribute;
    return pure && constant && !parts.empty() ? DefaultKind::constant : DefaultKind::unknown;
  }

  DefaultKind of_object(const ClassInfo& info)
  {
    if (is_python_enum(program_, info)) {
      return DefaultKind::constant;
    }
    const bool sql = has_library_base(program_,
                                      info,
                                      {"FunctionElement",
                                       "GenericFunction",
                                       "ColumnElement",
                                       "ClauseElement",
                                       "Executable",
                                       "Function"});
    return sql ? DefaultKind::sql : DefaultKind::unknown;
  }

  Program& program_;
};

} // namespace

DefaultReading read_default(Program& program, const Value& value)
{
  DefaultReading reading;
  reading.kind = DefaultReader(program).read(value, 0);
  if (reading.kind != DefaultKind::none) {
    reading.text = source_text(value);
  }
  return reading;
}

} // namespace assay::facts
