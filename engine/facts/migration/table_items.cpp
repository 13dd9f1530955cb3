// SPDX-License-Identifier: MIT
#include "engine/facts/migration/table_items.hpp"

#include "engine/base/text.hpp"
#include "engine/facts/migration/operation_call.hpp"
#include "engine/facts/schema/column.hpp"
#include "engine/facts/schema/table_args.hpp"
#include "engine/facts/schema/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts {

namespace {

bool is_sql_word(std::string_view word)
{
  constexpr std::array<std::string_view, 14> k_words = {"lower",
                                                        "upper",
                                                        "coalesce",
                                                        "desc",
                                                        "asc",
                                                        "nulls",
                                                        "last",
                                                        "first",
                                                        "collate",
                                                        "to_tsvector",
                                                        "english",
                                                        "simple",
                                                        "date",
                                                        "trim"};
  return std::ranges::find(k_words, word) != k_words.end();
}

/// Identifiers of a SQL expression that are not words of the language.
std::vector<std::string> identifiers_in(std::string_view sql)
{
  std::vector<std::string> names;
  std::string current;
  bool quoted = false;
  for (const char c : std::string(sql) + " ") {
    if (c == '\'') {
      quoted = !quoted;
    }
    if (!quoted && (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_')) {
      current += c;
      continue;
    }
    const bool name = !current.empty()
                      && std::isdigit(static_cast<unsigned char>(current.front())) == 0
                      && !is_sql_word(to_lower(current)) && c != '(';
    if (name && std::ranges::find(names, current) == names.end()) {
      names.push_back(current);
    }
    current.clear();
  }
  return names;
}

/// "users.id", "blog.users.id" -> table and column.
void set_target(ForeignKey& key, const std::string& target)
{
  const auto dot = target.rfind('.');
  key.target_table = target.substr(0, dot);
  if (dot != std::string::npos) {
    key.target_columns.push_back(target.substr(dot + 1));
  }
}

class ItemReader {
public:
  explicit ItemReader(Program& program)
    : program_(program)
  {
  }

  void read(const Value& item)
  {
    const Construct called = called_construct(program_, item);
    if (called.name == "Column" || (!called && column_call(program_, item) != nullptr)) {
      read_column_item(item);
      return;
    }
    if (!called) {
      items_.complete = items_.complete && known_string(program_, item).has_value();
      return;
    }
    const ColumnNameOf column_of = [this](const Value& value) {
      return name_argument(program_, &value).value_or("");
    };
    TableArgument argument = read_table_argument(program_, item, column_of);
    items_.complete = items_.complete && argument.understood;
    if (called.name == "ForeignKeyConstraint") {
      add_composite(argument);
      return;
    }
    std::ranges::move(argument.keys, std::back_inserter(items_.keys));
    std::ranges::move(argument.checks, std::back_inserter(items_.checks));
  }

  TableItems finish()
  {
    mark_primary_columns();
    return std::move(items_);
  }

private:
  void read_column_item(const Value& item)
  {
    const ValueRef call = column_call(program_, item);
    ColumnSource source;
    source.value = call != nullptr ? call : &item;
    source.where = program_.locate(item);
    ColumnReading reading = read_column(program_, source, {});
    Column& column = reading.column;
    column.where = source.where;
    items_.complete =
      items_.complete && !column.name.empty() && !has_unknown_arguments(*source.value);
    for (ForeignKeyReading& key : reading.foreign_keys) {
      key.key.columns = {column.name};
      const auto target =
        key.target == nullptr ? std::nullopt : name_argument(program_, key.target);
      if (target) {
        set_target(key.key, *target);
      } else {
        items_.complete = false;
        key.key.target_known = Truth::unknown;
      }
      items_.foreign_keys.push_back(std::move(key.key));
    }
    std::ranges::move(reading.checks, std::back_inserter(items_.checks));
    add_column_keys(column);
    add_enum(*source.value);
    items_.columns.push_back(std::move(column));
  }

  void add_column_keys(const Column& column)
  {
    if (column.primary_key == Truth::yes) {
      primary_.push_back(column.name);
    }
    const bool indexed = column.indexed == Truth::yes;
    if (column.unique != Truth::yes && !indexed) {
      return;
    }
    Key key;
    key.kind = !indexed                      ? KeyKind::unique_constraint
               : column.unique == Truth::yes ? KeyKind::unique_index
                                             : KeyKind::index;
    key.columns = {column.name};
    key.where = column.where;
    items_.keys.push_back(std::move(key));
  }

  void add_enum(const Value& call)
  {
    for (const ValueRef item : call.items) {
      const Value& plain = settled(*item);
      std::string name =
        is_created_with_table(program_, plain) ? enum_type_name(program_, plain) : std::string();
      if (!name.empty()) {
        items_.enum_types.push_back(std::move(name));
      }
    }
  }

  void add_composite(TableArgument& argument)
  {
    for (ForeignKeyReading& key : argument.foreign_keys) {
      for (const ValueRef target : argument.foreign_targets) {
        const auto name = name_argument(program_, target);
        if (!name) {
          items_.complete = false;
          continue;
        }
        set_target(key.key, *name);
      }
      items_.foreign_keys.push_back(std::move(key.key));
    }
  }

  void mark_primary_columns()
  {
    if (!primary_.empty()) {
      Key key;
      key.kind = KeyKind::primary;
      key.columns = primary_;
      key.where = items_.columns.front().where;
      items_.keys.insert(items_.keys.begin(), std::move(key));
    }
    for (const Key& key : items_.keys) {
      if (key.kind != KeyKind::primary) {
        continue;
      }
      for (Column& column : items_.columns) {
        if (std::ranges::find(key.columns, column.name) != key.columns.end()) {
          column.primary_key = Truth::yes;
          column.nullable = Truth::no;
        }
      }
    }
  }

  Program& program_;
  TableItems items_;
  std::vector<std::string> primary_;
};

} // namespace

TableItems read_table_items(Program& program, std::span<const ValueRef> arguments)
{
  ItemReader reader(program);
  bool whole = true;
  for (const ValueRef argument : arguments) {
    const Value& item = settled(*argument);
    if (item.kind == ValueKind::unknown && item.text == "*") {
      whole = false;
      continue;
    }
    reader.read(item);
  }
  TableItems items = reader.finish();
  items.complete = items.complete && whole;
  return items;
}

std::string table_with_schema(Program& program, const std::string& name, const Value& call)
{
  const ValueRef schema = keyword(call, "schema");
  const auto text = schema == nullptr ? std::nullopt : known_string(program, *schema);
  return text && !name.empty() ? *text + "." + name : name;
}

std::string enum_type_name(Program& program, const Value& type)
{
  if (const ValueRef name = keyword(type, "name")) {
    return name_argument(program, name).value_or("");
  }
  const ValueRef first = argument(type, 0);
  if (first != nullptr && settled(*first).kind == ValueKind::class_ref) {
    return to_lower(last_name(settled(*first).class_info->qualified));
  }
  return {};
}

bool is_created_with_table(Program& program, const Value& type)
{
  const Construct called = called_construct(program, type);
  const auto off = [&](std::string_view name) {
    const ValueRef value = keyword(type, name);
    return value != nullptr && truth_of(value) == Truth::no;
  };
  return (called.name == "Enum" || called.name == "ENUM") && !off("native_enum")
         && !off("create_type");
}

std::vector<std::string> indexed_columns(Program& program, const Value& element, bool& functional)
{
  if (auto name = name_argument(program, &element)) {
    return {*name};
  }
  const Value& plain = settled(element);
  bool whole = true;
  if (const auto text = sql_text(program, plain, whole)) {
    const auto names = identifiers_in(*text);
    const std::string lower = to_lower(*text);
    functional = functional || lower.find('(') != std::string::npos;
    return names;
  }
  std::vector<std::string> names;
  functional = true;
  if (plain.kind == ValueKind::call) {
    for (const ValueRef item : plain.items) {
      std::ranges::move(indexed_columns(program, *item, functional), std::back_inserter(names));
    }
  }
  return names;
}

} // namespace assay::facts
