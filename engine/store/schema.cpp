// SPDX-License-Identifier: MIT
#include "engine/store/schema.hpp"

#include "engine/store/schema_steps.hpp"

#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

namespace assay::store {

namespace {

int number(const SQLite::Database& database, const char* query)
{
  SQLite::Statement statement(database, query);
  return statement.executeStep() ? statement.getColumn(0).getInt() : 0;
}

void apply(SQLite::Database& database, const Step& step)
{
  database.exec(step.sql);
  SQLite::Statement note(database,
                         "INSERT INTO schema_migrations (version, name, applied_at)"
                         " VALUES (?, ?, strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))");
  note.bind(1, step.version);
  note.bind(2, step.name);
  note.exec();
  database.exec(fmt::format("PRAGMA user_version = {}", step.version));
}

} // namespace

int current_version()
{
  return k_steps.back().version;
}

Condition condition(const SQLite::Database& database)
{
  const int application = number(database, "PRAGMA application_id");
  const int version = number(database, "PRAGMA user_version");
  if (application == 0 && version == 0
      && number(database, "SELECT count(*) FROM sqlite_master") == 0) {
    return Condition::empty;
  }
  if (application != k_application_id) {
    return Condition::foreign;
  }
  if (version > current_version()) {
    return Condition::newer;
  }
  return version < current_version() ? Condition::older : Condition::current;
}

void migrate(SQLite::Database& database)
{
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  const int version = number(database, "PRAGMA user_version");
  if (version == 0) {
    database.exec(fmt::format("PRAGMA application_id = {}", k_application_id));
  }
  for (const Step& step : k_steps) {
    if (step.version > version) {
      apply(database, step);
    }
  }
  transaction.commit();
}

} // namespace assay::store
