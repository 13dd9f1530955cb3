// SPDX-License-Identifier: MIT
#include "sandbox/broker/postgres/statement_kind.hpp"

#include "tests/support/catch.hpp"

using namespace assay::broker;

TEST_CASE("A statement of PostgreSQL's is known by what it reads and does")
{
  struct Row {
    std::string_view sql;
    std::string_view kind;
  };

  const auto row = GENERATE(values<Row>({
    {"SELECT title FROM posts", "select"},
    {"SHOW server_version", "pragma"},
    {"START TRANSACTION", "transaction"},
    {"TRUNCATE posts", "delete"},
    {"COPY posts FROM STDIN", "insert"},
    {"COPY (SELECT 1) TO STDOUT", "select"},
    {"WITH x AS (SELECT 1) INSERT INTO posts SELECT * FROM x", "insert"},
    {"CREATE TYPE state AS ENUM ('a')", "ddl"},
    {"select pg_catalog.version()", "pragma"},
    {"SELECT current_setting('jit') AS cur, set_config('jit', 'off', false)", "pragma"},
    {"SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace",
     "pragma"},
    {"SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'", "pragma"},
    {"WITH RECURSIVE tree(oid) AS (SELECT oid FROM pg_type) SELECT * FROM tree, unnest($1::oid[])",
     "pragma"},
    // What reads a table of the candidate's stays a query, however it is dressed up.
    {"SELECT 1", "select"},
    {"SELECT title FROM posts, pg_class", "select"},
    {"SELECT c.oid FROM pg_class c, posts p", "select"},
    {"SELECT c.oid FROM pg_class c JOIN posts p ON true", "select"},
    {"SELECT (SELECT title FROM posts) FROM pg_class", "select"},
    {"SELECT titles(), version()", "select"},
    {"SELECT E'\\' FROM pg_class --', title FROM posts", "select"},
    {"SELECT $$ FROM pg_class $$, title FROM posts", "select"},
    {"SELECT /* FROM pg_class */ title FROM posts", "select"},
    {"SELECT 1 FROM pg_class; SELECT title FROM posts", "select"},
    {"SELECT oid FROM pg_class UNION SELECT id FROM posts", "select"},
  }));
  CAPTURE(row.sql);
  CHECK(name_of(postgres::kind_of_statement(row.sql)) == row.kind);
}

TEST_CASE("The server's word for what it did tells kind and rows")
{
  CHECK(postgres::kind_of_tag("INSERT 0 5") == StatementKind::insert);
  CHECK(postgres::kind_of_tag("CREATE TABLE") == StatementKind::ddl);
  CHECK(postgres::rows_in_tag("INSERT 0 5") == 5);
  CHECK(postgres::rows_in_tag("UPDATE 12") == 12);
  CHECK(postgres::rows_in_tag("SELECT 3") == 0);
  CHECK(postgres::rows_in_tag("DELETE -4") == 0);
  CHECK(postgres::rows_in_tag("DELETE") == 0);
}

TEST_CASE("Errors have the codes that SQLite's have")
{
  CHECK(postgres::sqlite_code_of("23505") == 2067);
  CHECK(postgres::sqlite_code_of("23514") == 275);
  CHECK(postgres::sqlite_code_of("23999") == 19);
  CHECK(postgres::sqlite_code_of("42P01") == 1);
}
