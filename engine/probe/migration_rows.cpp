// SPDX-License-Identifier: MIT
#include "engine/probe/migration_rows.hpp"

#include "engine/probe/rows.hpp"
#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace assay::probe {

namespace {

constexpr std::int64_t k_rows_seen = 10;

const Column* column_named(const Table& table, std::string_view name)
{
  const auto found = std::ranges::find(table.columns, name, &Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

TypeFamily kind_of(TypeFamily family)
{
  if (family == TypeFamily::string || family == TypeFamily::enumeration) {
    return TypeFamily::text;
  }
  return family == TypeFamily::big_integer || family == TypeFamily::small_integer
           ? TypeFamily::integer
           : family;
}

/// One may take the other's place.
bool same_kind(TypeFamily one, TypeFamily other)
{
  return one != TypeFamily::unknown && kind_of(one) == kind_of(other);
}

/// Nothing in it, or in every row what the column has by default.
bool is_untouched(const std::vector<std::string>& values, const Column& column)
{
  return std::ranges::all_of(values, [&](const std::string& value) {
    return value.empty() || column.default_text.find(value) != std::string::npos;
  });
}

bool holds_all(const std::vector<std::string>& values, const std::vector<std::string>& wanted)
{
  return std::ranges::all_of(wanted, [&](const std::string& value) {
    return std::ranges::find(values, value) != values.end();
  });
}

} // namespace

RowWatch::Watched RowWatch::read(const Table& table) const
{
  Watched watched{table, {}};
  std::string columns;
  for (const Column& column : table.columns) {
    columns += fmt::format(
      "{}substr(CAST({} AS TEXT), 1, 100)", columns.empty() ? "" : ", ", sql_name(column.name));
  }
  if (columns.empty()) {
    return watched;
  }
  auto rows = database_.execute(
    fmt::format("SELECT {} FROM {}", columns, database_.table(table.name)), {}, k_rows_seen);
  for (const wire::Value::List& row : rows ? rows->rows : std::vector<wire::Value::List>{}) {
    for (std::size_t i = 0; i < row.size() && i < table.columns.size(); ++i) {
      const auto* const text = row[i].get<std::string>();
      watched.values[table.columns[i].name].push_back(text == nullptr ? std::string() : *text);
    }
  }
  return watched;
}

bool RowWatch::is_new(const std::string& table, const std::string& column) const
{
  const auto known = watched_.find(table);
  return known == watched_.end() || column_named(known->second.shape, column) == nullptr;
}

bool RowWatch::is_elsewhere(const std::vector<std::string>& values, const Watch& now) const
{
  return std::ranges::any_of(now, [&](const auto& table) {
    return std::ranges::any_of(table.second.values, [&](const auto& column) {
      return is_new(table.first, column.first) && holds_all(column.second, values);
    });
  });
}

std::string
RowWatch::lost_column(const Watched& before, const Watched& after, const Watch& now) const
{
  std::vector<const Column*> added;
  for (const Column& column : after.shape.columns) {
    if (is_new(after.shape.name, column.name)) {
      added.push_back(&column);
    }
  }
  const bool used = std::ranges::any_of(added, [&](const Column* column) {
    const auto found = after.values.find(column->name);
    return found != after.values.end() && !is_untouched(found->second, *column);
  });
  for (const Column& dropped : before.shape.columns) {
    const auto had = before.values.find(dropped.name);
    const auto instead = std::ranges::find_if(
      added, [&](const Column* column) { return same_kind(column->family, dropped.family); });
    if (column_named(after.shape, dropped.name) == nullptr && had != before.values.end()
        && !is_untouched(had->second, dropped) && instead != added.end() && !used
        && !is_elsewhere(had->second, now)) {
      return fmt::format("{0}.{1} goes and {0}.{2} comes without its values: a rename loses them",
                         after.shape.name,
                         dropped.name,
                         (*instead)->name);
    }
  }
  return {};
}

std::string RowWatch::lost_table(const Table& gone, const Watch& now) const
{
  const auto heir = std::ranges::find_if(now, [&](const auto& table) {
    return !watched_.contains(table.first)
           && std::ranges::all_of(gone.columns, [&](const Column& column) {
                return column_named(table.second.shape, column.name) != nullptr;
              });
  });
  return heir == now.end() || !heir->second.values.empty()
           ? std::string()
           : fmt::format(
             "{} goes and {}, made like it, has none of its rows", gone.name, heir->first);
}

std::vector<std::string> RowWatch::look(const std::vector<Table>& tables)
{
  Watch now;
  for (const Table& table : tables) {
    now[table.name] = read(table);
  }
  std::vector<std::string> harm;
  for (const auto& [name, before] : watched_) {
    if (before.values.empty()) {
      continue;
    }
    const auto after = now.find(name);
    std::string lost = after == now.end()             ? lost_table(before.shape, now)
                       : after->second.values.empty() ? fmt::format("the rows of {} are gone", name)
                                                      : lost_column(before, after->second, now);
    if (!lost.empty()) {
      harm.push_back(std::move(lost));
    }
  }
  for (auto& [name, table] : now) {
    if (table.values.empty() && !watched_.contains(name)) {
      complete_ = fill(database_, table.shape) && complete_;
      table = read(table.shape);
    }
  }
  watched_ = std::move(now);
  return harm;
}

} // namespace assay::probe
