// SPDX-License-Identifier: MIT
#include "engine/probe/seed_conditions.hpp"

#include "engine/base/text.hpp"
#include "engine/model/schema_lookup.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace assay::probe {

namespace {

using wire::Value;

constexpr int k_longest_state = 40; // characters: longer columns hold names and titles

struct Place {
  const Table* table = nullptr;
  const Column* column = nullptr;
};

/// The column that a filter compares: of a table, of a class, or of one that the class extends.
Place place_of(const Filter& filter, const SchemaFacts& schema)
{
  std::string name = filter.class_name;
  for (int step = 0; step < 4 && !name.empty(); ++step) {
    const auto mapped = std::ranges::find(schema.classes, name, &MappedClass::name);
    const std::string& wanted = mapped == schema.classes.end() ? name : mapped->table;
    const auto table = std::ranges::find(schema.tables, wanted, &Table::name);
    if (table != schema.tables.end()) {
      if (const Column* column = find_column(*table, filter.attribute); column != nullptr) {
        return {&*table, column};
      }
    }
    name = mapped == schema.classes.end() ? std::string() : mapped->inherits;
  }
  return {};
}

/// Whether the column is one by which rows are told apart, or points at others.
bool told_apart_by(const Table& table, const Column& column)
{
  const auto names = [&](const auto& key) {
    return std::ranges::find(key.columns, column.name) != key.columns.end();
  };
  return column.primary_key == Truth::yes || column.unique == Truth::yes
         || std::ranges::any_of(
           table.keys, [&](const Key& key) { return key.kind != KeyKind::index && names(key); })
         || std::ranges::any_of(table.foreign_keys, names);
}

bool begins_with_any(std::string_view text, std::initializer_list<std::string_view> words)
{
  return std::ranges::any_of(words, [&](std::string_view word) { return text.starts_with(word); });
}

/// The text between the first quotes of `text`.
std::optional<std::string> quoted(std::string_view text)
{
  const auto open = text.find_first_of("'\"");
  if (open == std::string_view::npos) {
    return std::nullopt;
  }
  const auto close = text.find(text[open], open + 1);
  return close == std::string_view::npos
           ? std::nullopt
           : std::optional(std::string(text.substr(open + 1, close - open - 1)));
}

/// A label of the column's enumeration that is a word of `text`: PostStatus.PUBLISHED.
std::optional<std::string> label_in(std::string_view text, const Column& column)
{
  constexpr std::string_view k_between = " .,()[]{}'\"";
  for (std::size_t at = 0; at < text.size();) {
    const auto begin = text.find_first_not_of(k_between, at);
    if (begin == std::string_view::npos) {
      break;
    }
    const auto end = std::min(text.find_first_of(k_between, begin), text.size());
    const std::string word = to_lower(text.substr(begin, end - begin));
    const auto label = std::ranges::find_if(
      column.enum_labels, [&](const std::string& each) { return to_lower(each) == word; });
    if (label != column.enum_labels.end()) {
      return *label;
    }
    at = end;
  }
  return std::nullopt;
}

std::optional<Value> constant_in(std::string_view text, const Column& column)
{
  if (begins_with_any(text, {"True", "true", "sa.true", "sqlalchemy.true", "expression.true"})) {
    return Value(std::int64_t{1});
  }
  if (begins_with_any(text, {"False", "false", "sa.false", "sqlalchemy.false"})) {
    return Value(std::int64_t{0});
  }
  if (auto label = label_in(text, column)) {
    return Value(*std::move(label));
  }
  if (column.family == TypeFamily::string) {
    auto word = quoted(text);
    const bool state = word && column.length.value_or(k_longest_state) <= k_longest_state;
    return state ? std::optional(Value(*std::move(word))) : std::nullopt;
  }
  std::int64_t number = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), number);
  return parsed.ec == std::errc() && column.family != TypeFamily::enumeration
           ? std::optional(Value(number))
           : std::nullopt;
}

/// What the condition asks of its column; nothing where that cannot be told from its text.
std::optional<Value> value_asked_for(const Filter& filter, const Column& column)
{
  std::string_view text = trim(filter.text);
  const bool negated = begins_with_any(text, {"~", "not_(", "not ", "sa.not_("});
  const auto at = text.find(filter.attribute);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  text = trim(text.substr(at + filter.attribute.size()));
  if (column.family == TypeFamily::boolean && (text.empty() || text == ")")) {
    return Value(std::int64_t{negated ? 0 : 1});
  }
  if (negated) {
    return std::nullopt;
  }
  constexpr std::array<std::string_view, 6> k_equal = {
    ".is_(", "==", ".in_([", ".in_((", ".in_({", ".in_("};
  for (const std::string_view sign : k_equal) {
    if (text.starts_with(sign)) {
      text = trim(text.substr(sign.size()));
      return begins_with_any(text, {"None", "null", "sa.null", "sqlalchemy.null"})
               ? std::optional(Value())
               : constant_in(text, column);
    }
  }
  const bool other = begins_with_any(text, {"!=", ".isnot(", ".is_not("});
  if (other && column.family == TypeFamily::boolean) {
    const bool yes = text.find("False") != std::string_view::npos
                     || text.find("false()") != std::string_view::npos;
    const bool no =
      text.find("True") != std::string_view::npos || text.find("true()") != std::string_view::npos;
    return yes || no ? std::optional(Value(std::int64_t{yes ? 1 : 0})) : std::nullopt;
  }
  return std::nullopt;
}

struct Votes {
  std::vector<std::pair<Value, int>> values;

  void add(const Value& value)
  {
    const auto found = std::ranges::find(values, value, &std::pair<Value, int>::first);
    if (found == values.end()) {
      values.emplace_back(value, 1);
    } else {
      ++found->second;
    }
  }
};

} // namespace

std::map<ColumnName, Value> values_asked_for(const QueryFacts& queries, const SchemaFacts& schema)
{
  std::map<ColumnName, Votes> votes;
  for (const Callable& callable : queries.callables) {
    const bool of_rows_of_its_own =
      callable.kind == CallableKind::script || callable.kind == CallableKind::statement;
    if (callable.live == Truth::no || callable.writes || of_rows_of_its_own) {
      continue;
    }
    for (const Statement& statement : callable.statements) {
      for (const Filter& filter : statement.filters) {
        const Place place = place_of(filter, schema);
        const bool asks = place.column != nullptr && filter.operand == Operand::constant
                          && !told_apart_by(*place.table, *place.column);
        const auto value = asks ? value_asked_for(filter, *place.column) : std::nullopt;
        const bool possible = value && (*value != Value() || place.column->nullable != Truth::no);
        if (possible) {
          votes[{place.table->name, place.column->name}].add(*value);
        }
      }
    }
  }
  std::map<ColumnName, Value> found;
  for (auto& [column, cast] : votes) {
    auto& values = cast.values;
    std::ranges::stable_sort(values, std::ranges::greater(), &std::pair<Value, int>::second);
    if (values.size() == 1 || values[0].second > values[1].second) {
      found.emplace(column, values[0].first);
    }
  }
  return found;
}

} // namespace assay::probe
