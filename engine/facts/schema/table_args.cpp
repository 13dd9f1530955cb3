// SPDX-License-Identifier: MIT
#include "engine/facts/schema/table_args.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace assay::facts {

namespace {

std::string text_of(Program& program, ValueRef value)
{
  return value == nullptr ? std::string() : known_string(program, *value).value_or(std::string());
}

std::string upper_words(std::string_view text)
{
  std::string result;
  for (const char c : trim(text)) {
    const bool gap = c == ' ' || c == '_' || c == '\t';
    if (!gap) {
      result += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

/// The columns that an index expression mentions, and whether it computes something.
class Mentions {
public:
  Mentions(Program& program, const ColumnNameOf& column_of, Key& key)
    : program_(program),
      column_of_(column_of),
      key_(key)
  {
  }

  void read(const Value& value, int depth = 0)
  {
    const Value& plain = settled(value);
    if (depth > 8) {
      return;
    }
    if (plain.kind == ValueKind::call) {
      call(plain, depth);
      return;
    }
    if (std::string column = column_of_(plain); !column.empty()) {
      add(std::move(column));
      return;
    }
    for (const ValueRef item : plain.items) {
      read(*item, depth + 1);
    }
    key_.functional = key_.functional || plain.kind == ValueKind::operation;
  }

private:
  void call(const Value& call, int depth)
  {
    const Construct called = construct(program_, *call.base);
    const Value& callee = settled(*call.base);
    if (called.name == "text" || called.name == "literal_column") {
      sql(text_of(program_, argument(call, 0)));
    } else if (called.name.starts_with("func.") || called.name == "cast"
               || called.name == "coalesce") {
      key_.functional = true;
      for (const ValueRef item : call.items) {
        if (settled(*item).kind != ValueKind::string) {
          read(*item, depth + 1);
        }
      }
    } else if (called.name == "desc" || called.name == "asc" || called.name == "column"
               || called.name == "nulls_last") {
      for (const ValueRef item : call.items) {
        read(*item, depth + 1);
      }
    } else if (callee.kind == ValueKind::attribute && !called.name.ends_with("Column")) {
      constexpr std::array<std::string_view, 7> k_orderings = {
        "desc", "asc", "nulls_last", "nulls_first", "nullslast", "nullsfirst", "label"};
      key_.functional =
        key_.functional || std::ranges::find(k_orderings, callee.text) == k_orderings.end();
      read(*callee.base, depth + 1);
    } else if (std::string column = column_of_(call); !column.empty()) {
      add(std::move(column));
    }
  }

  /// "lower(email)", "created_at DESC".
  void sql(std::string_view text)
  {
    key_.functional = key_.functional || text.find('(') != std::string_view::npos;
    constexpr std::array<std::string_view, 11> k_words = {"lower",
                                                          "upper",
                                                          "desc",
                                                          "asc",
                                                          "nulls",
                                                          "first",
                                                          "last",
                                                          "coalesce",
                                                          "trim",
                                                          "collate",
                                                          "nocase"};
    std::string word;
    for (std::size_t i = 0; i <= text.size(); ++i) {
      const char c = i < text.size() ? text[i] : ' ';
      if (std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_') {
        word += c;
        continue;
      }
      const std::string lower = to_lower(word);
      const bool number = !word.empty() && std::isdigit(static_cast<unsigned char>(word[0])) != 0;
      if (!word.empty() && !number && c != '('
          && std::ranges::find(k_words, lower) == k_words.end()) {
        add(word);
      }
      word.clear();
    }
  }

  void add(std::string column)
  {
    if (std::ranges::find(key_.columns, column) == key_.columns.end()) {
      key_.columns.push_back(std::move(column));
    }
  }

  Program& program_;
  const ColumnNameOf& column_of_;
  Key& key_;
};

class ArgumentReader {
public:
  ArgumentReader(Program& program, const ColumnNameOf& column_of)
    : program_(program),
      column_of_(column_of)
  {
  }

  TableArgument read(const Value& call)
  {
    TableArgument result;
    result.understood = true;
    const std::string name = construct(program_, *call.base).name;
    if (name == "UniqueConstraint" || name == "PrimaryKeyConstraint") {
      Key key = named_key(call);
      key.kind = name == "UniqueConstraint" ? KeyKind::unique_constraint : KeyKind::primary;
      add_columns(call.items, key, result);
      result.keys.push_back(std::move(key));
    } else if (name == "Index") {
      result.keys.push_back(index(call, result));
    } else if (name == "ForeignKeyConstraint") {
      foreign_key(call, result);
    } else if (name == "CheckConstraint") {
      result.checks.push_back(read_check(program_, call));
    } else if (name != "ExcludeConstraint") {
      result.understood = false;
    }
    return result;
  }

private:
  Key named_key(const Value& call)
  {
    Key key;
    key.name = text_of(program_, keyword(call, "name"));
    key.where = program_.locate(call);
    return key;
  }

  void add_columns(const std::vector<ValueRef>& items, Key& key, TableArgument& result)
  {
    for (const ValueRef item : items) {
      const std::string column = column_of_(settled(*item));
      if (column.empty()) {
        result.understood = false;
      } else {
        key.columns.push_back(column);
      }
    }
  }

  Key index(const Value& call, TableArgument& result)
  {
    Key key;
    key.where = program_.locate(call);
    key.name = text_of(program_, argument_or_keyword(call, 0, "name"));
    const Truth unique = truth_of(keyword(call, "unique"), Truth::no);
    key.kind = unique == Truth::yes ? KeyKind::unique_index : KeyKind::index;
    result.understood = unique != Truth::unknown && !has_unknown_arguments(call);
    for (std::size_t i = keyword(call, "name") == nullptr ? 1 : 0; i < call.items.size(); ++i) {
      Mentions(program_, column_of_, key).read(*call.items[i]);
    }
    for (const auto& [name, value] : call.keywords) {
      key.partial = key.partial || (name.ends_with("_where") && !is_none(value));
      if (name == "expressions" || name == "_columns") {
        result.understood = false;
      }
    }
    return key;
  }

  void foreign_key(const Value& call, TableArgument& result)
  {
    ForeignKeyReading reading;
    reading.key.where = program_.locate(call);
    reading.key.name = text_of(program_, keyword(call, "name"));
    reading.key.ondelete = referential_action(text_of(program_, keyword(call, "ondelete")));
    reading.key.onupdate = referential_action(text_of(program_, keyword(call, "onupdate")));
    Truth whole = Truth::yes;
    if (const ValueRef columns = argument_or_keyword(call, 0, "columns")) {
      for (const ValueRef item : sequence_items(*columns, whole)) {
        reading.key.columns.push_back(column_of_(settled(*item)));
      }
    }
    if (const ValueRef targets = argument_or_keyword(call, 1, "refcolumns")) {
      result.foreign_targets = sequence_items(*targets, whole);
    }
    result.understood = whole == Truth::yes && !reading.key.columns.empty()
                        && reading.key.columns.size() == result.foreign_targets.size();
    if (result.understood) {
      result.foreign_keys.push_back(std::move(reading));
    }
  }

  Program& program_;
  const ColumnNameOf& column_of_;
};

} // namespace

std::string referential_action(std::string_view text)
{
  return upper_words(text);
}

ForeignKeyReading read_foreign_key(Program& program, const Value& call)
{
  ForeignKeyReading reading;
  reading.target = argument_or_keyword(call, 0, "column");
  reading.key.where = program.locate(call);
  reading.key.name = text_of(program, keyword(call, "name"));
  for (const char* option : {"ondelete", "onupdate"}) {
    const ValueRef value = keyword(call, option);
    if (value == nullptr || is_none(value)) {
      continue;
    }
    const std::string action = referential_action(known_string(program, *value).value_or("?"));
    (std::string_view(option) == "ondelete" ? reading.key.ondelete : reading.key.onupdate) = action;
  }
  return reading;
}

Check read_check(Program& program, const Value& call)
{
  Check check;
  check.where = program.locate(call);
  check.name = text_of(program, keyword(call, "name"));
  if (const ValueRef text = argument_or_keyword(call, 0, "sqltext")) {
    const Value& inner = calls_any(program, *text, {"text"}) && !settled(*text).items.empty()
                           ? *settled(*text).items.front()
                           : *text;
    check.text = known_string(program, inner).value_or(source_text(inner));
  }
  return check;
}

TableArgument
read_table_argument(Program& program, const Value& item, const ColumnNameOf& column_of)
{
  const Value& plain = settled(item);
  if (plain.kind != ValueKind::call) {
    return {};
  }
  return ArgumentReader(program, column_of).read(plain);
}

} // namespace assay::facts
