// SPDX-License-Identifier: MIT
// Candidates that ask for too much or speak out of turn.
#include "tests/sandbox/broker/run.hpp"

#include <chrono>

using namespace assay;
using namespace assay::test;
using namespace std::string_literals;

namespace {

std::string text_of(const List& reply)
{
  return reply.size() > 3 && reply[3].get<std::string>() != nullptr ? *reply[3].get<std::string>()
                                                                    : "";
}

/// Rows and the error that follows them, however many batches it takes.
std::pair<std::int64_t, std::string> drain(RawConnection& connection, const List& first)
{
  REQUIRE(status_of(first) == 0);
  std::int64_t rows = std::ssize(*first.at(5).get<List>());
  const std::int64_t handle = *first.at(6).get<std::int64_t>();
  const wire::Value* extra = &first.at(7);
  List reply;
  bool more = handle != 0;
  while (more) {
    reply = connection.ask(Operation::fetch, {handle, 4096});
    REQUIRE(status_of(reply) == 0);
    rows += std::ssize(*reply.at(2).get<List>());
    more = *reply.at(3).get<bool>();
    extra = &reply.at(5);
  }
  const auto* const parts = extra->get<List>();
  const auto* const error = parts == nullptr ? nullptr : parts->at(2).get<List>();
  return {rows, error == nullptr ? "" : *error->at(1).get<std::string>()};
}

const char* const k_endless =
  "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT ";

broker::Limits small()
{
  broker::Limits limits;
  limits.max_rows = 5'000;
  limits.max_result_bytes = 1'000'000;
  limits.statement_time = std::chrono::milliseconds(300);
  limits.callback_time = std::chrono::milliseconds(300);
  limits.max_database_bytes = 1'000'000;
  limits.max_value_bytes = 200'000;
  limits.max_message_bytes = 500'000;
  limits.max_connections = 3;
  limits.max_open_statements = 4;
  limits.log_records = 20;
  limits.log_sql_bytes = 40;
  limits.log_parameter_bytes = 20;
  return limits;
}

struct Candidate {
  BrokerRun run{small()};
  RawConnection connection{run.candidate.get()};

  Candidate() { REQUIRE(status_of(connection.open("/main.db")) == 0); }

  broker::LoggedStatement last()
  {
    const auto log = run.client.log(0);
    REQUIRE(log);
    REQUIRE_FALSE(log->statements.empty());
    return log->statements.back();
  }

  /// Another connection works as if nothing had happened.
  void check_others()
  {
    RawConnection other(run.candidate.get());
    REQUIRE(status_of(other.open("/other.db")) == 0);
    CHECK(status_of(other.execute("SELECT 1")) == 0);
  }
};

} // namespace

TEST_CASE("a statement without end is stopped by the clock")
{
  Candidate candidate;
  const auto begun = std::chrono::steady_clock::now();
  const List reply = candidate.connection.execute(k_endless + "count(*) FROM r"s);
  CHECK(status_of(reply) == 1);
  CHECK(text_of(reply) == "statement ran longer than 300 ms");
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds(3));
  CHECK(candidate.last().exceeded == "time");
  candidate.check_others();
}

TEST_CASE("rows and bytes of one statement are bounded")
{
  Candidate candidate;
  const auto [rows, text] =
    drain(candidate.connection, candidate.connection.execute(k_endless + "n FROM r"s));
  CHECK(rows == 5'000);
  CHECK(text == "query returned more than 5000 rows");
  CHECK(candidate.last().exceeded == "rows");
  CHECK(candidate.last().rows_returned == 5'000);

  const auto [few, reason] = drain(
    candidate.connection, candidate.connection.execute(k_endless + "zeroblob(100000) FROM r"s));
  CHECK(few == 10);
  CHECK(reason == "query returned more than 1000000 bytes");
  CHECK(candidate.last().exceeded == "bytes");
}

TEST_CASE("databases and values cannot grow without bound")
{
  Candidate candidate;
  REQUIRE(status_of(candidate.connection.execute("CREATE TABLE t(x)")) == 0);
  CHECK(text_of(candidate.connection.execute("INSERT INTO t VALUES(zeroblob(300000))"))
        == "string or blob too big");
  std::string text;
  for (int index = 0; index < 20 && text.empty(); ++index) {
    text = text_of(candidate.connection.execute("INSERT INTO t VALUES(randomblob(150000))"));
  }
  CHECK(text == "database or disk is full");
  candidate.check_others();
}

TEST_CASE("what reaches out of the run is refused")
{
  const auto sql = GENERATE(as<std::string>(),
                            "ATTACH '/etc/passwd' AS x",
                            "ATTACH 'file:/etc/passwd?vfs=unix' AS x",
                            "ATTACH '/other.db' AS x",
                            "ATTACH char(47, 120) AS x",
                            "VACUUM INTO '/copy.db'",
                            "SELECT load_extension('x')",
                            "PRAGMA writable_schema = ON",
                            "PRAGMA trusted_schema = ON",
                            "PRAGMA hard_heap_limit = 1",
                            "PRAGMA temp_store_directory = '/tmp'",
                            "DELETE FROM sqlite_master",
                            "UPDATE sqlite_master SET sql = 'x'");
  CAPTURE(sql);
  Candidate candidate;
  REQUIRE(status_of(candidate.connection.execute("CREATE TABLE t(x)")) == 0);
  const List reply = candidate.connection.execute(sql);
  CHECK(status_of(reply) == 1);
  CAPTURE(text_of(reply));
  CHECK((text_of(reply).find("authoriz") != std::string::npos
         || text_of(reply).find("may not be modified") != std::string::npos));
}

TEST_CASE("settings that would lock the engine out have no effect")
{
  Candidate candidate;
  CHECK(status_of(candidate.connection.execute("PRAGMA locking_mode = EXCLUSIVE")) == 0);
  CHECK(status_of(candidate.connection.execute("CREATE TABLE t(x)")) == 0);
  CHECK(candidate.run.client.execute("/main.db", "INSERT INTO t VALUES(1)"));
}

TEST_CASE("the log is bounded and says what it left out")
{
  Candidate candidate;
  const std::string wide =
    "SELECT '" + std::string(39, 'x') + "é" + std::string(500, 'y') + "', ?, ?";
  candidate.connection.execute(wide, {1, std::string(100, 'z')});
  const auto first = candidate.last();
  CHECK(first.sql_cut);
  CHECK(first.sql == "SELECT '" + std::string(32, 'x'));
  CHECK(first.parameters_cut);
  CHECK(first.parameters == wire::Value(List{1}));
  for (int index = 0; index < 30; ++index) {
    candidate.connection.execute("SELECT 1");
  }
  const auto log = candidate.run.client.log(0);
  REQUIRE(log);
  CHECK(log->statements.size() == 20);
  CHECK(log->total == 31);
  CHECK(log->unrecorded == 11);
}

TEST_CASE("whoever breaks the protocol loses the connection, nobody else")
{
  const auto frame = GENERATE(as<std::string>(),
                              "\x01\0\0\0N"s,                      // no list
                              "\x05\0\0\0[\0\0\0\0"s,              // no operation
                              "\x0a\0\0\0[\x01\0\0\0i\x63\0\0\0"s, // no such operation
                              "\x0a\0\0\0[\x01\0\0\0i\x09\0\0\0"s, // an answer to nothing
                              "\x0a\0\0\0[\x01\0\0\0i\x02\0\0\0"s, // nothing to execute
                              "\x0a\0\0\0[\x01\0\0\0i\x01\0\0\0"s, // opened twice
                              "\xff\xff\xff\x7f"s,                 // endless frame
                              "\x04\0\0\0\xe3\0\0\0"s);            // a tag of pickle's cousins
  Candidate candidate;
  candidate.connection.send(frame);
  CHECK(candidate.connection.receive().empty());
  candidate.check_others();
  const auto status = candidate.run.client.status();
  REQUIRE(status);
  CHECK(status->broken == 1);
  CHECK(candidate.run.child.finish() == 0);
}

TEST_CASE("connections beyond the limit and things that are no sockets are refused")
{
  Candidate candidate;
  std::vector<RawConnection> more;
  for (int index = 0; index < 5; ++index) {
    more.emplace_back(candidate.run.candidate.get());
  }
  CHECK(status_of(more[0].open("/a")) == 0);
  CHECK(status_of(more[1].open("/a")) == 0);
  CHECK(more[4].open("/a").empty());
  more.clear();

  const Descriptor pipe = std::move(make_pipe().value()[0]);
  const std::array<std::byte, 1> octet{std::byte{'c'}};
  const std::array<int, 1> attached{pipe.get()};
  REQUIRE(send_message(candidate.run.candidate.get(), octet, attached));
  REQUIRE(send_message(candidate.run.candidate.get(), octet, {}));
  candidate.check_others();
  const auto status = candidate.run.client.status();
  REQUIRE(status);
  CHECK(status->refused == 5);
}

TEST_CASE(
  "a function that does not answer ends its connection, and the statement of another goes on")
{
  Candidate candidate;
  const auto define = static_cast<std::int64_t>(broker::Definition::function);
  REQUIRE(status_of(candidate.connection.ask(Operation::define, {define, "f", 0, 0, 1})) == 0);
  candidate.connection.send(Operation::execute, {"SELECT f()", List{}, wire::Value(), 0, List{}});
  CHECK(status_of(candidate.connection.receive()) == 3);
  candidate.check_others();
  candidate.connection.receive();
  CHECK(candidate.connection.execute("SELECT 1").empty());
}

TEST_CASE("a statement cannot be touched from inside a function it calls")
{
  Candidate candidate;
  const auto define = static_cast<std::int64_t>(broker::Definition::function);
  REQUIRE(status_of(candidate.connection.ask(Operation::define, {define, "f", 1, 0, 1})) == 0);
  const std::string sql = k_endless + "CASE WHEN n > 256 THEN f(n) ELSE n END FROM r"s;
  const List first = candidate.connection.execute(sql);
  REQUIRE(status_of(first) == 0);
  const std::int64_t handle = *first.at(6).get<std::int64_t>();
  REQUIRE(status_of(candidate.connection.ask(Operation::fetch, {handle, 10})) == 3);
  const bool close = GENERATE(true, false);
  if (close) {
    candidate.connection.send(Operation::close, {List{handle}});
  } else {
    candidate.connection.send(Operation::fetch, {handle, 10});
  }
  while (!candidate.connection.receive().empty()) {
  }
  candidate.check_others();
  CHECK(candidate.run.child.finish() == 0);
}

TEST_CASE("nothing runs on a connection while SQLite asks its authorizer")
{
  Candidate candidate;
  REQUIRE(status_of(candidate.connection.execute("CREATE TABLE t(x)")) == 0);
  const auto define = static_cast<std::int64_t>(broker::Definition::authorizer);
  REQUIRE(status_of(candidate.connection.ask(Operation::define, {define, "", 0, 0, 1})) == 0);
  candidate.connection.send(Operation::execute,
                            {"SELECT x FROM t", List{}, wire::Value(), 0, List{}});
  REQUIRE(status_of(candidate.connection.receive()) == 3);
  candidate.connection.send(Operation::execute, {"DROP TABLE t", List{}, wire::Value(), 0, List{}});
  while (!candidate.connection.receive().empty()) {
  }
  candidate.check_others();
  CHECK(candidate.run.client.execute("/main.db", "SELECT x FROM t"));
}

TEST_CASE("a lock waits for its holder only as long as asked, and goes when the holder does")
{
  Candidate candidate;
  REQUIRE(status_of(candidate.connection.execute("CREATE TABLE t(x)")) == 0);
  REQUIRE(status_of(candidate.connection.execute("BEGIN EXCLUSIVE")) == 0);
  RawConnection other(candidate.run.candidate.get());
  REQUIRE(status_of(other.open("/main.db", 100)) == 0);
  CHECK(text_of(other.execute("SELECT * FROM t")) == "database is locked");
  candidate.connection.close();
  CHECK(status_of(other.execute("SELECT * FROM t")) == 0);
}

TEST_CASE("too many statements with rows left end the newest, not the broker")
{
  Candidate candidate;
  const std::string sql = k_endless + "n FROM r"s;
  int refused = 0;
  for (int index = 0; index < 6; ++index) {
    const List reply = candidate.connection.execute(sql);
    REQUIRE(status_of(reply) == 0);
    refused += reply.at(7).get<List>() != nullptr ? 1 : 0;
  }
  CHECK(refused == 2);
}

TEST_CASE("a reply that is never read does not stop the others")
{
  Candidate candidate;
  for (int index = 0; index < 40; ++index) {
    candidate.connection.send(Operation::execute,
                              {"SELECT zeroblob(190000)", List{}, wire::Value(), 0, List{}});
  }
  candidate.check_others();
  CHECK(candidate.run.client.status());
}
