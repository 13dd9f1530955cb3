// SPDX-License-Identifier: MIT
#include "sandbox/broker/sql_text.hpp"

#include "tests/support/catch.hpp"

using namespace assay::broker;

TEST_CASE("the kind of a statement is its first keyword, or what stands behind its WITH")
{
  struct Row {
    const char* sql;
    const char* kind;
    bool opens;
  };

  const auto row = GENERATE(values<Row>({
    {"select 1", "select", false},
    {"  -- insert\n /* update */ SELECT 1", "select", false},
    {"VALUES (1)", "select", false},
    {"insert into t values(1)", "insert", true},
    {"REPLACE INTO t VALUES(1)", "insert", true},
    {"/* x */ Update t set x = 1", "update", true},
    {"delete from t", "delete", true},
    {"with a as (select 1) insert into t select * from a", "insert", false},
    {"WITH a(x) AS (DELETE) SELECT 1", "select", false},
    {"with a as (select ')' || \"(\" || [(]) update t set x = 1", "update", false},
    {"with a as (select 1)", "other", false},
    {"create table inserts(x)", "ddl", false},
    {"drop table t", "ddl", false},
    {"ALTER TABLE t ADD x", "ddl", false},
    {"begin immediate", "transaction", false},
    {"savepoint s", "transaction", false},
    {"rollback to s", "transaction", false},
    {"pragma foreign_keys", "pragma", false},
    {"explain select 1", "explain", false},
    {"insertion", "other", false},
    {"", "other", false},
    {"/* never closed", "other", false},
    {"vacuum", "other", false},
  }));
  CAPTURE(row.sql);
  CHECK(name_of(kind_of(row.sql)) == row.kind);
  CHECK(opens_transaction(row.sql) == row.opens);
}
