// SPDX-License-Identifier: MIT
// What the engine does with a broker between the steps of a candidate.
#include "tests/sandbox/broker/run.hpp"

using namespace assay;
using namespace assay::test;

namespace {

const std::string k_main = "/main.db";

std::int64_t count_of(BrokerRun& run, const std::string& table)
{
  const auto rows = run.client.execute(k_main, "SELECT count(*) FROM " + table);
  REQUIRE(rows);
  return *rows->rows.at(0).at(0).get<std::int64_t>();
}

} // namespace

TEST_CASE("what the engine seeds a candidate reads, and the other way round")
{
  BrokerRun run;
  REQUIRE(run.client.script(k_main, "CREATE TABLE t(id INTEGER PRIMARY KEY, x TEXT)"));
  const auto inserted = run.client.execute_many(
    k_main, "INSERT INTO t(x) VALUES(?)", {List{"a"}, List{wire::Value()}, List{"c"}});
  REQUIRE(inserted);
  CHECK(*inserted == 3);

  RawConnection candidate(run.candidate.get());
  REQUIRE(status_of(candidate.open(k_main)) == 0);
  const List reply = candidate.execute("SELECT x FROM t ORDER BY id");
  REQUIRE(status_of(reply) == 0);
  CHECK(reply.at(5) == wire::Value(List{List{"a"}, List{wire::Value()}, List{"c"}}));

  REQUIRE(status_of(candidate.execute("INSERT INTO t(x) VALUES(?)", {"d"})) == 0);
  CHECK(count_of(run, "t") == 4);
}

TEST_CASE("parameters arrive as they were sent, however long they are")
{
  BrokerRun run;
  REQUIRE(run.client.script(k_main, "CREATE TABLE t(id INTEGER PRIMARY KEY, x, y)"));
  for (const std::size_t length : {1U, 15U, 16U, 40U, 5000U}) {
    const std::string text(length, 'x');
    const wire::Bytes bytes{std::string(length, 'y')};
    REQUIRE(run.client.execute(
      k_main, "INSERT INTO t(x, y) VALUES(?, ?)", List{wire::Value(text), wire::Value(bytes)}));
    const auto rows = run.client.execute(k_main, "SELECT x, y FROM t ORDER BY id DESC LIMIT 1");
    REQUIRE(rows);
    REQUIRE(rows->rows.size() == 1);
    CHECK(rows->rows[0] == List{wire::Value(text), wire::Value(bytes)});
  }
}

TEST_CASE("a bulk insert that fails leaves nothing behind")
{
  BrokerRun run;
  REQUIRE(run.client.script(k_main, "CREATE TABLE t(x UNIQUE)"));
  CHECK_FALSE(
    run.client.execute_many(k_main, "INSERT INTO t VALUES(?)", {List{1}, List{2}, List{1}}));
  CHECK(run.client.sql_code() == 2067); // SQLITE_CONSTRAINT_UNIQUE
  CHECK(count_of(run, "t") == 0);
  CHECK_FALSE(run.client.execute_many(k_main, "INSERT INTO t VALUES(?)", {List{1, 2}}));
  CHECK_FALSE(run.client.script(k_main, "INSERT INTO t VALUES(1); nonsense"));
}

TEST_CASE("every statement is logged with its step, its parameters and what came of it")
{
  BrokerRun run;
  RawConnection candidate(run.candidate.get());
  REQUIRE(status_of(candidate.open(k_main)) == 0);
  candidate.execute("CREATE TABLE t(x UNIQUE)");
  REQUIRE(run.client.begin_step(7));
  candidate.ask(Operation::many,
                {"INSERT INTO t VALUES(?)", List{List{1}, List{2}}, "", 0, List{}});
  candidate.execute("SELECT x FROM t WHERE x > ?", {0});
  candidate.execute("INSERT INTO t VALUES(?)", {1});
  const auto counted = run.client.end_step();
  REQUIRE(counted);
  CHECK(*counted == 4);
  candidate.execute("SELECT 1");

  const auto log = run.client.log(0);
  REQUIRE(log);
  CHECK(log->total == 6);
  CHECK(log->unrecorded == 0);
  REQUIRE(log->statements.size() == 6);
  const auto& statements = log->statements;
  CHECK(statements[0].step == 0);
  CHECK(statements[0].kind == "ddl");
  CHECK(statements[1].sql == "BEGIN ");
  CHECK(statements[1].implicit);
  CHECK(statements[2].step == 7);
  CHECK(statements[2].executions == 2);
  CHECK(statements[2].rows_changed == 2);
  CHECK(statements[2].parameters == wire::Value(List{1}));
  CHECK(statements[3].kind == "select");
  CHECK(statements[3].rows_returned == 2);
  CHECK(statements[3].parameters == wire::Value(List{0}));
  CHECK(statements[4].error == "UNIQUE constraint failed: t.x");
  CHECK(statements[4].error_code == 2067);
  CHECK(statements[5].step == 0);
  CHECK(statements[5].sequence == 6);

  const auto rest = run.client.log(5);
  REQUIRE(rest);
  CHECK(rest->statements.size() == 1);
}

TEST_CASE("a snapshot brings back what a candidate changed, while it is connected")
{
  BrokerRun run;
  REQUIRE(run.client.script(k_main, "CREATE TABLE t(x); INSERT INTO t VALUES(1), (2)"));
  const auto before = run.client.checksum(k_main);
  REQUIRE(before);
  const auto image = run.client.snapshot(k_main);
  REQUIRE(image);

  RawConnection candidate(run.candidate.get());
  REQUIRE(status_of(candidate.open(k_main)) == 0);
  candidate.execute("SELECT * FROM t");
  candidate.execute("UPDATE t SET x = 3 WHERE x = 1");
  const auto changed = run.client.checksum(k_main);
  REQUIRE(changed);
  CHECK(*changed != *before);

  candidate.execute("BEGIN");
  candidate.execute("DELETE FROM t");
  CHECK_FALSE(run.client.restore(k_main, *image, broker::Client::Force::no));
  REQUIRE(run.client.restore(k_main, *image, broker::Client::Force::yes));
  const auto restored = run.client.checksum(k_main);
  REQUIRE(restored);
  CHECK(*restored == *before);
  const List reply = candidate.execute("SELECT x FROM t ORDER BY x");
  REQUIRE(status_of(reply) == 0);
  CHECK(reply.at(5) == wire::Value(List{List{1}, List{2}}));

  REQUIRE(run.client.restore(k_main, "", broker::Client::Force::yes));
  const auto emptied = run.client.checksum(k_main);
  REQUIRE(emptied);
  CHECK(emptied->empty());
}

TEST_CASE("a checksum tells other rows, not another order")
{
  BrokerRun run;
  REQUIRE(run.client.script("/a", "CREATE TABLE t(x, y); INSERT INTO t VALUES(1, 'a'), (2, 'b')"));
  REQUIRE(run.client.script("/b", "CREATE TABLE t(x, y); INSERT INTO t VALUES(2, 'b'), (1, 'a')"));
  REQUIRE(run.client.script("/c", "CREATE TABLE t(x, y); INSERT INTO t VALUES(1, 'b'), (2, 'a')"));
  const auto a = run.client.checksum("/a");
  const auto b = run.client.checksum("/b");
  const auto c = run.client.checksum("/c");
  REQUIRE((a && b && c));
  CHECK(*a == *b);
  CHECK(*a != *c);
  const auto names = run.client.databases();
  REQUIRE(names);
  CHECK(*names == std::vector<std::string>{"/a", "/b", "/c"});
}

TEST_CASE("a new run knows nothing of the one before")
{
  BrokerRun run;
  RawConnection candidate(run.candidate.get());
  REQUIRE(status_of(candidate.open(k_main)) == 0);
  candidate.execute("CREATE TABLE t(x)");
  candidate.execute("BEGIN IMMEDIATE");
  run.begin({});
  CHECK(candidate.execute("SELECT 1").empty());
  const auto names = run.client.databases();
  REQUIRE(names);
  CHECK(names->empty());
  const auto status = run.client.status();
  REQUIRE(status);
  CHECK(status->connections == 0);
  CHECK(status->statements == 0);
  CHECK(status->file_bytes == 0);
  CHECK(run.child.finish() == 0);
}
