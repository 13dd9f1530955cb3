// SPDX-License-Identifier: MIT
#include "engine/probe/plans.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace assay::probe {

namespace {

constexpr std::size_t k_most_plans = 20;

bool is_word(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// Without what only separates names: quotes and line ends.
std::string bare(std::string_view sql)
{
  std::string text;
  for (const char c : sql) {
    if (c == '\n' || c == '\t') {
      text += ' ';
    } else if (c != '"') {
      text += c;
    }
  }
  return text;
}

/// The table's name and what `sql` calls it: "posts AS posts_1".
std::set<std::string> names_in(const std::string& sql, const std::string& table)
{
  std::set<std::string> names{table};
  const std::string before = table + " AS ";
  for (std::size_t at = sql.find(before); at != std::string::npos; at = sql.find(before, at + 1)) {
    std::size_t end = at + before.size();
    while (end < sql.size() && is_word(sql[end])) {
      ++end;
    }
    names.insert(sql.substr(at + before.size(), end - at - before.size()));
  }
  return names;
}

/// A parameter or a literal begins here.
bool is_value(std::string_view text)
{
  return text.find_first_of("?$%:'0123456789") == 0;
}

bool leads_index_of(const Table& table, const std::string& column)
{
  const auto leads = [&](const Key& key) {
    return !key.columns.empty() && key.columns.front() == column && !key.partial && !key.functional;
  };
  return std::ranges::any_of(table.keys, leads)
         || std::ranges::any_of(table.columns, [&](const Column& each) {
              return each.name == column
                     && (each.primary_key == Truth::yes || each.unique == Truth::yes);
            });
}

} // namespace

bool compares(std::string_view sql, std::string_view name, std::string_view column)
{
  const std::string wanted = std::string(name) + "." + std::string(column);
  for (std::size_t at = sql.find(wanted); at != std::string_view::npos;
       at = sql.find(wanted, at + 1)) {
    std::size_t end = at + wanted.size();
    if ((at > 0 && (is_word(sql[at - 1]) || sql[at - 1] == '.'))
        || (end < sql.size() && is_word(sql[end]))) {
      continue;
    }
    const std::string_view after = trim(sql.substr(end));
    const std::string_view before = trim(sql.substr(0, at));
    const bool forward = after.starts_with("=") && is_value(trim(after.substr(1)));
    const std::string_view left =
      trim(before.ends_with("=") ? before.substr(0, before.size() - 1) : std::string_view());
    const bool backward = is_value(left.substr(left.find_last_of(" (") + 1));
    const bool listed = after.starts_with("IN (") && !after.starts_with("IN (SELECT");
    if (forward || backward || listed) {
      return true;
    }
  }
  return false;
}

std::vector<TableScan> find_scans(RunDatabase& database,
                                  const SchemaFacts& schema,
                                  const std::vector<std::string>& selects)
{
  std::vector<TableScan> found;
  for (std::size_t i = 0; i < selects.size() && i < k_most_plans; ++i) {
    const std::vector<std::string> whole = database.read_whole(selects[i]);
    const std::string sql = bare(selects[i]);
    const auto looked_up = [&](const Table& table, const std::string& column) {
      return std::ranges::any_of(names_in(sql, table.name), [&](const std::string& name) {
        const auto reads = [&](const std::string& what) {
          return std::ranges::find(whole, what) != whole.end();
        };
        return reads(name + "." + column) || (reads(name) && compares(sql, name, column));
      });
    };
    for (const Table& table : schema.tables) {
      for (const ForeignKey& key : table.foreign_keys) {
        const bool one = key.columns.size() == 1;
        if (one && !leads_index_of(table, key.columns.front())
            && looked_up(table, key.columns.front())) {
          found.push_back({table.name, key.columns.front()});
        }
      }
    }
  }
  const auto order = [](const TableScan& a, const TableScan& b) {
    return std::tie(a.table, a.column) < std::tie(b.table, b.column);
  };
  std::ranges::sort(found, order);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  return found;
}

} // namespace assay::probe
