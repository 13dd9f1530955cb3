// SPDX-License-Identifier: MIT
#include "engine/probe/reflect.hpp"

#include "engine/probe/migration_parts.hpp"
#include "tests/support/catch.hpp"

#include <optional>
#include <string>

using namespace assay;

TEST_CASE("A declared type says family and length")
{
  struct Row {
    std::string type;
    TypeFamily family;
    std::optional<int> length;
  };

  const auto row = GENERATE(values<Row>({{"VARCHAR(50)", TypeFamily::string, 50},
                                         {"varchar", TypeFamily::string, std::nullopt},
                                         {"CHARACTER VARYING (80)", TypeFamily::string, 80},
                                         {"CHAR(32)", TypeFamily::uuid, std::nullopt},
                                         {"CHAR(2)", TypeFamily::string, 2},
                                         {"NUMERIC(10, 2)", TypeFamily::numeric, std::nullopt},
                                         {"TIMESTAMP", TypeFamily::datetime, std::nullopt},
                                         {"VARCHAR(99999999999)", TypeFamily::string, std::nullopt},
                                         {"VARCHAR(", TypeFamily::string, std::nullopt},
                                         {"GEOMETRY", TypeFamily::other, std::nullopt},
                                         {"", TypeFamily::unknown, std::nullopt}}));
  CAPTURE(row.type);
  Column column;
  probe::describe_type(row.type, column);
  CHECK(column.family == row.family);
  CHECK(column.length == row.length);
  CHECK(column.type_text == row.type);
}

TEST_CASE("What is read gives a reflected column its place, and says where text is an enumeration")
{
  Table seen;
  seen.name = "posts";
  for (const auto& [name, type] : {std::pair("state", "VARCHAR(6)"), std::pair("note", "TEXT")}) {
    Column column;
    column.name = name;
    probe::describe_type(type, column);
    seen.columns.push_back(column);
  }
  Table read;
  read.name = "posts";
  read.where = {"models.py", 3, 1, 9, "class Post"};
  Column state;
  state.name = "state";
  state.family = TypeFamily::enumeration;
  state.where = {"models.py", 5, 5, 5, "state = ..."};
  read.columns.push_back(state);
  std::vector<Table> tables{seen};
  probe::locate(tables, {read});
  CHECK(tables[0].where.line == 3);
  CHECK(tables[0].columns[0].where.line == 5);
  CHECK(tables[0].columns[0].family == TypeFamily::enumeration);
  CHECK_FALSE(tables[0].columns[0].length.has_value());
  CHECK(tables[0].columns[1].where.line == 3);
}

TEST_CASE("An error is held against a migration only if it would be one on the meant database")
{
  struct Row {
    std::string type;
    std::string message;
    Dialect dialect;
    bool schemas;
    bool excused;
  };

  const std::string operational = "sqlalchemy.exc.OperationalError";
  const auto row = GENERATE_COPY(values<Row>(
    {{operational, "near \"USING\": syntax error", Dialect::postgresql, false, true},
     {operational, "near \"USING\": syntax error", Dialect::sqlite, false, false},
     {operational, "no such table: tags", Dialect::postgresql, false, false},
     {operational, "no such table: pg_enum", Dialect::postgresql, false, true},
     {operational, "table users already exists", Dialect::postgresql, false, false},
     {operational, "table users already exists", Dialect::postgresql, true, true},
     {operational, "index ix_name already exists", Dialect::mysql, false, true},
     {operational, "index ix_name already exists", Dialect::unknown, false, false},
     {"NotImplementedError", "No support for ALTER", Dialect::unknown, false, true},
     {"NameError", "name 'columns' is not defined", Dialect::postgresql, false, false}}));
  CAPTURE(row.type, row.message);
  RunError error;
  error.type = row.type;
  error.message = row.message;
  CHECK(probe::is_of_database(error, row.dialect, row.schemas, "sqlite") == row.excused);
  if (row.dialect == Dialect::postgresql) {
    CHECK_FALSE(probe::is_of_database(error, row.dialect, row.schemas, "postgresql"));
  }
}

TEST_CASE("An error that the surroundings explain is nobody's")
{
  struct Row {
    std::string type;
    std::string message;
    bool outside;
  };

  const auto row = GENERATE(values<Row>(
    {{"psycopg2.OperationalError", "could not connect", true},
     {"ModuleNotFoundError", "No module named 'acme'", true},
     {"ImportError", "cannot import name 'x' from 'alembic' (/usr/lib/python3/alembic.py)", true},
     {"ImportError", "cannot import name 'Bas' from 'blog.models' (/repo/blog/models.py)", false},
     {"TypeError", "drop_constraint() got an unexpected keyword argument 'if_exists'", true},
     {"TypeError", "drop_table() missing 1 required positional argument", false}}));
  CAPTURE(row.type, row.message);
  RunError error;
  error.type = row.type;
  error.message = row.message;
  CHECK(probe::is_outside(error, "sqlite") == row.outside);
}
