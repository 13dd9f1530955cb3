// SPDX-License-Identifier: MIT
#include "engine/probe/rows.hpp"

#include "engine/probe/sql_name.hpp"

#include <fmt/format.h>

#include <utility>

namespace assay::probe {

namespace {

constexpr int k_rows = 2;

/// Distinct for each row, so that unique sets take it.
wire::Value value_for(const Column& column, int row)
{
  switch (column.family) {
  case TypeFamily::integer:
  case TypeFamily::big_integer:
  case TypeFamily::small_integer:
  case TypeFamily::real:
  case TypeFamily::numeric:
    return row;
  case TypeFamily::boolean:
    return row % 2;
  case TypeFamily::datetime:
    return fmt::format("2025-01-0{} 12:00:00.000000", row);
  case TypeFamily::date:
    return fmt::format("2025-01-0{}", row);
  case TypeFamily::time:
    return fmt::format("12:00:0{}", row);
  case TypeFamily::array:
    return "{}";
  case TypeFamily::interval:
    return fmt::format("{} minutes", row);
  case TypeFamily::enumeration:
    return column.enum_labels.empty()
             ? fmt::format("row {}", row)
             : column.enum_labels[static_cast<std::size_t>(row) % column.enum_labels.size()];
  case TypeFamily::json:
    return fmt::format("[{}]", row);
  case TypeFamily::string:
    return column.length && *column.length == 32 ? fmt::format("{:032x}", row)
           : column.length && *column.length < 6 ? fmt::format("{}", row)
                                                 : fmt::format("row {}", row);
  case TypeFamily::uuid:
    return fmt::format("00000000-0000-4000-8000-{:012}", row);
  case TypeFamily::binary:
    return wire::Bytes{fmt::format("{}", row)};
  case TypeFamily::unknown:
  case TypeFamily::text:
  case TypeFamily::other:
    break;
  }
  return fmt::format("row {}", row);
}

} // namespace

bool fill(RunDatabase& database, const Table& table)
{
  std::string columns;
  std::string marks;
  for (const Column& column : table.columns) {
    if (column.generated != Truth::yes) {
      columns += (columns.empty() ? "" : ", ") + sql_name(column.name);
      marks += marks.empty() ? "?" : ", ?";
    }
  }
  if (columns.empty()) {
    return false;
  }
  wire::Value::List rows;
  for (int row = 1; row <= k_rows; ++row) {
    wire::Value::List values;
    for (const Column& column : table.columns) {
      if (column.generated != Truth::yes) {
        values.push_back(value_for(column, row));
      }
    }
    rows.emplace_back(std::move(values));
  }
  // Checks and foreign keys say which values make sense; here only the rows matter.
  if (database.kind() == "sqlite") {
    static_cast<void>(database.ignore_checks()); // elsewhere it takes them away for good
  }
  static_cast<void>(database.set_foreign_keys(ForeignKeys::ignored));
  const auto changed = database.execute_many(
    fmt::format("INSERT INTO {} ({}) VALUES ({})", database.table(table.name), columns, marks),
    std::move(rows));
  static_cast<void>(database.set_foreign_keys(ForeignKeys::enforced));
  return changed && *changed >= k_rows;
}

std::int64_t count_rows(RunDatabase& database, const std::string& table)
{
  const auto found = database.execute("SELECT count(*) FROM " + database.table(table));
  if (!found || found->rows.size() != 1) {
    return -1;
  }
  const auto* const count = found->rows.front().front().get<std::int64_t>();
  return count == nullptr ? -1 : *count;
}

} // namespace assay::probe
