// SPDX-License-Identifier: MIT
#include "engine/probe/seed_database.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/seed_values.hpp"
#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace assay::probe {

using wire::Value;

namespace {

constexpr std::int64_t k_check_failed = 275;   // SQLITE_CONSTRAINT_CHECK
constexpr std::int64_t k_unique_failed = 2067; // SQLITE_CONSTRAINT_UNIQUE
constexpr std::size_t k_most_seeded = 200;

/// What a declared type can hold, where no fact says better.
TypeFamily declared_family(const std::string& declared)
{
  const std::string type = to_lower(declared);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  if (has("bool")) {
    return TypeFamily::boolean;
  }
  if (has("int")) {
    return has("small") ? TypeFamily::small_integer : TypeFamily::integer;
  }
  if (has("datetime") || has("timestamp")) {
    return TypeFamily::datetime;
  }
  if (has("date")) {
    return TypeFamily::date;
  }
  if (has("time")) {
    return TypeFamily::time;
  }
  if (has("json")) {
    return TypeFamily::json;
  }
  if (has("char(32)")) {
    return TypeFamily::uuid;
  }
  if (has("char")) {
    return TypeFamily::string;
  }
  if (has("text") || has("clob")) {
    return TypeFamily::text;
  }
  if (has("float") || has("real") || has("double")) {
    return TypeFamily::real;
  }
  if (has("numeric") || has("decimal")) {
    return TypeFamily::numeric;
  }
  return has("blob") ? TypeFamily::binary : TypeFamily::unknown;
}

std::optional<int> length_in(const std::string& declared)
{
  const auto open = declared.find('(');
  int length = 0;
  for (std::size_t i = open + 1; open != std::string::npos && i < declared.size(); ++i) {
    if (declared[i] < '0' || declared[i] > '9' || length > 1'000'000) {
      break;
    }
    length = length * 10 + (declared[i] - '0');
  }
  return length > 0 ? std::optional(length) : std::nullopt;
}

/// `known` with what the database says of its columns and foreign keys.
Table as_in_database(Table known, Table seen)
{
  for (Column& column : seen.columns) {
    const auto same = std::ranges::find(known.columns, column.name, &Column::name);
    const Column there = std::exchange(column, same == known.columns.end() ? Column() : *same);
    const std::string& declared = there.type_text;
    column.name = there.name;
    if (column.family == TypeFamily::unknown || column.family == TypeFamily::other) {
      column.family = declared_family(declared);
    }
    if (column.type_text.empty() || column.family == TypeFamily::uuid) {
      column.type_text = declared;
      column.length = length_in(declared);
    }
    if (!column.length && column.family == TypeFamily::string) {
      column.length = length_in(declared);
    }
    column.primary_key = there.primary_key;
    column.nullable = there.nullable;
    if (there.server_default_kind == DefaultKind::none
        || column.server_default_kind == DefaultKind::none) {
      column.server_default_kind = there.server_default_kind;
    }
    column.generated = there.generated;
  }
  known.columns = std::move(seen.columns);
  std::erase_if(known.keys, [](const Key& key) { return key.kind == KeyKind::primary; });
  if (!seen.foreign_keys.empty()) {
    known.foreign_keys = std::move(seen.foreign_keys);
  }
  known.name = seen.name;
  return known;
}

/// `text`, or what stands for it in a column whose type is more than text.
Value postgres_value(const Column& column, const std::string& text)
{
  if (column.family == TypeFamily::array && text == "[]") {
    return "{}";
  }
  if (column.family == TypeFamily::interval) {
    return "1 day";
  }
  const std::string type = to_lower(column.type_text);
  const auto has = [&](std::string_view part) { return type.find(part) != std::string::npos; };
  // Distinct for distinct texts, as far as it goes.
  const std::size_t hash = std::hash<std::string>{}(text);
  if (has("inet") || has("cidr")) {
    return fmt::format("10.{}.{}.{}", hash & 0xFFU, (hash >> 8U) & 0xFFU, (hash >> 16U) & 0xFFU);
  }
  if (has("macaddr")) {
    return fmt::format(
      "08:00:2b:{:02x}:{:02x}:{:02x}", hash & 0xFFU, (hash >> 8U) & 0xFFU, (hash >> 16U) & 0xFFU);
  }
  return has("range") ? Value("empty") : Value(text);
}

/// One table's rows that have cells for the same columns.
class Inserter {
public:
  Inserter(RunDatabase& database, const SchemaFacts& schema, Seeds& seeds)
    : database_(database),
      schema_(schema),
      seeds_(seeds)
  {
  }

  Expected<void> insert(std::size_t from, std::size_t to)
  {
    std::vector<bool> done(to, false);
    for (std::size_t i = from; i < to; ++i) {
      if (done[i]) {
        continue;
      }
      std::vector<std::size_t> group;
      for (std::size_t j = i; j < to; ++j) {
        if (!done[j] && same_columns(seeds_.rows[i], seeds_.rows[j])) {
          group.push_back(j);
          done[j] = true;
        }
      }
      if (auto inserted = insert_group(group); !inserted) {
        return inserted.failure();
      }
    }
    return {};
  }

private:
  static bool same_columns(const SeedRow& a, const SeedRow& b)
  {
    return a.table == b.table
           && std::ranges::equal(a.cells, b.cells, [](const auto& one, const auto& other) {
                return one.first == other.first;
              });
  }

  /// `value` as a column of the database takes it: PostgreSQL has types where SQLite has text.
  [[nodiscard]] Value
  as_stored(const std::string& table_name, const std::string& column_name, const Value& value) const
  {
    const auto* const text = value.get<std::string>();
    const auto table = std::ranges::find(schema_.tables, table_name, &Table::name);
    if (text == nullptr || database_.kind() != "postgresql" || table == schema_.tables.end()) {
      return value;
    }
    const auto column = std::ranges::find(table->columns, column_name, &Column::name);
    return column == table->columns.end() ? value : postgres_value(*column, *text);
  }

  Expected<std::int64_t> send(const std::vector<std::size_t>& group)
  {
    const SeedRow& first = seeds_.rows[group.front()];
    std::string columns;
    std::string marks;
    for (const auto& cell : first.cells) {
      columns += (columns.empty() ? "" : ", ") + sql_name(cell.first);
      marks += marks.empty() ? "?" : ", ?";
    }
    const std::string sql =
      columns.empty()
        ? fmt::format("INSERT INTO {} DEFAULT VALUES", database_.table(first.table))
        : fmt::format(
          "INSERT INTO {} ({}) VALUES ({})", database_.table(first.table), columns, marks);
    Value::List rows;
    for (const std::size_t index : group) {
      Value::List row;
      for (const auto& cell : seeds_.rows[index].cells) {
        row.push_back(as_stored(seeds_.rows[index].table, cell.first, cell.second));
      }
      rows.emplace_back(std::move(row));
    }
    return database_.execute_many(sql, std::move(rows));
  }

  Expected<void> insert_group(const std::vector<std::size_t>& group)
  {
    auto sent = send(group);
    if (sent) {
      return {};
    }
    if (database_.sql_code() == k_check_failed) {
      if (satisfy_checks(group)) {
        return {};
      }
      if (database_.ignore_checks() && send(group)) {
        return {};
      }
    }
    if (database_.sql_code() == k_unique_failed) {
      // Those over expressions may hold for no two rows: lower('email') is one text.
      if (database_.drop_computed_uniques(seeds_.rows[group.front()].table) && send(group)) {
        return {};
      }
    }
    return Failure{"insert a seed row",
                   0,
                   fmt::format("{}: {}", seeds_.rows[group.front()].table, sent.failure().text)};
  }

  /// Tries the other values of one column after another, in all rows of the group.
  bool satisfy_checks(const std::vector<std::size_t>& group)
  {
    const auto table =
      std::ranges::find(schema_.tables, seeds_.rows[group.front()].table, &Table::name);
    if (table == schema_.tables.end()) {
      return false;
    }
    const std::vector<SeedRow> before = rows_of(group);
    for (std::size_t cell = 0; cell < before.front().cells.size(); ++cell) {
      const auto column =
        std::ranges::find(table->columns, before.front().cells[cell].first, &Column::name);
      if (column == table->columns.end() || column->primary_key == Truth::yes
          || points(*table, column->name) || !checked(*table, column->name)) {
        continue;
      }
      const std::size_t choices = other_values(*column, {}).size();
      for (std::size_t choice = 0; choice < choices; ++choice) {
        for (std::size_t i = 0; i < group.size(); ++i) {
          RowSource source;
          source.token = before[i].token;
          source.digest = std::string(64, 'a');
          source.index = static_cast<std::int64_t>(i);
          seeds_.rows[group[i]].cells[cell].second = other_values(*column, source)[choice];
        }
        if (send(group)) {
          return true;
        }
      }
      for (std::size_t i = 0; i < group.size(); ++i) {
        seeds_.rows[group[i]] = before[i];
      }
    }
    return false;
  }

  std::vector<SeedRow> rows_of(const std::vector<std::size_t>& group) const
  {
    std::vector<SeedRow> rows;
    for (const std::size_t index : group) {
      rows.push_back(seeds_.rows[index]);
    }
    return rows;
  }

  static bool points(const Table& table, const std::string& column)
  {
    return std::ranges::any_of(table.foreign_keys, [&](const ForeignKey& key) {
      return std::ranges::find(key.columns, column) != key.columns.end();
    });
  }

  /// Whether a check speaks of the column; if none is known, any may.
  static bool checked(const Table& table, const std::string& column)
  {
    return table.checks.empty() || std::ranges::any_of(table.checks, [&](const Check& check) {
             return check.text.find(column) != std::string::npos || check.text.empty();
           });
  }

  RunDatabase& database_;
  const SchemaFacts& schema_;
  Seeds& seeds_;
};

} // namespace

Expected<SchemaFacts> schema_in_database(RunDatabase& database, const SchemaFacts& schema)
{
  SchemaFacts merged = schema;
  merged.tables.clear();
  auto tables = database.reflect();
  if (!tables) {
    return tables.failure();
  }
  for (Table& seen : *tables) {
    if (merged.tables.size() >= k_most_seeded) {
      break;
    }
    const auto known = std::ranges::find(schema.tables, seen.name, &Table::name);
    merged.tables.push_back(
      as_in_database(known == schema.tables.end() ? Table() : *known, std::move(seen)));
  }
  return merged;
}

Expected<void> insert_seeds(
  RunDatabase& database, const SchemaFacts& schema, Seeds& seeds, std::size_t from, std::size_t to)
{
  auto inserted = Inserter(database, schema, seeds).insert(from, to);
  database.settle_counters();
  return inserted;
}

} // namespace assay::probe
