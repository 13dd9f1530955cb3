// SPDX-License-Identifier: MIT
#include "engine/probe/migration_parts.hpp"

#include "engine/base/text.hpp"
#include "engine/probe/reflect.hpp"
#include "engine/probe/submission_run.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace assay::probe {

std::string folder_above(const std::string& path)
{
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

std::string_view backend_of(Dialect dialect)
{
  switch (dialect) {
  case Dialect::postgresql:
    return "postgresql";
  case Dialect::mysql:
    return "mysql";
  case Dialect::sqlite:
  case Dialect::unknown:
  case Dialect::other:
    break;
  }
  return "sqlite";
}

bool is_of_database(const RunError& error, Dialect dialect, bool schemas, std::string_view database)
{
  if ((dialect == Dialect::sqlite && database == "sqlite")
      || (dialect == Dialect::postgresql && database == "postgresql")) {
    return false;
  }
  constexpr std::array<std::string_view, 3> k_everywhere = {
    "no such table: ", " already exists", "duplicate column name"};
  const bool sql = error.type.starts_with("sqlalchemy.exc.") || error.type.starts_with("sqlite3.")
                   || error.type == "NotImplementedError";
  const bool catalogue = error.message.find("no such table: pg_") != std::string::npos
                         || error.message.find("information_schema") != std::string::npos;
  // Names of indexes belong to their tables on MySQL.
  const bool shared_name =
    error.message.find(" already exists") != std::string::npos
    && (schemas
        || (dialect == Dialect::mysql && error.message.find("index ") != std::string::npos));
  return sql
         && (catalogue || shared_name
             || std::ranges::none_of(k_everywhere, [&](std::string_view text) {
                  return error.message.find(text) != std::string::npos;
                }));
}

bool is_outside(const RunError& error, std::string_view database)
{
  // Code that connects by itself finds no server here.
  constexpr std::array<std::string_view, 7> k_drivers = {
    "psycopg2.", "psycopg.", "asyncpg.", "pymysql.", "MySQLdb.", "aiomysql.", "redis."};
  // Given by a later Alembic than the one that runs.
  constexpr std::array<std::string_view, 3> k_later = {
    "'if_not_exists'", "'if_exists'", "'inline_references'"};
  const bool newer = error.type == "ImportError"
                       ? error.message.find("/usr/lib/") != std::string::npos
                       : std::ranges::any_of(k_later, [&](std::string_view word) {
                           return error.message.find(word) != std::string::npos;
                         });
  // GRANT ... TO blog: the roles of the candidate's server are not on ours.
  const bool role = error.message.find("role \"") != std::string::npos
                    && error.message.find("\" does not exist") != std::string::npos;
  return newer || role || is_of_box(error) || error.type == "OSError"
         || error.type == "RuntimeError"
         || (database != "postgresql" && starts_with_any(error.type, k_drivers));
}

bool is_missing_value(const RunError& error)
{
  const auto says = [&](std::string_view text) {
    return error.message.find(text) != std::string::npos;
  };
  return says("Cannot add a NOT NULL column") || says("contains null values")
         || says("NOT NULL constraint failed: _alembic_tmp_");
}

void keep_one_tenant(std::vector<Table>& tables)
{
  const bool all = !tables.empty() && std::ranges::all_of(tables, [](const Table& table) {
    return table.name.find('.') != std::string::npos;
  });
  if (!all) {
    return;
  }
  const std::string tenant = tables.front().name.substr(0, tables.front().name.find('.') + 1);
  std::erase_if(tables, [&](const Table& table) { return !table.name.starts_with(tenant); });
  const auto strip = [&](std::string& name) {
    if (name.starts_with(tenant)) {
      name.erase(0, tenant.size());
    }
  };
  for (Table& table : tables) {
    strip(table.name);
    table.schema.clear();
    for (ForeignKey& key : table.foreign_keys) {
      strip(key.target_table);
    }
  }
}

std::vector<std::string> databases_of(cell::Run& run, const RunDatabase& main)
{
  std::vector<std::string> names{k_main_database};
  auto found = run.databases().databases();
  if (!found) {
    return names;
  }
  if (main.kind() == "sqlite") {
    return *found;
  }
  names.insert(names.end(), found->begin(), found->end());
  return names;
}

bool clear_all(cell::Run& run, RunDatabase& main)
{
  return std::ranges::all_of(databases_of(run, main), [&](const std::string& name) {
    return name == k_main_database
             ? static_cast<bool>(main.clear())
             : static_cast<bool>(run.databases().restore(name, {}, broker::Client::Force::yes));
  });
}

std::vector<Table> tables_of(cell::Run& run, RunDatabase& main)
{
  std::vector<Table> tables;
  for (const std::string& name : databases_of(run, main)) {
    auto found = name == k_main_database ? main.reflect() : reflect_sqlite(run.databases(), name);
    for (Table& table : found ? *found : std::vector<Table>{}) {
      if (std::ranges::find(tables, table.name, &Table::name) == tables.end()) {
        tables.push_back(std::move(table));
      }
    }
  }
  return tables;
}

} // namespace assay::probe
